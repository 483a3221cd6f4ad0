import { attribute, h, write } from '../dom.js';
import { Later } from '../later.js';

/**
 * The dashboard alone, for a screen on a wall: no header, larger type, and a {@link
 * import('./wall.js').Wall} that looks after it.
 */
export class Kiosk {
  #wall;
  #notice = h('p', { class: 'wall', role: 'status', hidden: true });

  /**
   * @param {import('../../tutti.js').Connection} connection @param {import('../../tutti.js').Room} room
   * @param {HTMLElement} button @param {() => void} resized what is drawn has another size of type
   */
  constructor(connection, room, button, resized) {
    this.button = button;
    this.resized = resized;
    document.querySelector('main')?.append(this.#notice);
    const say = (/** @type {string} */ words) => {
      this.#notice.hidden = words === '';
      write(this.#notice, words);
    };
    this.#wall = new Later(async () => new (await import('./wall.js')).Wall(connection, room, say));
    button.addEventListener('click', () => this.toggle());
    document.addEventListener('fullscreenchange', () => !document.fullscreenElement && this.on && !this.#stays && this.#set(false));
    connection.on('welcome', () => this.on && this.#watch()); // In case that it could not be fetched before.
    if (this.#stays) this.#set(true);
  }

  get on() {
    return document.body.classList.contains('kiosk');
  }

  /** Whether the address says so: what a screen on a wall is started with. */
  get #stays() {
    return new URLSearchParams(location.search).has('kiosk');
  }

  toggle() {
    const on = !this.on;
    this.#set(on);
    if (on) void document.documentElement.requestFullscreen?.().catch(() => {});
    else if (document.fullscreenElement) void document.exitFullscreen().catch(() => {});
  }

  /** @param {boolean} on */
  #set(on) {
    document.body.classList.toggle('kiosk', on);
    attribute(this.button, 'aria-pressed', String(on));
    this.resized();
    this.#watch();
  }

  #watch() {
    void this.#wall.get().then((wall) => wall.watch(this.on), () => {});
  }
}

import { h } from '../dom.js';
import { hueOf } from '../people.js';

/** Between two words about my pointer, in milliseconds. */
const EVERY = 50;
/** A pointer that has said nothing for this long is shown no more, in milliseconds. */
const QUIET = 8_000;

/** The pointers of others over the grid, by shares of its width and pixels down: so it is the same tile on every screen. */
export class Cursors {
  /** By session. @type {Map<string, {element: HTMLElement, timer: any}>} */
  #shown = new Map();
  /** @type {any} */
  #later;
  /** @type {PointerEvent | undefined} */
  #latest;

  /**
   * @param {import('../../tutti.js').Room} room @param {HTMLElement} grid
   * @param {{session(): string | undefined, userOf(session: string): {id: string, name: string} | undefined}} who
   */
  constructor(room, grid, who) {
    this.room = room;
    this.grid = grid;
    this.who = who;
    this.layer = h('div', { class: 'cursors', 'aria-hidden': 'true' });
    grid.append(this.layer);
    grid.addEventListener('pointermove', (event) => this.#moved(event));
    grid.addEventListener('pointerleave', () => this.#left());
    room.on('signal', (signal) => void (signal.topic === 'cursor' && this.#heard(signal)));
    room.on('members', () => {
      for (const session of this.#shown.keys()) if (!this.who.userOf(session)) this.#forget(session);
    });
  }

  /** @param {PointerEvent} event */
  #moved(event) {
    if (event.pointerType === 'touch' || this.room.memberCount < 2) return;
    this.#latest = event;
    this.#later ??= setTimeout(() => {
      this.#later = undefined;
      if (!this.#latest) return;
      const box = this.grid.getBoundingClientRect();
      const x = Math.round(((this.#latest.clientX - box.left) / box.width) * 1000) / 1000;
      this.room.signal('cursor', { x, y: Math.round(this.#latest.clientY - box.top) });
    }, EVERY);
  }

  #left() {
    clearTimeout(this.#later);
    this.#later = undefined;
    if (this.#latest) this.room.signal('cursor', {});
    this.#latest = undefined;
  }

  /** @param {{from: string, data: any}} signal */
  #heard({ from, data }) {
    const user = this.who.userOf(from);
    if (from === this.who.session()) return;
    if (!user || !Number.isFinite(data.x) || !Number.isFinite(data.y)) return this.#forget(from);
    const shown = this.#shown.get(from) ?? this.#arrived(from, user);
    clearTimeout(shown.timer);
    shown.timer = setTimeout(() => this.#forget(from), QUIET);
    const x = Math.round(Math.max(0, Math.min(1, data.x)) * this.grid.clientWidth);
    const y = Math.max(0, Math.min(this.grid.scrollHeight - 8, data.y));
    shown.element.style.setProperty('transform', `translate(${x}px, ${y}px)`);
  }

  /** @param {string} session @param {{id: string, name: string}} user */
  #arrived(session, user) {
    const shown = { element: h('div', { class: 'cursor', hue: hueOf(user.id) }, h('i', {}), h('span', {}, user.name)), timer: undefined };
    this.layer.append(shown.element);
    this.#shown.set(session, shown);
    return shown;
  }

  /** @param {string} session */
  #forget(session) {
    const shown = this.#shown.get(session);
    clearTimeout(shown?.timer);
    shown?.element.remove();
    this.#shown.delete(session);
  }
}

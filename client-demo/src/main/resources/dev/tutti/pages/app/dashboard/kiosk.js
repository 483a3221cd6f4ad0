import { attribute } from '../dom.js';

/** How long a closed connection rests before it is tried again, in milliseconds. */
const AGAIN_MILLIS = 30_000;

/**
 * The dashboard alone, for a screen on a wall: no header, larger type, the screen kept awake where the
 * browser lets it. It looks after itself: a connection that was closed for good is tried again, and a
 * server of another version brings the page of that version.
 */
export class Kiosk {
  /** @type {any} */
  #lock;
  #version = '';

  /** @param {import('../../tutti.js').Connection} connection @param {HTMLElement} button */
  constructor(connection, button) {
    this.connection = connection;
    this.button = button;
    button.addEventListener('click', () => this.toggle());
    document.addEventListener('fullscreenchange', () => !document.fullscreenElement && this.on && !this.#stays && this.#set(false));
    document.addEventListener('visibilitychange', () => void this.#awake());
    connection.on('status', ({ state }) => this.on && state === 'closed' && setTimeout(() => connection.tryNow(), AGAIN_MILLIS));
    connection.on('welcome', (/** @type {any} */ { server }) => this.#met(server?.version ?? ''));
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
    void this.#awake();
  }

  /** The browser lets go of the lock whenever the page is hidden. */
  async #awake() {
    try {
      if (this.on && document.visibilityState === 'visible') this.#lock = await navigator.wakeLock?.request('screen');
      else await this.#lock?.release();
    } catch {
      // Some devices save their battery instead.
    }
  }

  /** @param {string} version */
  #met(version) {
    if (this.#version !== '' && version !== this.#version && this.on) location.reload();
    this.#version = version;
  }
}

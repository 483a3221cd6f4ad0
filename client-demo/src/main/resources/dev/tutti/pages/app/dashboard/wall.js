import { Edition, browser as page } from '../edition.js';
import { clock } from './model.js';

/** How often it is looked whether all is well, in milliseconds. */
const LOOK_MILLIS = 30_000;
/** A connection that comes back within this time was not worth a word, in milliseconds. */
const BRIEF_MILLIS = 5_000;
/**
 * What it takes from the browser, so that a test can bring its own.
 *
 * @typedef {{released?: boolean, release(): Promise<void>}} Lock
 * @typedef {import('../edition.js').Around & {
 *   visible(): boolean, onVisible(listener: () => void): void, wakeLock?: {request(kind: 'screen'): Promise<Lock>},
 *   setTimeout(task: () => void, millis: number): any, clearTimeout(timer: any): void,
 * }} Around
 */

/** @returns {Around} */
function browser() {
  return {
    ...page(),
    visible: () => document.visibilityState === 'visible',
    onVisible: (listener) => document.addEventListener('visibilitychange', listener),
    wakeLock: /** @type {any} */ (navigator).wakeLock,
    reload() {
      const here = new URL(location.href);
      here.searchParams.set('kiosk', ''); // However it came to be one, it comes back as one.
      history.replaceState(null, '', here);
      location.reload();
    },
    setTimeout: (task, millis) => setTimeout(task, millis),
    clearTimeout: (timer) => clearTimeout(timer),
  };
}

/**
 * Looks after a page before which nobody sits, for weeks: the screen stays awake, a connection that was
 * closed for good is tried again, a dashboard that was closed to it too, another edition of the page is
 * loaded, and what is the matter is said in one line. It never asks anybody anything.
 */
export class Wall {
  #on = false;
  /** @type {any} */
  #timer;
  /** @type {Lock | undefined} */
  #lock;
  #asking = false;
  /** When it was cut off, in milliseconds since 1970. @type {number | undefined} */
  #since;
  /** What the server said last when it closed for good. */
  #why = '';
  #edition;
  /** @type {any} */
  #brief;

  /**
   * @param {import('../../tutti.js').Connection} connection @param {import('../../tutti.js').Room} room
   * @param {(words: string) => void} say an empty text when all is well @param {Around} around
   */
  constructor(connection, room, say, around = browser()) {
    this.connection = connection;
    this.room = room;
    this.say = say;
    this.around = around;
    this.#edition = new Edition(around);
    connection.on('status', () => this.#on && this.#tell());
    room.on('closed', () => this.#on && this.#tell());
    room.on('members', () => this.#on && this.#tell());
    connection.on('welcome', () => {
      this.#edition.next = 0; // Whoever welcomes may be of another build.
      void this.#compare();
    });
    around.onVisible(() => void this.#awake());
  }

  /** @param {boolean} on */
  watch(on) {
    if (on === this.#on) return;
    this.#on = on;
    this.around.clearTimeout(this.#timer);
    if (on) return this.#look();
    this.around.clearTimeout(this.#brief);
    this.say('');
    void this.#lock?.release().catch(() => {});
    this.#lock = undefined;
  }

  #look() {
    this.#timer = this.around.setTimeout(() => this.#look(), LOOK_MILLIS);
    if (this.connection.status.state === 'closed') this.connection.tryNow();
    else if (this.room.refusal && this.#open) this.connection.cut(); // It comes back by itself, and asks for the room again.
    this.#tell();
    void this.#awake();
    void this.#compare();
  }

  get #open() {
    return this.connection.status.state === 'saved' || this.connection.status.state === 'saving';
  }

  #tell() {
    const { now } = this.around;
    const { state, reason } = this.connection.status;
    this.around.clearTimeout(this.#brief);
    this.#brief = undefined;
    if (this.#open) {
      this.#since = undefined;
      this.#why = '';
      return this.say(this.room.refusal ? 'It is tried again by itself.' : '');
    }
    this.#since ??= now();
    if (state === 'closed') this.#why = reason ? ` ${reason}` : '';
    const left = this.#since + BRIEF_MILLIS - now();
    if (left > 0) return void (this.#brief = this.around.setTimeout(() => this.#tell(), left));
    this.say(`No connection since ${clock(this.#since, now())}.${this.#why} It is tried again by itself.`);
  }

  /** The browser lets go of the lock whenever the page is hidden, and some to save the battery. */
  async #awake() {
    const { around } = this;
    if (!this.#on || !around.visible() || !around.wakeLock || this.#asking || this.#lock?.released === false) return;
    this.#asking = true;
    try {
      this.#lock = await around.wakeLock.request('screen');
      if (!this.#on) await this.#lock.release();
    } catch {
      // Not now; at the next look.
    }
    this.#asking = false;
  }

  /** Loads the page anew when the server has another one, and only when it has answered with it. */
  async #compare() {
    if (this.#on && (await this.#edition.differs()) && this.#on) this.#edition.load();
  }
}

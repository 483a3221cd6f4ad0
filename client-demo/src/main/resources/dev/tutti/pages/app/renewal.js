import { h } from './dom.js';
import { EDITION_MILLIS, Edition, browser as page } from './edition.js';
import { ask } from './sheet.js';

/** How often it is looked whether there is something to do, in milliseconds. */
const LOOK_MILLIS = 60_000;
/** Hidden for so long, in milliseconds, it is a page that nobody left for a moment. */
const HIDDEN_MILLIS = 300_000;
/** After a restart all are welcomed at once; within this time, in milliseconds, each asks at one of its own. */
const SPREAD_MILLIS = 10_000;

/**
 * What it takes from the browser, so that a test can bring its own. `offer` shows the notice; `typed`
 * tells of words that a reload would take away.
 *
 * @typedef {import('./edition.js').Around & {
 *   visible(): boolean, onVisible(listener: () => void): void, random(): number,
 *   setTimeout(task: () => void, millis: number): any, clearTimeout(timer: any): void,
 *   offer(accepted: () => void): void, typed(): boolean, open(): boolean, sure(): Promise<boolean>,
 * }} Around
 */

/** @returns {Around} */
function browser() {
  return {
    ...page(),
    visible: () => document.visibilityState === 'visible',
    onVisible: (listener) => document.addEventListener('visibilitychange', listener),
    random: () => Math.random(),
    setTimeout: (task, millis) => setTimeout(task, millis),
    clearTimeout: (timer) => clearTimeout(timer),
    offer, typed,
    open: () => document.querySelector('dialog[open], .menu:popover-open') !== null,
    sure: async () => (await ask({ title: 'Reload the page?', words: 'What you have typed here and not sent would be lost.', action: 'Reload' })) !== undefined,
  };
}

/** @param {() => void} accepted */
function offer(accepted) {
  const place = h('span', { class: 'renewal', role: 'status' });
  (document.querySelector('.kinds') ?? document.getElementById('status'))?.after(place); // What comes into a region that is there already is read out.
  place.append(h('button', { class: 'pill renew', type: 'button', title: 'A new version of this page is ready', on: { click: accepted } }, h('span', {}, 'A new version is ready. '), h('b', {}, 'Reload')));
}

/** Fields that show a text of the room are saved when they are left; what is marked as kept is there again after a reload. */
function typed() {
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('textarea, input:not([type="file"], [type="search"])'));
  return [...fields].some((field) => field.value.trim() !== '' && field.value !== field.defaultValue && !field.readOnly && !('kept' in field.dataset)
    && field.getClientRects().length > 0 && (!field.matches('.in-place') || field === document.activeElement));
}

/**
 * Looks after a page that is left open while the server gets a new edition of it. Whoever looks at it
 * is told, calmly, and reloads when it suits them; where nobody looks and nothing would be lost it is
 * done by itself.
 */
export class Renewal {
  #edition;
  #ready = false;
  #offered = false;
  /** Whether the server has welcomed this page before. */
  #known;
  /** @type {any} */
  #timer;
  /** When it was hidden, in milliseconds since 1970. @type {number | undefined} */
  #hiddenSince;

  /**
   * @param {import('../tutti.js').Connection | undefined} connection none on a page that lists rooms
   * @param {() => boolean} busy whether a reload would take somebody out of something that the fields do not tell
   * @param {Around} around
   */
  constructor(connection, busy = () => false, around = browser()) {
    this.connection = connection;
    this.busy = busy;
    this.around = around;
    this.#known = connection?.session !== undefined;
    this.#edition = new Edition(around, around.now() + EDITION_MILLIS);
    connection?.on('welcome', () => this.#welcomed());
    around.onVisible(() => this.#seen());
    this.#seen();
  }

  /** Whoever welcomes again may be of another build. */
  #welcomed() {
    const first = !this.#known;
    this.#known = true;
    if (first) return;
    const wait = this.around.random() * SPREAD_MILLIS;
    this.#edition.next = this.around.now() + wait;
    this.#look(wait);
  }

  #seen() {
    this.#hiddenSince = this.around.visible() ? undefined : this.#hiddenSince ?? this.around.now();
    this.#look(0);
  }

  /** @param {number} wait milliseconds */
  #look(wait) {
    this.around.clearTimeout(this.#timer);
    this.#timer = this.around.setTimeout(() => {
      this.#look(LOOK_MILLIS);
      void this.#renew();
    }, wait);
  }

  async #renew() {
    const { around } = this;
    this.#ready ||= await this.#edition.differs();
    if (!this.#ready) return;
    if (around.visible()) return this.#offer();
    const hidden = around.now() - (this.#hiddenSince ?? around.now());
    if (hidden < HIDDEN_MILLIS || !this.#isIdle() || !(await this.#isThere())) return;
    if (!around.visible() && this.#isIdle()) this.#load();
  }

  #isIdle() {
    const { waiting = 0, state = 'saved' } = this.connection?.status ?? {};
    return waiting === 0 && state === 'saved' && !this.around.open() && !this.around.typed() && !this.busy();
  }

  /** A page that is loaded anew while the server is away is none. */
  async #isThere() {
    const served = await this.around.served().catch(() => undefined);
    this.#ready = served !== this.around.edition; // It may have been taken back meanwhile.
    return served !== undefined && this.#ready;
  }

  #offer() {
    if (this.#offered) return;
    this.#offered = true;
    this.around.offer(() => void this.#accepted());
  }

  async #accepted() {
    if (!this.around.typed() || (await this.around.sure())) this.#load();
  }

  #load() {
    this.#ready = false;
    this.#edition.load();
  }
}

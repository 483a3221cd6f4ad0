import { h } from './dom.js';

/** How long a toast is shown in all, in milliseconds; longer when there is something to press. */
const PLAIN = 5_000;
const WITH_ACTION = 9_000;
/** While others wait, each is shown for so long at a time, in milliseconds. */
const TURN = 2_500;
/** How many may wait; of more the oldest are not shown. */
const MOST = 20;

/** @typedef {{words: string, action?: {label: string, run: () => void}, left: number}} Toast `left` is what it may still be shown, in milliseconds */

/**
 * Toasts, one at a time. One with something to press that has to make way for others comes back until
 * its time is over, so that a refusal takes nobody's *Undo* away.
 */
export class ToastQueue {
  /** @type {Toast[]} */
  #waiting = [];
  /** @type {Toast | undefined} */
  #shown;
  #since = 0;
  /** @type {any} */
  #timer;

  /**
   * @param {(toast: Toast | undefined) => void} show
   * @param {{now(): number, setTimeout(task: () => void, millis: number): any, clearTimeout(timer: any): void}} [around]
   */
  constructor(show, around = { now: () => performance.now(), setTimeout: (task, millis) => setTimeout(task, millis), clearTimeout: (timer) => clearTimeout(timer) }) {
    this.show = show;
    this.around = around;
  }

  /** What is shown or waits already, in the same words and with nothing to press, is not said twice. @param {string} words @param {Toast['action']} [action] */
  add(words, action) {
    const known = action ? undefined : [this.#shown, ...this.#waiting].find((toast) => toast?.words === words && !toast.action);
    const toast = known ?? { words, action, left: 0 };
    toast.left = action ? WITH_ACTION : PLAIN;
    if (known && known === this.#shown) this.#since = this.around.now();
    if (!known) this.#waiting.push(toast);
    if (this.#waiting.length > MOST) this.#waiting.shift();
    this.#schedule();
    return toast;
  }

  /** @param {Toast | undefined} toast */
  remove(toast) {
    this.#waiting = this.#waiting.filter((other) => other !== toast);
    if (!toast || toast !== this.#shown) return;
    this.#shown = undefined;
    this.#turn();
  }

  get shown() {
    return this.#shown;
  }

  /** Nothing changes under a pointer, or under the keyboard. @param {boolean} held */
  hold(held) {
    if (!this.#shown) return;
    this.around.clearTimeout(this.#timer);
    if (held) return;
    this.#since = this.around.now();
    this.#schedule();
  }

  #schedule() {
    this.around.clearTimeout(this.#timer);
    if (!this.#shown) return this.#turn();
    const millis = this.#waiting.length > 0 ? Math.min(this.#shown.left, TURN) : this.#shown.left;
    this.#timer = this.around.setTimeout(() => this.#turn(), Math.max(0, this.#since + millis - this.around.now()));
  }

  #turn() {
    this.around.clearTimeout(this.#timer);
    const now = this.around.now();
    const last = this.#shown;
    if (last) last.left -= now - this.#since;
    if (last?.action && last.left > 0) this.#waiting.push(last);
    this.#shown = this.#waiting.shift();
    this.#since = now;
    this.show(this.#shown);
    if (this.#shown) this.#schedule();
  }
}

/** Says one thing at a time at the foot of the page, to eyes and to screen readers. */
export class Toasts {
  #queue = new ToastQueue((toast) => this.#draw(toast));

  constructor() {
    // A popover is above an open dialog, where a plain element would be under it.
    this.element = h('div', { class: 'toasts', role: 'status', 'aria-live': 'polite', popover: 'manual' });
    const hold = (/** @type {boolean} */ held) => () => this.#queue.hold(held);
    for (const [name, held] of /** @type {[string, boolean][]} */ ([['pointerenter', true], ['pointerleave', false], ['focusin', true], ['focusout', false]])) {
      this.element.addEventListener(name, hold(held));
    }
    document.body.append(this.element);
  }

  /** @param {string} words @param {{label: string, run: () => void}} [action] @returns {() => void} takes it away */
  say(words, action) {
    const toast = this.#queue.add(words, action);
    return () => this.#queue.remove(toast);
  }

  clear() {
    this.#queue.remove(this.#queue.shown);
  }

  /** @param {Toast | undefined} toast */
  #draw(toast) {
    if (!toast) {
      if (this.element.matches(':popover-open')) this.element.hidePopover();
      return this.element.replaceChildren();
    }
    const { words, action } = toast;
    const button = action && h('button', { type: 'button', on: { click: () => (this.#queue.remove(toast), action.run()) } }, action.label);
    this.element.replaceChildren(h('div', { class: 'toast' }, h('span', {}, words), button));
    this.#show();
  }

  /** Everything outside a modal dialog is inert, so the toast goes into it, and out with its end. */
  #show() {
    const dialog = [...document.querySelectorAll('dialog:modal')].at(-1);
    (dialog ?? document.body).append(this.element);
    this.element.showPopover();
    dialog?.addEventListener('close', () => {
      if (this.element.parentElement !== dialog) return;
      document.body.append(this.element);
      if (this.element.hasChildNodes()) this.#show();
    }, { once: true });
  }
}

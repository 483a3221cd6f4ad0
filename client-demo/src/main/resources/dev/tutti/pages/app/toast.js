import { h } from './dom.js';

/** How long a toast stays, in milliseconds; longer when there is something to press. */
const PLAIN = 5_000;
const WITH_ACTION = 9_000;

/** Says one thing at a time at the foot of the page, to eyes and to screen readers. */
export class Toasts {
  /** @type {any} */
  #timer;

  constructor() {
    // A popover is above an open dialog, where a plain element would be under it.
    this.element = h('div', { class: 'toasts', role: 'status', 'aria-live': 'polite', popover: 'manual' });
    document.body.append(this.element);
  }

  /** @param {string} words @param {{label: string, run: () => void}} [action] */
  say(words, action) {
    const button = action && h('button', { type: 'button', on: { click: () => (this.clear(), action.run()) } }, action.label);
    this.element.replaceChildren(h('div', { class: 'toast' }, h('span', {}, words), button));
    this.#show();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.clear(), action ? WITH_ACTION : PLAIN);
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

  clear() {
    clearTimeout(this.#timer);
    if (this.element.matches(':popover-open')) this.element.hidePopover();
    this.element.replaceChildren();
  }
}

import { recall, remember } from '../kept.js';

/**
 * What is typed into a field of a ticket's dialog and not sent: it is there again when the ticket is
 * opened again, after a reload too, and when the server has refused it.
 */
export class Drafts {
  /** By ticket and field, for browsers that keep nothing. @type {Map<string, string>} */
  #typed = new Map();

  /** @param {string} room its name */
  constructor(room) {
    this.room = room;
  }

  /** @param {string} ticket @param {string} field */
  of(ticket, field) {
    const key = this.#key(ticket, field);
    return this.#typed.get(key) ?? recall(key) ?? '';
  }

  /** @param {string} ticket @param {string} field @param {string} text empty to forget it */
  keep(ticket, field, text) {
    const key = this.#key(ticket, field);
    this.#typed.set(key, text);
    remember(key, text);
  }

  /**
   * Words that were refused. Where something else is typed already, they would be in its way.
   *
   * @param {string} ticket @param {string} field @param {string} text @returns {boolean} whether they were taken
   */
  giveBack(ticket, field, text) {
    if (this.of(ticket, field) !== '') return false;
    this.keep(ticket, field, text);
    return true;
  }

  /** @param {string} ticket @param {string} field */
  #key(ticket, field) {
    return `tutti.draft.${this.room}.${ticket}.${field}`;
  }
}

/** One field of the dialog, which shows another ticket each time. */
export class DraftField {
  #ticket = '';

  /** @param {HTMLInputElement | HTMLTextAreaElement} input @param {string} field @param {Drafts} drafts */
  constructor(input, field, drafts) {
    this.input = input;
    this.field = field;
    this.drafts = drafts;
    for (const event of ['input', 'blur']) input.addEventListener(event, () => this.#ticket && drafts.keep(this.#ticket, field, input.value));
  }

  /** Shows what was typed for a ticket. @param {string} ticket */
  show(ticket) {
    if (this.#ticket === ticket) return;
    this.#ticket = ticket;
    this.returned();
  }

  /** Words have come back. */
  returned() {
    this.input.value = this.drafts.of(this.#ticket, this.field);
  }

  /** What is typed, which is sent now. */
  take() {
    const text = this.input.value.trim();
    this.input.value = '';
    this.drafts.keep(this.#ticket, this.field, '');
    return text;
  }
}

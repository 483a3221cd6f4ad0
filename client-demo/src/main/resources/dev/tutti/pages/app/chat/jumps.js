import { attribute, write } from '../dom.js';
import { count, unread } from './model.js';

/** @typedef {import('./model.js').Line} Line */

/**
 * The two buttons that lead elsewhere: to the latest message, and to the first of those that others
 * wrote before somebody opened the room and had not read yet.
 */
export class Jumps {
  /** Behind this number it was new; undefined where nothing was. @type {number | undefined} */
  #after;
  #seenUpTo = 0;
  #reading = false;
  /** The number of the first that was new, as far as it is known: it may be further back than what is here. @type {number | undefined} */
  first;

  /**
   * @param {HTMLElement} toEnd @param {HTMLElement} toFirst
   * @param {{toEnd(): void, toNumber(n: number): Promise<void>, moved(): void}} owner
   */
  constructor(toEnd, toFirst, owner) {
    this.toEnd = toEnd;
    this.toFirst = toFirst;
    this.owner = owner;
    toEnd.onclick = () => owner.toEnd();
    toFirst.onclick = () => void this.#back();
  }

  /** @param {number} read how far they had read @param {any} document */
  began(read, document) {
    this.#after = read < count(document) ? read : undefined;
  }

  /** It has been seen. */
  ended() {
    this.#after = this.first = undefined;
  }

  /** @param {Line[]} lines what is here, in order @param {string} me */
  look(lines, me) {
    const after = this.#after;
    if (after === undefined) return;
    const begin = lines[0]?.m.n ?? 0;
    this.first = begin > after + 1 ? after + 1 : lines.find(({ m }) => m.n > after && m.by !== me)?.m.n;
  }

  /** @param {any} document @param {string} me @param {boolean} atEnd @param {number} looked the number of the first message in sight */
  draw(document, me, atEnd, looked) {
    if (atEnd) this.#seenUpTo = count(document);
    const fresh = count(document) - this.#seenUpTo;
    this.toEnd.hidden = atEnd;
    write(this.toEnd, fresh > 0 ? `${fresh} new, jump` : 'Jump to the latest');
    this.toFirst.hidden = this.first === undefined || this.first >= looked;
    if (this.toFirst.hidden) return;
    attribute(this.toFirst, 'aria-busy', this.#reading ? 'true' : 'false');
    const { messages } = unread(document, me, this.#after);
    write(this.toFirst, this.#reading ? 'Reading older messages' : `${messages.toLocaleString()} unread, jump to the first`);
  }

  async #back() {
    if (this.first === undefined) return;
    this.#reading = true;
    this.owner.moved();
    await this.owner.toNumber(this.first);
    this.#reading = false;
    this.owner.moved();
  }
}

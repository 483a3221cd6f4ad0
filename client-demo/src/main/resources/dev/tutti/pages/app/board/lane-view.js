import { attribute, h } from '../dom.js';

/** Cards this far beyond the window are in the page too, in pixels. */
const BEYOND = 500;
/** A column with no more than this is in the page as a whole, so that the browser's own search finds it. */
const WHOLE = 40;

/**
 * The cards of one cell. Of a long one only those in sight, and some beyond, are in the page, so that
 * what an event or a drag costs does not grow with the board. The rest is space.
 */
export class LaneView {
  /** True while everything is in the page, for paper. */
  static whole = false;

  /** All tickets of this cell, in order. @type {readonly string[]} */
  lane = [];
  /** Which of them are in the page: from this index, up to before that one. */
  from = 0;
  to = 0;
  #arranged = /** @type {readonly string[]} */ ([]);
  #whole = false;

  /**
   * @param {string} id of the cell @param {import('./heights.js').Heights} heights
   * @param {HTMLElement} [scroller] what scrolls; the list itself without one
   */
  constructor(id, heights, scroller) {
    this.id = id;
    this.heights = heights;
    this.scroller = scroller;
    this.above = h('li', { class: 'space', 'aria-hidden': 'true' });
    this.below = h('li', { class: 'space', 'aria-hidden': 'true' });
    this.list = h('ul', { class: 'cards', tabindex: '-1', 'data-cell': id }, this.above, this.below);
  }

  /** The tickets in the page. */
  get shown() {
    return this.lane.slice(this.from, this.to);
  }

  /** Whether another window than the present one should be shown. */
  get stale() {
    if (this.lane !== this.#arranged || this.#whole !== LaneView.whole) return true;
    const { from, to } = this.#window(BEYOND / 2);
    return from < this.from || to > this.to;
  }

  /** Chooses what is in the page. Reads the layout, writes nothing. */
  choose() {
    const { from, to } = this.#window(BEYOND);
    this.from = from;
    this.to = to;
  }

  /** Puts the chosen cards into the page. @param {(id: string) => HTMLElement} cardOf */
  arrange(cardOf) {
    this.#arranged = this.lane;
    this.#whole = LaneView.whole;
    align(this.list, [this.above, ...this.shown.map(cardOf), this.below]);
    this.space();
    if (this.to - this.from === this.lane.length) return;
    this.shown.forEach((id, i) => {
      const element = cardOf(id);
      attribute(element, 'aria-posinset', this.from + i + 1);
      attribute(element, 'aria-setsize', this.lane.length);
    });
  }

  /** Leaves as much room as the cards would take that are not in the page. Said to the room alone: what a list says, all in it inherit. */
  space() {
    this.above.style.height = `${Math.round(this.#height(0, this.from))}px`;
    this.below.style.height = `${Math.round(this.#height(this.to, this.lane.length))}px`;
  }

  /** Shows nothing: its cards stand elsewhere. */
  empty() {
    this.lane = [];
    this.from = this.to = 0;
    this.list.replaceChildren();
  }

  /** Scrolls so that a ticket will be in the page. @param {string} ticket */
  reveal(ticket) {
    const index = this.lane.indexOf(ticket);
    if (index < 0 || (index >= this.from && index < this.to)) return;
    const top = this.#height(0, index);
    if (this.scroller) this.scroller.scrollTop += this.list.getBoundingClientRect().top + top - this.scroller.getBoundingClientRect().top - 100;
    else this.list.scrollTop = top - this.list.clientHeight / 2;
  }

  /** @param {number} beyond pixels @returns {{from: number, to: number}} */
  #window(beyond) {
    const count = this.lane.length;
    if (LaneView.whole || (!this.scroller && count <= WHOLE)) return { from: 0, to: count };
    const { top, height } = this.#sight();
    let from = 0;
    let y = 0;
    for (; from < count && y + this.heights.of(this.lane[from]) < top - beyond; from++) y += this.heights.of(this.lane[from]);
    let to = from;
    for (; to < count && y < top + height + beyond; to++) y += this.heights.of(this.lane[to]);
    return { from, to };
  }

  /** What can be seen, in pixels from the first card. */
  #sight() {
    if (!this.scroller) return { top: this.list.scrollTop, height: this.list.clientHeight > 50 ? Math.min(this.list.clientHeight, innerHeight) : innerHeight };
    if (!this.list.isConnected) return { top: 0, height: innerHeight };
    return { top: this.scroller.getBoundingClientRect().top - this.list.getBoundingClientRect().top, height: this.scroller.clientHeight };
  }

  /** @param {number} from @param {number} to */
  #height(from, to) {
    let height = 0;
    for (let i = from; i < to; i++) height += this.heights.of(this.lane[i]);
    return height;
  }
}

/**
 * Brings a parent's children into order with few moves; children of other kinds stay behind them.
 *
 * @param {HTMLElement} parent @param {HTMLElement[]} wanted @param {string} [kind]
 */
export function align(parent, wanted, kind = '*') {
  const keep = new Set(wanted);
  for (const child of [...parent.children]) if (child.matches(kind) && !keep.has(/** @type {any} */ (child))) child.remove();
  /** @type {Element | null} */
  let at = parent.firstElementChild;
  for (const element of wanted) {
    if (at === element) {
      at = element.nextElementSibling;
    } else if (at?.nextElementSibling === element && at.matches(kind)) {
      at.remove(); // It comes later: taking it out once is cheaper than moving all that follow.
      at = element.nextElementSibling;
    } else {
      parent.insertBefore(element, at);
    }
  }
}

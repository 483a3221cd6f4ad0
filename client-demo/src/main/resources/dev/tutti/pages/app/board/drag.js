import { h } from '../dom.js';
import { lifted } from '../flip.js';
import { nextFrame } from '../frames.js';
import { liftOf } from './lift.js';

/** A mouse lifts after this many pixels; a finger after resting this many milliseconds. */
const MOUSE_PIXELS = 4;
const REST_MILLIS = 220;
const REST_PIXELS = 8;
/** Near an edge the board scrolls: how near in pixels, and how fast at most in pixels a frame. */
const EDGE = 56;
const SPEED = { across: 9, down: 14 };

/**
 * @typedef {{
 *   board(): Map<string, string[]>,
 *   lifted(ticket: string): void,
 *   dropped(lift: import('./lift.js').Lift): void,
 *   putBack(lift: import('./lift.js').Lift): void,
 *   landed(lift: import('./lift.js').Lift, from?: DOMRect): void,
 * }} DragActions
 *   What is `dropped` leaves at once; where a card has `landed` it is drawn, coming from where it was.
 */

/**
 * @typedef {{ticket: string, x: number, y: number, id: number, timer?: any}} Pressed
 * @typedef {{ghost: HTMLElement, left: number, top: number, height: number, x0: number, y0: number, x: number, y: number, id: number}} Held
 */

/** Drag and drop by mouse, pen and finger. While it moves, a pointer costs one transform a frame. */
export class Drag {
  /** @type {Pressed | undefined} */
  #pressed;
  /** @type {Held | undefined} */
  #held;
  /** When the last drag ended, until something else is pressed. */
  #ended = -Infinity;
  /** Over the page while a card is held, so that the pointer looks the same everywhere. */
  #glass = h('div', { class: 'glass' });

  /** @param {import('./view.js').BoardView} view @param {DragActions} actions */
  constructor(view, actions) {
    this.view = view;
    this.actions = actions;
    const { strip } = view;
    strip.addEventListener('pointerdown', (event) => this.#down(event));
    strip.addEventListener('pointermove', (event) => this.#move(event));
    strip.addEventListener('pointerup', (event) => this.#up(event));
    strip.addEventListener('pointercancel', () => this.#cancel());
    strip.addEventListener('touchmove', (event) => void (this.#held && event.preventDefault()), { passive: false });
    strip.addEventListener('contextmenu', (event) => void ((this.#held || this.#pressed?.timer) && event.preventDefault()));
    strip.addEventListener('click', (event) => this.#click(event), { capture: true });
    addEventListener('keydown', (event) => void (event.key === 'Escape' && this.#held && (event.stopPropagation(), this.#cancel())), { capture: true });
    addEventListener('blur', () => this.#cancel());
  }

  /** @param {PointerEvent} event */
  #down(event) {
    this.#ended = -Infinity;
    const card = /** @type {HTMLElement} */ (event.target).closest('.card');
    const ticket = card?.getAttribute('data-ticket');
    if (!ticket || event.button !== 0 || !event.isPrimary || this.#held || this.view.readOnly) return;
    this.#pressed = { ticket, x: event.clientX, y: event.clientY, id: event.pointerId };
    if (event.pointerType !== 'mouse') {
      this.#pressed.timer = setTimeout(() => this.#lift(event.clientX, event.clientY), REST_MILLIS);
    }
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (this.#held) {
      this.#held.x = event.clientX;
      this.#held.y = event.clientY;
      return;
    }
    if (!this.#pressed) return;
    const distance = Math.hypot(event.clientX - this.#pressed.x, event.clientY - this.#pressed.y);
    if (this.#pressed.timer) {
      if (distance > REST_PIXELS) this.#forget(); // A finger that moves at once wants to scroll.
    } else if (distance > MOUSE_PIXELS) {
      this.#lift(event.clientX, event.clientY);
    }
  }

  /** @param {number} x @param {number} y where the pointer is */
  #lift(x, y) {
    const { ticket, x: x0, y: y0, id } = /** @type {Pressed} */ (this.#pressed);
    const touch = this.#pressed?.timer !== undefined;
    this.#forget();
    const card = this.view.cards.get(ticket);
    const lift = liftOf(this.actions.board(), ticket, 'pointer');
    if (!card || !lift) return;
    const rect = card.element.getBoundingClientRect();
    const ghost = lifted(card.element, rect);
    ghost.classList.add('held');
    this.#held = { ghost, left: rect.left, top: rect.top, height: rect.height, x0, y0, x, y, id };
    this.view.strip.setPointerCapture(id);
    this.view.strip.classList.add('dragging');
    ghost.before(this.#glass);
    if (touch) navigator.vibrate?.(10);
    this.view.lift = lift;
    this.view.draw();
    this.actions.lifted(ticket);
    nextFrame(() => this.#frame());
  }

  /** Reads first, then writes: what is read was laid out with the last frame, so nothing is laid out twice. */
  #frame() {
    const held = this.#held;
    const lift = this.view.lift;
    if (!held || !lift) return;
    if (!this.view.holds(lift.ticket)) return this.#cancel(); // Someone has taken it off the board.
    const cell = this.#cellAt(held);
    const place = this.#placeUnder(held, lift, cell);
    const scrolls = this.#scrolls(held, cell);
    held.ghost.style.setProperty('transform', `translate(${held.x - held.x0}px, ${held.y - held.y0}px) rotate(1.2deg)`);
    for (const { element, across, down } of scrolls) element.scrollBy(across, down);
    if (place && (place.column !== lift.column || place.after !== lift.after)) {
      this.view.lift = { ...lift, ...place };
      this.view.draw();
    }
    nextFrame(() => this.#frame());
  }

  /** @param {Held} held @param {import('./lift.js').Lift} lift @param {import('./lane-view.js').LaneView | undefined} cell */
  #placeUnder({ y, y0, top, height }, lift, cell) {
    if (!cell) return undefined;
    const { list, from, to } = cell;
    const others = cell.lane.filter((id) => id !== lift.ticket);
    const slot = cell.id === lift.column ? this.view.cards.get(lift.ticket)?.element : undefined;
    const slotIndex = slot ? cell.lane.indexOf(lift.ticket) : Infinity;
    const gone = slot ? slot.offsetHeight + 8 : 0;
    const middle = top + (y - y0) + height / 2 - list.getBoundingClientRect().top + list.scrollTop;
    // Cards behind the slot are read as if it were not there, so that the answer does not depend on
    // where the slot is, and never flickers. offsetTop knows nothing of running animations.
    const above = (/** @type {number} */ index) => {
      const card = /** @type {import('./card.js').Card} */ (this.view.cards.get(others[index])).element;
      return card.offsetTop - (index >= slotIndex ? gone : 0) + card.offsetHeight / 2 < middle;
    };
    let low = from - (slotIndex < from ? 1 : 0);
    let high = to - (slotIndex < to ? 1 : 0);
    while (low < high) {
      const half = (low + high) >> 1;
      if (above(half)) low = half + 1;
      else high = half;
    }
    return { column: cell.id, index: low, after: others[low - 1] };
  }

  /** The cell under a point, or the nearest; a column is as high as the board. @param {{x: number, y: number}} at */
  #cellAt({ x, y }) {
    let nearest;
    let least = Infinity;
    for (const cell of this.view.cells.values()) {
      const { left, right, top, bottom } = cell.list.getBoundingClientRect();
      const across = x < left ? left - x : x > right ? x - right : 0;
      const down = !cell.scroller ? 0 : y < top ? top - y : y > bottom ? y - bottom : 0;
      const distance = Math.hypot(across, down);
      if (distance < least) [nearest, least] = [cell, distance];
    }
    return nearest;
  }

  /** What is to be scrolled, since the pointer is near an edge. @param {{x: number, y: number}} held @param {import('./lane-view.js').LaneView | undefined} cell */
  #scrolls({ x, y }, cell) {
    const { strip } = this.view;
    const box = strip.getBoundingClientRect();
    const across = pull(x, box.left, box.right, SPEED.across);
    if (!cell || cell.scroller) return [{ element: strip, across, down: pull(y, box.top, box.bottom, SPEED.down) }];
    const { top, bottom } = cell.list.getBoundingClientRect();
    return [{ element: strip, across, down: 0 }, { element: cell.list, across: 0, down: pull(y, top, bottom, SPEED.down) }]
      .filter(({ across, down }) => across !== 0 || down !== 0);
  }

  /** @param {PointerEvent} event */
  #up(event) {
    this.#forget();
    if (!this.#held) return;
    this.#held.x = event.clientX;
    this.#held.y = event.clientY;
    const lift = /** @type {import('./lift.js').Lift} */ (this.view.lift);
    const place = this.#placeUnder(this.#held, lift, this.#cellAt(this.#held));
    this.#end({ ...lift, ...place }, this.actions.dropped);
  }

  #cancel() {
    this.#forget();
    const lift = this.view.lift;
    if (this.#held && lift) this.#end(lift, this.actions.putBack);
  }

  /** Others wait for what I do, so that goes first; then the page is put in order. @param {import('./lift.js').Lift} lift @param {(lift: import('./lift.js').Lift) => void} how */
  #end(lift, how) {
    const { ghost, id } = /** @type {Held} */ (this.#held);
    this.#held = undefined;
    this.#ended = performance.now();
    how(lift);
    const from = ghost.getBoundingClientRect();
    ghost.remove();
    this.#glass.remove();
    this.view.strip.classList.remove('dragging');
    if (this.view.strip.hasPointerCapture(id)) this.view.strip.releasePointerCapture(id);
    this.actions.landed(lift, from);
  }

  #forget() {
    clearTimeout(this.#pressed?.timer);
    this.#pressed = undefined;
  }

  /** The click that ends a drag opens nothing. @param {MouseEvent} event */
  #click(event) {
    if (performance.now() - this.#ended < 50) {
      event.stopPropagation();
      event.preventDefault();
    }
  }
}

/** How far to scroll when something is near an edge. @param {number} at @param {number} start @param {number} end @param {number} speed */
function pull(at, start, end, speed) {
  const before = start + EDGE - at;
  const behind = at - (end - EDGE);
  if (before > 0) return -Math.min(1, before / EDGE) * speed;
  return behind > 0 ? Math.min(1, behind / EDGE) * speed : 0;
}

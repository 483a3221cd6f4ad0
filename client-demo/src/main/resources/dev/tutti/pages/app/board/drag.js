import { lifted } from '../flip.js';
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
 *   dropped(lift: import('./lift.js').Lift, from: DOMRect): void,
 *   putBack(lift: import('./lift.js').Lift, from: DOMRect): void,
 * }} DragActions
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
  #ended = 0;

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
    if (touch) navigator.vibrate?.(10);
    this.view.lift = lift;
    this.view.draw();
    this.actions.lifted(ticket);
    requestAnimationFrame(() => this.#frame());
  }

  #frame() {
    const held = this.#held;
    const lift = this.view.lift;
    if (!held || !lift) return;
    if (!this.view.cards.has(lift.ticket)) return this.#cancel(); // Someone has taken it off the board.
    held.ghost.style.setProperty('transform', `translate(${held.x - held.x0}px, ${held.y - held.y0}px) rotate(1.2deg)`);
    this.#scroll(held);
    const place = this.#placeUnder(held, lift);
    if (place && (place.column !== lift.column || place.after !== lift.after)) {
      this.view.lift = { ...lift, ...place };
      this.view.draw();
    }
    requestAnimationFrame(() => this.#frame());
  }

  /** @param {{x: number, y: number, y0: number, top: number, height: number}} held @param {import('./lift.js').Lift} lift */
  #placeUnder({ x, y, y0, top, height }, lift) {
    const column = this.#columnAt(x);
    if (!column) return undefined;
    const others = this.view.visible(column.id).filter((id) => id !== lift.ticket);
    const slot = this.view.cards.get(lift.ticket)?.element;
    const here = column.id === lift.column && slot ? slot : undefined;
    const gone = here ? here.offsetHeight + 8 : 0;
    const middle = top + (y - y0) + height / 2 - column.list.getBoundingClientRect().top + column.list.scrollTop;
    // Cards behind the slot are read as if it were not there, so that the answer does not depend on
    // where the slot is, and never flickers. offsetTop knows nothing of running animations.
    const above = (/** @type {string} */ id) => {
      const card = /** @type {import('./card.js').Card} */ (this.view.cards.get(id)).element;
      const behind = here && (here.compareDocumentPosition(card) & Node.DOCUMENT_POSITION_FOLLOWING);
      return card.offsetTop - (behind ? gone : 0) + card.offsetHeight / 2 < middle;
    };
    let low = 0;
    let high = others.length;
    while (low < high) {
      const half = (low + high) >> 1;
      if (above(others[half])) low = half + 1;
      else high = half;
    }
    return { column: column.id, index: low, after: others[low - 1] };
  }

  /** The column under an x, or the nearest. @param {number} x */
  #columnAt(x) {
    let nearest;
    let least = Infinity;
    for (const view of this.view.columns.values()) {
      const { left, right } = view.element.getBoundingClientRect();
      const distance = x < left ? left - x : x > right ? x - right : 0;
      if (distance < least) [nearest, least] = [view, distance];
    }
    return nearest;
  }

  /** @param {{x: number, y: number}} held */
  #scroll({ x, y }) {
    const { strip } = this.view;
    const box = strip.getBoundingClientRect();
    strip.scrollLeft += pull(x, box.left, box.right, SPEED.across);
    const list = this.#columnAt(x)?.list;
    if (!list || list.scrollHeight <= list.clientHeight) return;
    const { top, bottom } = list.getBoundingClientRect();
    list.scrollTop += pull(y, top, bottom, SPEED.down);
  }

  /** @param {PointerEvent} event */
  #up(event) {
    this.#forget();
    if (!this.#held) return;
    this.#held.x = event.clientX;
    this.#held.y = event.clientY;
    const lift = /** @type {import('./lift.js').Lift} */ (this.view.lift);
    const place = this.#placeUnder(this.#held, lift);
    this.#end((from) => this.actions.dropped({ ...lift, ...place }, from));
  }

  #cancel() {
    this.#forget();
    const lift = this.view.lift;
    if (this.#held && lift) this.#end((from) => this.actions.putBack(lift, from));
  }

  /** @param {(from: DOMRect) => void} then */
  #end(then) {
    const { ghost, id } = /** @type {Held} */ (this.#held);
    const from = ghost.getBoundingClientRect();
    this.#held = undefined;
    this.#ended = performance.now();
    ghost.remove();
    this.view.strip.classList.remove('dragging');
    if (this.view.strip.hasPointerCapture(id)) this.view.strip.releasePointerCapture(id);
    then(from);
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

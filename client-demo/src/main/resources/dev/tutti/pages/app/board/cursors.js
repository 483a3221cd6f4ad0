import { h } from '../dom.js';
import { hueOf } from '../people.js';

/** Between two words about my pointer, in milliseconds. */
const EVERY = 50;
/** A pointer that has said nothing for this long is shown no more, in milliseconds. */
const QUIET = 8_000;

/**
 * Where somebody points: within a column its share of the width and pixels down its list, so that it
 * is the same card on screens of every width; beside the columns pixels on the strip.
 *
 * @typedef {{column?: string, x: number, y: number}} Spot
 */

/** The pointers of others over the board. Mine is told while it is over the board; a finger never is. */
export class Cursors {
  /** By session. @type {Map<string, {element: HTMLElement, spot: Spot, timer: any}>} */
  #shown = new Map();
  #told = 0;
  /** @type {any} */
  #later;
  /** @type {PointerEvent | undefined} */
  #latest;
  #scheduled = false;

  /**
   * @param {import('../../tutti.js').Room} room @param {HTMLElement} strip
   * @param {{session(): string | undefined, userOf(session: string): {id: string, name: string} | undefined}} who
   */
  constructor(room, strip, who) {
    this.room = room;
    this.strip = strip;
    this.who = who;
    this.layer = h('div', { class: 'cursors', 'aria-hidden': 'true' });
    strip.after(this.layer);
    strip.addEventListener('pointermove', (event) => this.#moved(event));
    strip.addEventListener('pointerleave', () => this.#left());
    strip.addEventListener('scroll', () => this.#schedule(), { capture: true, passive: true });
    room.on('signal', (signal) => void (signal.topic === 'cursor' && this.#heard(signal)));
    room.on('members', () => this.#forgetGone());
  }

  /** @param {PointerEvent} event */
  #moved(event) {
    if (event.pointerType === 'touch') return;
    this.#latest = event;
    if (this.#later !== undefined) return;
    this.#later = setTimeout(() => this.#tell(), Math.max(0, this.#told + EVERY - performance.now()));
  }

  #tell() {
    this.#later = undefined;
    this.#told = performance.now();
    if (this.#latest && Object.keys(this.room.members).length > 1) this.room.signal('cursor', this.#spotOf(this.#latest));
  }

  #left() {
    clearTimeout(this.#later);
    this.#later = undefined;
    if (this.#latest) this.room.signal('cursor', {});
    this.#latest = undefined;
  }

  /** @param {PointerEvent} event @returns {Spot} */
  #spotOf({ clientX, clientY }) {
    for (const column of this.strip.querySelectorAll('.column')) {
      const box = column.getBoundingClientRect();
      if (clientX < box.left || clientX > box.right) continue;
      const list = column.querySelector('.cards') ?? column;
      const y = clientY - list.getBoundingClientRect().top + list.scrollTop;
      return { column: column.getAttribute('data-column') ?? '', x: round((clientX - box.left) / box.width), y: Math.round(y) };
    }
    const box = this.strip.getBoundingClientRect();
    return { x: Math.round(clientX - box.left + this.strip.scrollLeft), y: Math.round(clientY - box.top) };
  }

  /** @param {{from: string, data: any}} signal */
  #heard({ from, data }) {
    if (from === this.who.session()) return;
    if (!Number.isFinite(data.x) || !Number.isFinite(data.y)) return this.#forget(from);
    const user = this.who.userOf(from);
    if (!user) return;
    const known = this.#shown.get(from) ?? this.#arrived(from, user);
    known.spot = data;
    clearTimeout(known.timer);
    known.timer = setTimeout(() => this.#forget(from), QUIET);
    this.#schedule();
  }

  /** @param {string} session @param {{id: string, name: string}} user */
  #arrived(session, user) {
    const element = h('div', { class: 'cursor', hue: hueOf(user.id) }, h('i', {}), h('span', {}, user.name));
    this.layer.append(element);
    const shown = { element, spot: { x: 0, y: 0 }, timer: undefined };
    this.#shown.set(session, shown);
    return shown;
  }

  /** Places are read once a frame, before anything is written. */
  #schedule() {
    if (this.#scheduled || this.#shown.size === 0) return;
    this.#scheduled = true;
    requestAnimationFrame(() => {
      this.#scheduled = false;
      const places = [...this.#shown.values()].map(({ element, spot }) => ({ element, place: this.#placeOf(spot) }));
      for (const { element, place } of places) {
        element.hidden = place === undefined;
        if (place) element.style.setProperty('transform', `translate(${place.x}px, ${place.y}px)`);
      }
    });
  }

  /** Where a spot is on this screen; undefined where it is out of sight. @param {Spot} spot */
  #placeOf(spot) {
    const strip = this.strip.getBoundingClientRect();
    if (spot.column === undefined) return within(strip, strip.left + spot.x - this.strip.scrollLeft, strip.top + spot.y, strip);
    const column = this.strip.querySelector(`.column[data-column="${CSS.escape(spot.column)}"]`);
    const list = column?.querySelector('.cards');
    if (!column || !list) return undefined;
    const box = column.getBoundingClientRect();
    return within(box, box.left + spot.x * box.width, list.getBoundingClientRect().top + spot.y - list.scrollTop, strip);
  }

  #forgetGone() {
    for (const session of this.#shown.keys()) if (!this.who.userOf(session)) this.#forget(session);
  }

  /** @param {string} session */
  #forget(session) {
    const shown = this.#shown.get(session);
    clearTimeout(shown?.timer);
    shown?.element.remove();
    this.#shown.delete(session);
  }
}

/** @param {number} share */
const round = (share) => Math.round(share * 1000) / 1000;

/** @param {DOMRect} box @param {number} x @param {number} y @param {DOMRect} origin */
function within(box, x, y, origin) {
  const inside = x >= Math.max(box.left, origin.left) && x <= Math.min(box.right, origin.right) && y >= origin.top && y <= origin.bottom;
  return inside ? { x: Math.round(x - origin.left), y: Math.round(y - origin.top) } : undefined;
}

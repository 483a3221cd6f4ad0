import { travelling } from '../flip.js';

/** A pointer carries something after this many pixels, and no further place is looked for while things make room, in milliseconds. */
const PIXELS = 4;
const ROOM_MILLIS = 170;

/**
 * Things of one kind that are put into another order by pointer, within the element that holds them:
 * the columns of a board, the items of a checklist. They make room while one is carried.
 */
export class Reorder {
  /** What is carried; its owner leaves the order alone meanwhile. @type {HTMLElement | undefined} */
  held = undefined;
  /** @type {{thing: HTMLElement, id: number, x: number, y: number, before: Element | null} | undefined} */
  #pressed;
  /** Where the pointer is, along the order. */
  #at = 0;
  /** Runs while things make room. @type {any} */
  #room;

  /**
   * @param {HTMLElement} root
   * @param {{thing: string, handle: string, across: boolean, may(event: PointerEvent): boolean,
   *   moved(thing: HTMLElement, after: HTMLElement | undefined): void, ended(): void}} owner
   *   `thing` and `handle` are selectors; `moved` has what stands before it now, `ended` what is to be drawn again
   */
  constructor(root, owner) {
    this.root = root;
    this.owner = owner;
    root.addEventListener('pointerdown', (event) => this.#down(event));
    root.addEventListener('pointermove', (event) => this.#move(event));
    root.addEventListener('pointerup', () => this.#end(true));
    root.addEventListener('pointercancel', () => this.#end(false));
    addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.held) return;
      event.preventDefault();
      event.stopPropagation();
      this.#end(false);
    }, { capture: true });
    addEventListener('blur', () => this.#end(false));
  }

  /** @param {PointerEvent} event */
  #down(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const thing = /** @type {HTMLElement | null} */ (target.closest(this.owner.handle)?.closest(this.owner.thing));
    if (!thing || event.button !== 0 || !event.isPrimary || target.closest('button, input, textarea') || !this.owner.may(event)) return;
    this.#pressed = { thing, id: event.pointerId, x: event.clientX, y: event.clientY, before: thing.previousElementSibling };
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const pressed = this.#pressed;
    if (!pressed || event.pointerId !== pressed.id) return;
    if (!this.held) {
      if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < PIXELS) return;
      this.held = pressed.thing;
      this.held.classList.add('carried');
      this.root.setPointerCapture(pressed.id);
    }
    if (!this.held.isConnected) return this.#end(false); // Somebody has taken it away.
    this.#at = this.owner.across ? event.clientX : event.clientY;
    if (this.#room === undefined) this.#hop(this.held);
  }

  /** @param {HTMLElement} held */
  #hop(held) {
    const others = this.#things(held).filter((thing) => thing !== held);
    const beyond = (/** @type {HTMLElement} */ thing) => {
      const { left, right, top, bottom } = thing.getBoundingClientRect();
      return (this.owner.across ? left + right : top + bottom) / 2 > this.#at;
    };
    const next = others.find(beyond) ?? others.at(-1)?.nextElementSibling ?? null;
    if (next === held || next === held.nextElementSibling) return;
    this.#room = setTimeout(() => {
      this.#room = undefined;
      if (this.held) this.#hop(this.held); // The pointer may be further on, and rest.
    }, ROOM_MILLIS);
    travelling([held, ...others], () => void held.parentElement?.insertBefore(held, next));
  }

  /** @param {boolean} keep */
  #end(keep) {
    const pressed = this.#pressed;
    this.#pressed = undefined;
    if (!pressed || !this.held) return;
    const { held } = this;
    clearTimeout(this.#room);
    this.#room = undefined;
    for (const thing of this.#things(held)) for (const animation of thing.getAnimations()) animation.finish();
    if (keep) this.#hop(held);
    clearTimeout(this.#room);
    this.#room = this.held = undefined;
    held.classList.remove('carried');
    if (this.root.hasPointerCapture(pressed.id)) this.root.releasePointerCapture(pressed.id);
    const things = this.#things(held);
    const at = things.indexOf(held);
    if (keep && at >= 0 && held.previousElementSibling !== pressed.before) this.owner.moved(held, things[at - 1]);
    this.owner.ended();
  }

  /** @param {HTMLElement} thing @returns {HTMLElement[]} in the order of the page */
  #things(thing) {
    return /** @type {HTMLElement[]} */ ([...(thing.parentElement?.children ?? [])]).filter((child) => child.matches(this.owner.thing));
  }
}

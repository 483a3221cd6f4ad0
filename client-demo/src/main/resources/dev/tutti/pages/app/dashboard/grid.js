import { h } from '../dom.js';
import { settle, within } from './layout.js';
import { COLUMNS } from './model.js';
import { Tile } from './tile.js';

/** A mouse takes hold after this many pixels; a finger after resting this many milliseconds. */
const MOUSE_PIXELS = 4;
const REST_MILLIS = 260;
const MAX_HEIGHT = 20;
/** Near an edge of the page it scrolls: how near, and how fast, in pixels. */
const EDGE = 48;
const SPEED = 10;
/** How high a row of a screen on a wall is, in pixels. */
const ROW = { least: 44, most: 160 };

/**
 * @typedef {import('./model.js').Box} Box
 * @typedef {'move' | 'resize'} Way
 * @typedef {{id: string, way: Way, from: Box, to: Box, pointer: number, x: number, y: number, scrolled: number}} Held
 * @typedef {{moved(id: string, way: Way, to: Box): void, holding(id: string | null): void, say(words: string): void, mayEdit(): boolean, title(id: string): string}} Actions
 */

/** The tiles on their grid; moved and resized by pointer and by keyboard. Mine stay in my hands whatever others do. */
export class Grid {
  /** @type {Map<string, Tile>} */
  tiles = new Map();
  /** @type {Map<string, import('./model.js').Widget>} */
  #widgets = new Map();
  /** @type {Held | undefined} */
  #held;
  /** @type {{tile: Tile, way: Way, event: PointerEvent, timer: any} | undefined} */
  #pressed;
  #slot = h('div', { class: 'slot', 'aria-hidden': 'true' });

  /** @param {HTMLElement} element @param {Actions} actions */
  constructor(element, actions) {
    this.element = element;
    this.actions = actions;
    element.addEventListener('pointerdown', (event) => this.#down(event));
    element.addEventListener('pointermove', (event) => this.#move(event));
    element.addEventListener('pointerup', () => this.#up());
    element.addEventListener('pointercancel', () => this.#end(false));
    element.addEventListener('touchmove', (event) => this.#held && event.preventDefault(), { passive: false });
    element.addEventListener('keydown', (event) => this.#key(event));
    element.addEventListener('focusout', () => this.#held?.pointer === -1 && this.#end(false));
  }

  /** @param {Map<string, import('./model.js').Widget>} widgets @param {any} document */
  draw(widgets, document) {
    this.#widgets = widgets;
    for (const [id, tile] of this.tiles) {
      if (widgets.get(id)?.kind === tile.widget.kind) continue;
      if (this.#held?.id === id) this.#end(false);
      tile.remove();
      this.tiles.delete(id);
    }
    /** @type {HTMLElement | undefined} */
    let before;
    for (const [id, widget] of widgets) {
      const tile = this.tiles.get(id) ?? this.#added(id, widget);
      // In the order of reading, for the keyboard; but what has the focus must not lose it.
      if ((before ? before.nextElementSibling : this.element.firstElementChild) !== tile.element && !tile.element.contains(globalThis.document.activeElement)) {
        if (before) before.after(tile.element);
        else this.element.prepend(tile.element);
      }
      before = tile.element;
      tile.draw(widget, document?.readings?.[id] ?? NOTHING, document?.points?.[id]);
    }
    this.#place();
  }

  tick() {
    for (const tile of this.tiles.values()) tile.tick();
  }

  restyle() {
    for (const tile of this.tiles.values()) tile.restyle();
  }

  /** @param {string} id @param {import('./model.js').Widget} widget */
  #added(id, widget) {
    const tile = new Tile(id, widget);
    this.tiles.set(id, tile);
    return tile;
  }

  /** @returns {Map<string, Box>} */
  #boxes() {
    return new Map([...this.#widgets].map(([id, { x, y, w, h: high }]) => [id, { x, y, w, h: high }]));
  }

  /** Rows that are as high as the screen lets them be, so that a screen on a wall shows all of it. */
  fit() {
    if (!document.body.classList.contains('kiosk')) return this.element.style.removeProperty('--row');
    const rows = Math.max(1, ...[...this.#widgets.values()].map(({ y, h: high }) => y + high));
    const { rowGap, paddingTop, paddingBottom } = getComputedStyle(this.element);
    const room = this.#scroller.clientHeight - Number.parseFloat(paddingTop) - Number.parseFloat(paddingBottom) - (rows - 1) * Number.parseFloat(rowGap);
    this.element.style.setProperty('--row', `${clamp(Math.floor(room / rows), ROW.least, ROW.most)}px`);
  }

  #place() {
    this.fit();
    const boxes = this.#boxes();
    const held = this.#held;
    const settled = held ? settle(boxes, held.id, held.to) : boxes;
    for (const [id, box] of settled) {
      const tile = this.tiles.get(id);
      if (held?.id === id && held.way === 'move' && held.pointer !== -1) tile?.place(held.from);
      else tile?.place(box);
    }
    if (!held) return void this.#slot.remove();
    for (const [name, value] of [['--x', held.to.x + 1], ['--y', held.to.y + 1], ['--w', held.to.w], ['--h', held.to.h]]) this.#slot.style.setProperty(String(name), String(value));
    if (!this.#slot.isConnected) this.element.append(this.#slot);
  }

  /** How large a cell is, its gap included, in pixels. */
  #cell() {
    const style = getComputedStyle(this.element);
    const gap = Number.parseFloat(style.columnGap) || 0;
    const inside = this.element.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
    return { wide: (inside + gap) / COLUMNS, high: (Number.parseFloat(style.gridAutoRows) || 56) + gap };
  }

  /** On one column there is nothing to lay out. */
  get #narrow() {
    return getComputedStyle(this.element).getPropertyValue('--narrow').trim() === '1';
  }

  /** @param {PointerEvent} event */
  #down(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const tile = this.tiles.get(target.closest('.tile')?.getAttribute('data-widget') ?? '');
    const way = target.closest('.grip') ? 'resize' : target.closest('header') && !target.closest('button') ? 'move' : undefined;
    if (!tile || !way || event.button !== 0 || !this.actions.mayEdit() || this.#narrow || this.#held) return;
    const timer = event.pointerType === 'touch' ? setTimeout(() => this.#take(), REST_MILLIS) : undefined;
    this.#pressed = { tile, way, event, timer };
    if (way === 'resize') this.#take();
  }

  #take() {
    if (!this.#pressed) return;
    const { tile, way, event } = this.#pressed;
    this.#forget();
    this.element.setPointerCapture(event.pointerId);
    this.#hold(tile, way, event.pointerId, event.clientX, event.clientY);
  }

  /** @param {Tile} tile @param {Way} way @param {number} pointer -1 for the keyboard @param {number} x @param {number} y */
  #hold(tile, way, pointer, x, y) {
    const { x: column, y: row, w, h: high } = tile.widget;
    const from = { x: column, y: row, w, h: high };
    this.#held = { id: tile.id, way, from, to: from, pointer, x, y, scrolled: this.#scroller.scrollTop };
    tile.element.classList.add('held');
    this.element.classList.add('laying');
    this.actions.holding(tile.id);
    this.#place();
  }

  get #scroller() {
    return /** @type {HTMLElement} */ (this.element.closest('.scroll') ?? this.element);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const pressed = this.#pressed;
    if (pressed) {
      const far = Math.hypot(event.clientX - pressed.event.clientX, event.clientY - pressed.event.clientY) > MOUSE_PIXELS;
      if (far && event.pointerType === 'touch') this.#forget();
      else if (far) this.#take();
    }
    const held = this.#held;
    if (!held || held.pointer !== event.pointerId) return;
    const scroller = this.#scroller;
    const view = scroller.getBoundingClientRect();
    if (event.clientY > view.bottom - EDGE) scroller.scrollBy(0, SPEED);
    else if (event.clientY < view.top + EDGE) scroller.scrollBy(0, -SPEED);
    const { wide, high } = this.#cell();
    const across = event.clientX - held.x;
    const down = event.clientY - held.y + scroller.scrollTop - held.scrolled;
    if (held.way === 'move') this.tiles.get(held.id)?.element.style.setProperty('transform', `translate(${across}px, ${down}px)`);
    this.#aim(held, Math.round(across / wide), Math.round(down / high));
  }

  /** @param {Held} held @param {number} across @param {number} down cells */
  #aim(held, across, down) {
    const { from } = held;
    const to = held.way === 'move'
      ? within({ ...from, x: from.x + across, y: from.y + down })
      : { ...from, w: clamp(from.w + across, 1, COLUMNS - from.x), h: clamp(from.h + down, 1, MAX_HEIGHT) };
    if (to.x === held.to.x && to.y === held.to.y && to.w === held.to.w && to.h === held.to.h) return;
    held.to = to;
    this.#place();
  }

  #up() {
    this.#forget();
    if (this.#held && this.#held.pointer !== -1) this.#end(true);
  }

  #forget() {
    clearTimeout(this.#pressed?.timer);
    this.#pressed = undefined;
  }

  /** @param {boolean} keep */
  #end(keep) {
    this.#forget();
    const held = this.#held;
    if (!held) return;
    this.#held = undefined;
    const tile = this.tiles.get(held.id);
    tile?.element.classList.remove('held');
    tile?.element.style.removeProperty('transform');
    this.element.classList.remove('laying');
    this.actions.holding(null);
    const { from, to } = held;
    if (keep && (from.x !== to.x || from.y !== to.y || from.w !== to.w || from.h !== to.h)) this.actions.moved(held.id, held.way, to);
    this.#place();
  }

  /** Space takes hold; arrows move, with Shift they resize; Space puts down, Escape puts back. @param {KeyboardEvent} event */
  #key(event) {
    const tile = this.tiles.get(/** @type {HTMLElement} */ (event.target).getAttribute('data-widget') ?? '');
    if (!tile || event.target !== tile.element || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
    const held = this.#held;
    if (held?.pointer === -1 && step) this.#carry(held, event.shiftKey ? 'resize' : 'move', step);
    else if (held?.pointer === -1 && (event.key === ' ' || event.key === 'Enter')) this.#putDown(held);
    else if (held && event.key === 'Escape') (this.#end(false), this.actions.say('Put back.'));
    else if (event.key === ' ' && this.actions.mayEdit() && !this.#narrow) {
      this.#hold(tile, 'move', -1, 0, 0);
      this.actions.say(`${tile.widget.title} is lifted. Arrows move it, with Shift they resize it. Space puts it down, Escape puts it back.`);
    } else if (step && !held) this.#walk(tile, event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {Held} held @param {Way} way @param {number[]} step */
  #carry(held, way, [across, down]) {
    if (held.way !== way) {
      if (held.from !== held.to) this.actions.moved(held.id, held.way, held.to);
      held.way = way;
      held.from = held.to;
    }
    const { x, y, w, h: high } = held.to;
    held.to = way === 'move'
      ? within({ x: x + across, y: y + down, w, h: high })
      : { x, y, w: clamp(w + across, 1, COLUMNS - x), h: clamp(high + down, 1, MAX_HEIGHT) };
    this.actions.say(way === 'move' ? `Column ${held.to.x + 1}, row ${held.to.y + 1}.` : `${held.to.w} wide, ${held.to.h} high.`);
    this.#place();
  }

  /** @param {Held} held */
  #putDown(held) {
    this.actions.say(`${this.actions.title(held.id)} is in column ${held.to.x + 1}, row ${held.to.y + 1}.`);
    this.#end(true);
  }

  /** @param {Tile} from @param {string} key */
  #walk(from, key) {
    const order = [...this.#widgets.keys()];
    const next = order[order.indexOf(from.id) + (key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1)];
    this.tiles.get(next)?.element.focus();
  }
}

const NOTHING = {};
/** @type {Record<string, number[]>} */
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @param {number} value @param {number} least @param {number} most */
const clamp = (value, least, most) => Math.max(least, Math.min(most, value));

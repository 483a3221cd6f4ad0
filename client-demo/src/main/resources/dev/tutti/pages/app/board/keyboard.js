import { cellOf, columnOf, groupOf } from './grouping.js';
import { liftOf } from './lift.js';

const ARROWS = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']);

/**
 * The board by keyboard: arrows walk, Space lifts, arrows carry, Space puts down, Escape puts back.
 * Everything that happens in the air is said to screen readers.
 */
export class Keyboard {
  /** @param {import('./view.js').BoardView} view
   *  @param {{board(): Map<string, string[]>, lifted(ticket: string): void, say(words: string): void,
   *    dropped(lift: import('./lift.js').Lift): void, putBack(lift: import('./lift.js').Lift): void,
   *    landed(lift: import('./lift.js').Lift): void}} actions */
  constructor(view, actions) {
    this.view = view;
    this.actions = actions;
    view.strip.addEventListener('keydown', (event) => this.#down(event));
    view.strip.addEventListener('keyup', (event) => void (event.key === ' ' && this.#cardOf(event) && event.preventDefault()));
    view.strip.addEventListener('focusout', (event) => this.#left(event));
  }

  get #lift() {
    return this.view.lift?.by === 'keyboard' ? this.view.lift : undefined;
  }

  /** @param {Event} event */
  #cardOf(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    return target.matches('.card .title') ? (target.closest('.card')?.getAttribute('data-ticket') ?? undefined) : undefined;
  }

  /** @param {KeyboardEvent} event */
  #down(event) {
    const ticket = this.#cardOf(event);
    if (!ticket || event.ctrlKey || event.metaKey || event.altKey || this.view.lift?.by === 'pointer') return;
    if (!this.#handle(event.key, ticket)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {string} key @param {string} ticket @returns {boolean} whether it meant something */
  #handle(key, ticket) {
    const lift = this.#lift;
    if (!lift) {
      if (key === ' ' && !this.view.readOnly) return this.#pick(ticket);
      return ARROWS.has(key) && this.#walk(key, ticket);
    }
    if (ARROWS.has(key)) return this.#carry(key, lift);
    if (key === ' ' || key === 'Enter') return this.#put(lift);
    return key === 'Escape' && this.#back(lift);
  }

  /** @param {string} ticket */
  #pick(ticket) {
    this.view.lift = liftOf(this.actions.board(), ticket, 'keyboard');
    this.view.draw();
    this.actions.lifted(ticket);
    this.#tell('Lifted');
    return true;
  }

  /** @param {string} key @param {import('./lift.js').Lift} lift */
  #carry(key, lift) {
    const from = this.view.visible(lift.column).indexOf(lift.ticket);
    let wanted = from + (key === 'ArrowUp' ? -1 : key === 'ArrowDown' ? 1 : 0);
    let column = lift.column;
    if (key === 'ArrowLeft' || key === 'ArrowRight') column = this.#beside(column, key === 'ArrowLeft' ? -1 : 1) ?? column;
    else if (wanted < 0 || wanted >= this.view.visible(column).length) {
      const over = this.#over(column, key === 'ArrowUp' ? -1 : 1);
      if (over === undefined) return true;
      [column, wanted] = [over, key === 'ArrowUp' ? Infinity : 0];
    }
    const others = this.view.visible(column).filter((id) => id !== lift.ticket);
    const index = Math.max(0, Math.min(wanted, others.length));
    this.view.lift = { ...lift, column, index, after: others[index - 1] };
    this.view.draw();
    this.view.focus(lift.ticket);
    this.#tell('At');
    return true;
  }

  /** The cell to the left or right, in the same swimlane. @param {string} cell @param {number} step */
  #beside(cell, step) {
    const columns = [...this.view.columns.keys()];
    const column = columns[columns.indexOf(columnOf(cell)) + step];
    return column === undefined ? undefined : cellOf(column, groupOf(cell));
  }

  /** The cell of the same column in the swimlane above or below. @param {string} cell @param {number} step */
  #over(cell, step) {
    const groups = this.view.groups.map(({ id }) => id);
    const group = groups[groups.indexOf(groupOf(cell) ?? '') + step];
    return group === undefined ? undefined : cellOf(columnOf(cell), group);
  }

  /** @param {import('./lift.js').Lift} lift */
  #put(lift) {
    this.#tell('Put down at');
    this.actions.dropped(lift);
    this.actions.landed(lift);
    this.view.focus(lift.ticket);
    return true;
  }

  /** @param {import('./lift.js').Lift} lift */
  #back(lift) {
    this.actions.putBack(lift);
    this.actions.landed(lift);
    this.view.focus(lift.ticket);
    this.actions.say('Put back.');
    return true;
  }

  /** @param {FocusEvent} event */
  #left(event) {
    const lift = this.#lift;
    const target = /** @type {HTMLElement} */ (event.target);
    // While a card is carried its element moves in the page, which takes the focus off for a moment.
    if (lift && event.relatedTarget && target.closest('.card')?.getAttribute('data-ticket') === lift.ticket) this.#back(lift);
  }

  /** @param {string} key @param {string} ticket */
  #walk(key, ticket) {
    const cell = [...this.view.lanes].find(([, lane]) => lane.includes(ticket))?.[0] ?? '';
    const lane = this.view.visible(cell);
    const index = lane.indexOf(ticket);
    const sideways = key === 'ArrowLeft' || key === 'ArrowRight';
    const step = key === 'ArrowLeft' || key === 'ArrowUp' ? -1 : 1;
    if (!sideways && lane[index + step] !== undefined) return (this.view.focus(lane[index + step]), true);
    const next = (/** @type {string} */ from) => (sideways ? this.#beside(from, step) : this.#over(from, step));
    for (let at = next(cell); at !== undefined; at = next(at)) {
      const there = this.view.visible(at);
      if (there.length === 0) continue;
      this.view.focus(sideways ? there[Math.min(index, there.length - 1)] : there.at(step > 0 ? 0 : -1));
      break;
    }
    return true;
  }

  /** @param {string} what */
  #tell(what) {
    const lift = this.view.lift;
    if (!lift) return;
    const lane = this.view.visible(lift.column);
    const name = this.view.nameOf(lift.column);
    this.actions.say(`${what} ${name}, place ${lane.indexOf(lift.ticket) + 1} of ${lane.length}.`);
  }
}

import { Card } from './card.js';
import { ColumnView } from './column.js';
import { travelling } from '../flip.js';
import { withLift } from './lift.js';
import * as model from './model.js';

/**
 * The strip of columns, kept equal to a document with as few changes as possible: an element is
 * touched only where what it shows has changed.
 */
export class BoardView {
  /** @type {Map<string, ColumnView>} */
  columns = new Map();
  /** @type {Map<string, Card>} */
  cards = new Map();
  /** The card that I hold. @type {import('./lift.js').Lift | undefined} */
  lift = undefined;
  /** What others do to tickets. @type {Map<string, any>} */
  busy = new Map();
  filter = '';
  /** Whether I may only look. */
  readOnly = false;
  /** Lanes as they are shown, the lift included. @type {Map<string, string[]>} */
  lanes = new Map();
  /** @type {any} */
  #document = undefined;
  /** What the cards show: document, busy, filter, day. @type {any[]} */
  #drawn = [];
  /** The lift at the last drawing. @type {import('./lift.js').Lift | undefined} */
  #drawnLift = undefined;
  /** Tickets touched since the last drawing, and by whom. @type {Map<string, string>} */
  #touched = new Map();

  /** @param {HTMLElement} strip @param {import('./column.js').ColumnActions} actions */
  constructor(strip, actions) {
    this.strip = strip;
    this.actions = actions;
    strip.addEventListener('focusin', (event) => this.#focused(/** @type {HTMLElement} */ (event.target)));
  }

  /** Shows a ring at the next drawing. @param {string} ticket @param {string} user */
  touch(ticket, user) {
    this.#touched.set(ticket, user);
  }

  /** @param {any} document @param {Map<HTMLElement, DOMRect>} [from] where cards come from, if elsewhere */
  draw(document = this.#document, from) {
    this.#document = document;
    const columns = model.columns(document);
    const lanes = withLift(model.lanes(document), this.lift);
    const focused = globalThis.document.activeElement;
    const anchor = this.#anchor();
    this.lanes = lanes;
    const moving = this.#moving(columns, lanes);
    travelling(moving, () => (this.#arrange(columns, lanes), moving), from);
    anchor?.();
    this.#fill(document);
    this.#drawnLift = this.lift;
    if (focused !== globalThis.document.activeElement && focused?.isConnected) {
      /** @type {HTMLElement} */ (focused).focus({ preventScroll: true });
    }
    for (const [ticket, user] of this.#touched) this.cards.get(ticket)?.touchedBy(user);
    this.#touched.clear();
  }

  /** @param {string | undefined} ticket */
  focus(ticket) {
    const card = ticket === undefined ? undefined : this.cards.get(ticket);
    card?.open.focus({ preventScroll: true });
    card?.element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  /** The visible cards of a column, in order. @param {string} column @returns {string[]} */
  visible(column) {
    return (this.lanes.get(column) ?? []).filter((id) => !this.cards.get(id)?.element.hidden);
  }

  /**
   * What may be seen to change its place: the columns when their order does, and in each column
   * whose lane does the cards in sight and those that come or go. What is not measured cannot
   * travel, and costs nothing.
   *
   * @param {import('./model.js').Column[]} columns @param {Map<string, string[]>} lanes
   */
  #moving(columns, lanes) {
    /** @type {Set<HTMLElement>} */
    const moving = new Set();
    const shown = [...this.columns.keys()];
    if (columns.some(({ id }, i) => shown[i] !== id)) for (const view of this.columns.values()) moving.add(view.element);
    for (const view of this.columns.values()) {
      const lane = lanes.get(view.id) ?? [];
      if (same(view.lane, lane)) continue;
      for (const element of inSight(view.list)) moving.add(element);
      const before = new Set(view.lane);
      for (const id of lane) {
        const card = before.has(id) ? undefined : this.cards.get(id);
        if (card && !card.element.hidden) moving.add(card.element);
      }
    }
    const held = this.lift?.by === 'pointer' ? this.cards.get(this.lift.ticket) : undefined;
    if (held) moving.delete(held.element);
    return moving;
  }

  /** Keeps the slot of a held card where it is on the screen, whatever others add above it. */
  #anchor() {
    if (!this.lift || this.lift.by !== 'pointer' || this.lift !== this.#drawnLift) return undefined;
    const slot = this.cards.get(this.lift.ticket)?.element;
    const list = this.columns.get(this.lift.column)?.list;
    if (!slot || !list) return undefined;
    const before = slot.offsetTop;
    return () => void (list.scrollTop += slot.offsetTop - before);
  }

  /** @param {import('./model.js').Column[]} columns @param {Map<string, string[]>} lanes */
  #arrange(columns, lanes) {
    /** @type {Map<string, ColumnView>} */
    const views = new Map();
    for (const { id } of columns) views.set(id, this.columns.get(id) ?? new ColumnView(id, this.actions));
    this.columns = views;
    align(this.strip, [...views.values()].map((view) => view.element), '.column');
    const wanted = new Set();
    for (const view of views.values()) {
      const lane = lanes.get(view.id) ?? [];
      for (const id of lane) wanted.add(id);
      if (same(view.lane, lane)) continue;
      view.lane = lane;
      align(view.list, lane.map((id) => this.#card(id).element), '.card');
    }
    for (const [id, card] of this.cards) {
      if (wanted.has(id)) continue;
      card.element.remove();
      this.cards.delete(id);
    }
  }

  /** @param {any} document */
  #fill(document) {
    const today = new Date().toDateString();
    const drawn = [document, this.busy, this.filter, today];
    if (drawn.some((part, i) => part !== this.#drawn[i])) {
      this.#drawn = drawn;
      for (const column of model.columns(document)) {
        this.columns.get(column.id)?.show(column, model.lane(document, column.id).length);
      }
      for (const [id, card] of this.cards) {
        const ticket = model.ticket(document, id);
        if (!ticket) continue;
        card.show({ ticket, comments: model.comments(document, id).length, busy: this.busy.get(id), today });
        card.element.hidden = !model.matches(ticket, this.filter) && this.lift?.ticket !== id;
      }
      for (const view of this.columns.values()) this.#tabStop(view);
    }
    for (const lift of [this.#drawnLift, this.lift]) {
      const element = lift && this.cards.get(lift.ticket)?.element;
      element?.classList.toggle('slot', this.lift?.ticket === lift?.ticket && this.lift?.by === 'pointer');
      element?.classList.toggle('held', this.lift?.ticket === lift?.ticket && this.lift?.by === 'keyboard');
    }
  }

  /** One stop a column for Tab; the arrows go on from there. @param {ColumnView} view */
  #tabStop(view) {
    const visible = this.visible(view.id);
    const stop = visible.find((id) => id === view.list.dataset.stop) ?? visible[0];
    if (stop === undefined) return;
    for (const button of view.list.querySelectorAll('.title[tabindex="0"]')) {
      if (button !== this.cards.get(stop)?.open) button.setAttribute('tabindex', '-1');
    }
    this.cards.get(stop)?.open.setAttribute('tabindex', '0');
  }

  /** @param {HTMLElement} target */
  #focused(target) {
    const card = /** @type {HTMLElement | null} */ (target.closest('.card'));
    const view = card && this.columns.get(card.closest('.column')?.getAttribute('data-column') ?? '');
    if (!card || !view) return;
    view.list.dataset.stop = card.dataset.ticket;
    this.#tabStop(view);
  }

  /** @param {string} id */
  #card(id) {
    const card = this.cards.get(id) ?? new Card(id);
    this.cards.set(id, card);
    return card;
  }
}

/** The cards of a list that are within its window, and one more on each side. @param {HTMLElement} list */
function inSight(list) {
  const cards = /** @type {HTMLElement[]} */ ([...list.children]).filter((card) => !card.hidden);
  const { scrollTop, clientHeight } = list;
  let low = 0;
  let high = cards.length;
  while (low < high) {
    const half = (low + high) >> 1;
    if (cards[half].offsetTop + cards[half].offsetHeight < scrollTop) low = half + 1;
    else high = half;
  }
  let end = low;
  while (end < cards.length && cards[end].offsetTop < scrollTop + clientHeight) end++;
  return cards.slice(Math.max(0, low - 1), end + 1);
}

/** @param {readonly string[]} a @param {readonly string[]} b */
const same = (a, b) => a === b || (a.length === b.length && a.every((id, i) => id === b[i]));

/**
 * Brings a parent's children of one kind into order with few moves; others stay behind them.
 *
 * @param {HTMLElement} parent @param {HTMLElement[]} wanted @param {string} kind
 */
function align(parent, wanted, kind) {
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

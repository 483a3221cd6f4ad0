import { Card } from './card.js';
import { ColumnView } from './column.js';
import { h } from '../dom.js';
import { travelling } from '../flip.js';
import { nextFrame } from '../frames.js';
import { cells, columnOf } from './grouping.js';
import { Heights } from './heights.js';
import { LaneView, align } from './lane-view.js';
import { withLift } from './lift.js';
import * as model from './model.js';
import { Reorder } from './reorder.js';
import { Swimlane } from './swimlane.js';

/**
 * The board, kept equal to a document with as few changes as possible: an element is touched only
 * where what it shows has changed, and only cards in sight are in the page.
 */
export class BoardView {
  /** @type {Map<string, ColumnView>} */
  columns = new Map();
  /** Where cards stand, by cell. @type {Map<string, import('./lane-view.js').LaneView>} */
  cells = new Map();
  /** The cards in the page. @type {Map<string, Card>} */
  cards = new Map();
  /** The card that I hold. @type {import('./lift.js').Lift | undefined} */
  lift = undefined;
  /** What others do to tickets. @type {Map<string, any>} */
  busy = new Map();
  filter = '';
  /** @type {import('./grouping.js').By} */
  by = '';
  /** @type {import('./grouping.js').Group[]} */
  groups = [];
  /** Whether I may only look. */
  readOnly = false;
  /** Tickets of each cell as they are shown, the lift included. @type {Map<string, string[]>} */
  lanes = new Map();
  /** @type {Map<string, Swimlane>} */
  #swimlanes = new Map();
  /** @type {any} */
  #document = undefined;
  /** What the cells were computed from, and they. @type {{key: any[], groups: import('./grouping.js').Group[], lanes: Map<string, string[]>}} */
  #computed = { key: [], groups: [], lanes: new Map() };
  /** What the columns' heads show. @type {any[]} */
  #drawn = [];
  /** The lift at the last drawing. @type {import('./lift.js').Lift | undefined} */
  #drawnLift = undefined;
  /** Tickets touched since the last drawing, and by whom. @type {Map<string, string>} */
  #touched = new Map();
  #heights = new Heights();
  #measuring = new ResizeObserver((entries) => this.#measured(entries));
  #scrolled = false;
  /** The columns' heads above swimlanes. @type {any} */
  heads = undefined;

  /** @param {HTMLElement} strip @param {import('./column.js').ColumnActions} actions */
  constructor(strip, actions) {
    this.strip = strip;
    this.actions = actions;
    this.order = new Reorder(strip, {
      thing: '.column', handle: '.column > header', across: true,
      may: ({ pointerType }) => pointerType !== 'touch' && !this.readOnly, // A finger on a head scrolls.
      moved: (column, after) => actions.move(column.dataset.column ?? '', after?.dataset.column),
      ended: () => this.draw(),
    });
    strip.addEventListener('focusin', (event) => this.#focused(/** @type {HTMLElement} */ (event.target)));
    strip.addEventListener('scroll', () => this.#scrolling(), { capture: true, passive: true });
    addEventListener('resize', () => this.#scrolling());
    addEventListener('beforeprint', () => this.#paper(true));
    addEventListener('afterprint', () => this.#paper(false));
    matchMedia('print').addEventListener('change', ({ matches }) => this.#paper(matches)); // Also for what prints without asking.
  }

  /** Shows a ring at the next drawing. @param {string} ticket @param {string} user */
  touch(ticket, user) {
    this.#touched.set(ticket, user);
  }

  /** The cells of the document alone, without the lift. */
  get base() {
    const key = [this.#document, this.by, this.filter];
    if (!same(key, this.#computed.key)) this.#computed = { key, ...cells(this.#document, this.by, this.filter) };
    return this.#computed.lanes;
  }

  /** @param {any} document @param {Map<HTMLElement, DOMRect>} [from] where cards come from, if elsewhere */
  draw(document = this.#document, from) {
    this.#document = document;
    const focused = globalThis.document.activeElement;
    const anchor = this.#anchor();
    const columns = model.columns(document);
    this.lanes = withLift(this.base, this.lift);
    this.groups = this.#computed.groups;
    const moving = this.#moving(columns);
    travelling(moving, () => this.#arrange(columns), from);
    anchor?.();
    this.#heads(columns);
    this.#mark();
    this.#drawnLift = this.lift;
    if (focused !== globalThis.document.activeElement && focused?.isConnected) {
      /** @type {HTMLElement} */ (focused).focus({ preventScroll: true });
    }
    for (const [ticket, user] of this.#touched) this.cards.get(ticket)?.touchedBy(user);
    this.#touched.clear();
  }

  /** @param {string | undefined} ticket */
  focus(ticket) {
    if (ticket === undefined) return;
    if (!this.cards.has(ticket)) {
      for (const cell of this.cells.values()) cell.reveal(ticket);
      this.draw();
    }
    const card = this.cards.get(ticket);
    card?.open.focus({ preventScroll: true });
    card?.element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  /** The tickets of a cell, in order. @param {string} cell @returns {string[]} */
  visible(cell) {
    return this.lanes.get(cell) ?? [];
  }

  /** Whether a ticket is on the board as it is shown. @param {string} ticket */
  holds(ticket) {
    return this.cards.has(ticket) || [...this.base.values()].some((lane) => lane.includes(ticket));
  }

  /** What a cell is called. @param {string} cell */
  nameOf(cell) {
    const column = this.columns.get(columnOf(cell))?.title.textContent ?? '';
    const group = this.groups.find(({ id }) => cell === `${columnOf(cell)} ${id}`);
    return group ? `${column}, ${group.title}` : column;
  }

  /** What may be seen to change its place: columns when their order does, and the cards of cells that change. @param {import('./model.js').Column[]} columns */
  #moving(columns) {
    /** @type {Set<HTMLElement>} */
    const moving = new Set();
    const shown = [...this.columns.keys()];
    if (shown.length > 0 && columns.some(({ id }, i) => shown[i] !== id)) for (const view of this.columns.values()) moving.add(view.element);
    for (const cell of this.cells.values()) {
      if (same(cell.lane, this.lanes.get(cell.id) ?? [])) continue;
      for (const id of cell.shown) moving.add(/** @type {Card} */ (this.cards.get(id)).element);
    }
    const held = this.lift?.by === 'pointer' ? this.cards.get(this.lift.ticket) : undefined;
    if (held) moving.delete(held.element);
    return moving;
  }

  /** Keeps the slot of a held card where it is on the screen, whatever others add above it. */
  #anchor() {
    if (!this.lift || this.lift.by !== 'pointer' || this.lift !== this.#drawnLift) return undefined;
    const slot = this.cards.get(this.lift.ticket)?.element;
    const list = this.cells.get(this.lift.column)?.list;
    if (!slot || !list) return undefined;
    const before = slot.offsetTop;
    return () => void (list.scrollTop += slot.offsetTop - before);
  }

  /** @param {import('./model.js').Column[]} columns */
  #arrange(columns) {
    this.#frame(columns);
    for (const cell of this.cells.values()) {
      const lane = this.lanes.get(cell.id) ?? [];
      if (!same(cell.lane, lane)) cell.lane = lane;
    }
    const stale = [...this.cells.values()].filter((cell) => cell.stale);
    for (const cell of stale) cell.choose();
    for (const cell of stale) cell.arrange((id) => this.#card(id).element);
    this.#fill(stale);
  }

  /** Columns and swimlanes, without their cards. @param {import('./model.js').Column[]} columns */
  #frame(columns) {
    /** @type {Map<string, ColumnView>} */
    const views = new Map();
    for (const { id } of columns) views.set(id, this.columns.get(id) ?? new ColumnView(id, this.actions, this.#heights));
    this.columns = views;
    const elements = [...views.values()].map((view) => view.element);
    this.strip.classList.toggle('grouped', this.by !== '');
    if (this.by === '') {
      this.#swimlanes.clear();
      this.heads?.remove();
      this.heads = undefined;
      if (!this.order.held) align(this.strip, elements, '.column, .swimlane');
      this.cells = new Map([...views.values()].map(({ cell }) => [cell.id, cell]));
      return;
    }
    const heads = (this.heads ??= h('div', { class: 'heads' }));
    if (!this.order.held) align(heads, elements);
    for (const { cell } of views.values()) cell.empty();
    const swimlanes = new Map(this.groups.map(({ id }) => [id, this.#swimlanes.get(id) ?? new Swimlane(id, this.#heights, this.strip)]));
    this.#swimlanes = swimlanes;
    for (const group of this.groups) swimlanes.get(group.id)?.show(group, columns, this.lanes);
    align(this.strip, [heads, ...[...swimlanes.values()].map(({ element }) => element)], '.heads, .swimlane');
    this.cells = new Map([...swimlanes.values()].flatMap(({ cells }) => [...cells]));
  }

  /** What cards show. Those that have left are let go. @param {import('./lane-view.js').LaneView[]} stale */
  #fill(stale) {
    const today = new Date().toDateString();
    const shown = new Set();
    for (const cell of this.cells.values()) for (const id of cell.shown) shown.add(id);
    for (const [id, card] of this.cards) {
      const ticket = model.ticket(this.#document, id);
      if (!shown.has(id) || !ticket) {
        this.#measuring.unobserve(card.element);
        card.element.remove();
        this.cards.delete(id);
      } else card.show({ ticket, comments: model.comments(this.#document, id).length, busy: this.busy.get(id), today });
    }
    for (const cell of stale) this.#tabStop(cell);
  }

  /** @param {import('./model.js').Column[]} columns */
  #heads(columns) {
    const drawn = [columns, model.lanes(this.#document)];
    if (same(drawn, this.#drawn)) return;
    this.#drawn = drawn;
    for (const column of columns) this.columns.get(column.id)?.show(column, model.lane(this.#document, column.id).length);
  }

  /** The slot of a card in the air, and the card that is carried by keyboard. */
  #mark() {
    for (const lift of [this.#drawnLift, this.lift]) {
      const element = lift && this.cards.get(lift.ticket)?.element;
      element?.classList.toggle('slot', this.lift?.ticket === lift?.ticket && this.lift?.by === 'pointer');
      element?.classList.toggle('held', this.lift?.ticket === lift?.ticket && this.lift?.by === 'keyboard');
    }
  }

  /** One stop a cell for Tab; the arrows go on from there. @param {import('./lane-view.js').LaneView} cell */
  #tabStop(cell) {
    const stop = cell.shown.find((id) => id === cell.list.dataset.stop) ?? cell.shown[0];
    if (stop === undefined) return;
    for (const button of cell.list.querySelectorAll('.title[tabindex="0"]')) {
      if (button !== this.cards.get(stop)?.open) button.setAttribute('tabindex', '-1');
    }
    this.cards.get(stop)?.open.setAttribute('tabindex', '0');
  }

  /** @param {HTMLElement} target */
  #focused(target) {
    const card = /** @type {HTMLElement | null} */ (target.closest('.card'));
    const cell = card && this.cells.get(card.parentElement?.getAttribute('data-cell') ?? '');
    if (!card || !cell) return;
    cell.list.dataset.stop = card.dataset.ticket;
    this.#tabStop(cell);
  }

  /** @param {boolean} printing */
  #paper(printing) {
    if (LaneView.whole === printing) return;
    LaneView.whole = printing;
    if (this.#document) this.draw();
  }

  /** Once a frame, other cards come into the page where they will soon be seen. */
  #scrolling() {
    if (this.#scrolled) return;
    this.#scrolled = true;
    nextFrame(() => {
      this.#scrolled = false;
      const stale = [...this.cells.values()].filter((cell) => cell.stale);
      if (stale.length === 0) return;
      const focused = globalThis.document.activeElement?.closest('.card');
      for (const cell of stale) cell.choose();
      for (const cell of stale) cell.arrange((id) => this.#card(id).element);
      const list = focused?.parentElement;
      this.#fill(stale);
      this.#mark();
      if (focused && !focused.isConnected && list?.isConnected) list.focus({ preventScroll: true });
    });
  }

  /** @param {ResizeObserverEntry[]} entries */
  #measured(entries) {
    const first = this.#heights.unknown;
    for (const { target, borderBoxSize } of entries) {
      const [{ blockSize }] = borderBoxSize;
      const ticket = /** @type {HTMLElement} */ (target).dataset.ticket;
      if (ticket && blockSize > 0) this.#heights.saw(ticket, blockSize);
    }
    if (first) for (const cell of this.cells.values()) cell.space();
  }

  /** @param {string} id */
  #card(id) {
    const known = this.cards.get(id);
    if (known) return known;
    const card = new Card(id);
    this.cards.set(id, card);
    this.#measuring.observe(card.element);
    return card;
  }
}

/** @param {readonly any[]} a @param {readonly any[]} b */
const same = (a, b) => a === b || (a.length === b.length && a.every((part, i) => part === b[i]));

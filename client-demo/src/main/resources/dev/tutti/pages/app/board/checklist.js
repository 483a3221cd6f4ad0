import { attribute, h, iconButton, write } from '../dom.js';
import { DraftField } from './drafts.js';
import { EditInPlace } from '../edit-in-place.js';
import { align } from './lane-view.js';
import { ordered, progress } from './model.js';
import { Reorder } from './reorder.js';
import { newId } from './send.js';

/** @typedef {(name: string, args: any, expect?: any) => void} Send of this ticket */

/** The checklist of the ticket in the dialog. */
export class Checklist {
  /** By item, of one ticket. @type {Map<string, ItemRow>} */
  #rows = new Map();
  #ticket = '';

  /** @param {Send} send @param {import('./drafts.js').Drafts} drafts */
  constructor(send, drafts) {
    this.send = send;
    this.list = h('ul', { class: 'checks' });
    this.count = h('span', { class: 'quiet' });
    this.bar = h('progress', { max: '1', value: '0', 'aria-label': 'Checklist done' });
    const input = h('input', { class: 'field quick', placeholder: 'Add an item', maxlength: '5000', 'aria-label': 'Add a checklist item', autocomplete: 'off' });
    this.draft = new DraftField(input, 'item', drafts);
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      const text = this.draft.take();
      if (text !== '') send('ticket.check.add', { item: newId(), text });
    };
    this.form = h('form', { on: { submit } }, input);
    this.readOnly = false;
    const idOf = (/** @type {HTMLElement | undefined} */ row) => row?.dataset.item;
    this.order = new Reorder(this.list, {
      thing: 'li', handle: '.grip', across: false, may: () => !this.readOnly,
      moved: (row, after) => this.#move(idOf(row) ?? '', idOf(after)),
      ended: () => this.#align(),
    });
    this.list.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => this.#key(event));
    this.element = h('section', {}, h('h3', {}, 'Checklist ', this.count), this.bar, this.list, this.form);
  }

  /** @param {string} id @param {import('./model.js').Ticket} ticket @param {boolean} readOnly */
  show(id, ticket, readOnly) {
    const { done, all } = progress(ticket);
    write(this.count, all > 0 ? `${done}/${all}` : '');
    this.bar.hidden = all === 0;
    this.bar.value = all > 0 ? done / all : 0;
    this.readOnly = readOnly;
    attribute(this.form, 'hidden', readOnly);
    attribute(this.element, 'hidden', readOnly && all === 0);
    this.draft.show(id);
    if (id !== this.#ticket) this.#rows.clear();
    this.#ticket = id;
    /** @type {Map<string, ItemRow>} */
    const rows = new Map();
    for (const [item, entity] of ordered(ticket.checklist)) {
      const row = this.#rows.get(item) ?? new ItemRow(item, this.send);
      row.show(entity, readOnly);
      rows.set(item, row);
    }
    this.#rows = rows;
    if (!this.order.held) this.#align();
  }

  #align() {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    align(this.list, [...this.#rows.values()].map(({ element }) => element));
    if (focused !== document.activeElement && this.list.contains(focused)) focused?.focus();
  }

  /** @param {string} item @param {string | undefined} after */
  #move(item, after) {
    this.send('ticket.check.move', { item, ...(after === undefined ? { first: true } : { after }) });
  }

  /** With Alt the arrows carry an item. @param {KeyboardEvent} event */
  #key(event) {
    const step = !event.altKey || this.readOnly ? 0 : event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    const item = /** @type {HTMLElement} */ (event.target).closest('li')?.dataset.item;
    if (step === 0 || item === undefined) return;
    event.preventDefault();
    const order = [...this.#rows.keys()];
    const at = order.indexOf(item) + step;
    if (at >= 0 && at < order.length) this.#move(item, order.filter((id) => id !== item)[at - 1]);
  }
}

/** One item: ticked by its box, written anew in its place. */
class ItemRow {
  /** @param {string} id @param {Send} send */
  constructor(id, send) {
    const change = () => send('ticket.check.set', { item: id, done: this.box.checked });
    this.box = h('input', { type: 'checkbox', on: { change } });
    this.text = new EditInPlace({
      label: 'Item', single: true, max: 5_000,
      save: (text, before) => send('ticket.check.edit', { item: id, text }, { checklist: { [id]: { text: before } } }),
    });
    this.remove = iconButton('close', 'Remove', () => send('ticket.check.remove', { item: id }));
    this.element = h('li', { 'data-item': id }, h('span', { class: 'grip', 'aria-hidden': 'true', title: 'Drag to move, or Alt with ↑ and ↓' }), this.box, this.text.element, this.remove);
  }

  /** @param {import('./model.js').Item} item @param {boolean} readOnly */
  show({ text, done }, readOnly) {
    this.box.checked = done;
    this.box.disabled = readOnly;
    attribute(this.box, 'aria-label', text);
    this.text.show(text, readOnly);
    attribute(this.text.element, 'aria-label', `Item: ${text}`);
    this.element.classList.toggle('done', done);
    attribute(this.remove, 'aria-label', `Remove ${text}`);
    attribute(this.remove, 'hidden', readOnly);
  }
}

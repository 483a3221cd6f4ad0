import { attribute, glyph, h, iconButton, write } from '../dom.js';
import { LaneView } from './lane-view.js';

/**
 * @typedef {{
 *   mayEdit(): boolean,
 *   move(column: string, after: string | undefined): void,
 *   rename(column: string, title: string): void,
 *   menu(column: string, button: HTMLElement): void,
 *   add(column: string, title: string): void,
 * }} ColumnActions
 */

/** One column: head, cards, and the quick add at its foot. */
export class ColumnView {
  /** @param {string} id @param {ColumnActions} actions @param {import('./heights.js').Heights} heights */
  constructor(id, actions, heights) {
    this.id = id;
    this.title = h('h2', { class: 'name', id: `column-${id}` });
    this.count = h('span', { class: 'count' });
    this.cell = new LaneView(id, heights);
    this.list = this.cell.list;
    attribute(this.list, 'aria-labelledby', `column-${id}`);
    this.menu = iconButton('more', 'Column menu', () => actions.menu(id, this.menu));
    attribute(this.menu, 'aria-haspopup', 'menu');
    this.head = h('header', {}, this.title, this.count, this.menu);
    this.element = h('section', { class: 'column', 'data-column': id, 'aria-labelledby': `column-${id}` }, this.head, this.list, this.#quickAdd(actions));
    this.title.addEventListener('dblclick', () => actions.mayEdit() && this.rename(actions));
  }

  /** @param {import('./model.js').Column} column @param {number} tickets */
  show({ title, limit }, tickets) {
    write(this.title, title);
    const full = limit !== undefined && tickets >= limit;
    const words = limit === undefined ? `${tickets}` : `${tickets} / ${limit}`;
    if (this.count.dataset.words !== words + full) {
      this.count.dataset.words = words + full;
      this.count.replaceChildren(...(full ? [glyph('full')] : []), words);
      attribute(this.count, 'data-full', full);
      attribute(this.count, 'title', limit === undefined ? `${tickets} tickets` : full ? `Full: the limit is ${limit}` : `The limit is ${limit}`);
    }
    attribute(this.menu, 'aria-label', `Menu of ${title}`);
    attribute(this.input, 'aria-label', `Add a ticket to ${title}`);
  }

  /** A title that was refused is in its field again, unless another is being typed. @param {string} title @returns {boolean} */
  giveBack(title) {
    if (this.input.value !== '') return false;
    this.input.value = title;
    return true;
  }

  /** The title becomes a field. @param {ColumnActions} actions */
  rename(actions) {
    const old = this.title.textContent ?? '';
    const field = h('input', { class: 'field', value: old, maxlength: '500', 'aria-label': 'Title of the column' });
    let over = false;
    const finish = (/** @type {boolean} */ keep) => {
      if (over) return;
      over = true;
      const title = field.value.trim();
      field.replaceWith(this.title);
      if (keep && title !== '' && title !== old) actions.rename(this.id, title);
    };
    field.addEventListener('blur', () => finish(true));
    field.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
      event.stopPropagation();
      finish(event.key === 'Enter');
      this.menu.focus();
    });
    this.title.replaceWith(field);
    field.select();
  }

  /** @param {ColumnActions} actions */
  #quickAdd(actions) {
    this.input = h('input', { class: 'field quick', placeholder: 'Add a ticket', maxlength: '500', enterkeyhint: 'done', autocomplete: 'off' });
    this.input.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (event.key === 'Escape') this.input.blur();
    });
    const submit = (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const title = this.input.value.trim();
      if (title === '') return;
      this.input.value = '';
      actions.add(this.id, title);
      this.list.scrollTop = this.list.scrollHeight;
    };
    return h('form', { class: 'add', on: { submit } }, this.input);
  }
}

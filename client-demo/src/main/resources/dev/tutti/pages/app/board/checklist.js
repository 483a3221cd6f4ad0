import { h, iconButton, write } from '../dom.js';
import { ordered, progress } from './model.js';
import { newId } from './send.js';

/** The checklist of the ticket in the dialog. */
export class Checklist {
  /** @type {any} */
  #shown = undefined;

  /** @param {(name: string, args: any) => void} send */
  constructor(send) {
    this.send = send;
    this.list = h('ul', { class: 'checks' });
    this.count = h('span', { class: 'quiet' });
    this.bar = h('progress', { max: '1', value: '0', 'aria-label': 'Checklist done' });
    const input = h('input', { class: 'field quick', placeholder: 'Add an item', maxlength: '5000', 'aria-label': 'Add a checklist item', autocomplete: 'off' });
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      if (input.value.trim() !== '') send('ticket.check.add', { item: newId(), text: input.value.trim() });
      input.value = '';
    };
    this.element = h('section', {}, h('h3', {}, 'Checklist ', this.count), this.bar, this.list, h('form', { on: { submit } }, input));
  }

  /** @param {import('./model.js').Ticket} ticket */
  show(ticket) {
    const { done, all } = progress(ticket);
    write(this.count, all > 0 ? `${done}/${all}` : '');
    this.bar.hidden = all === 0;
    this.bar.value = all > 0 ? done / all : 0;
    if (this.#shown === ticket.checklist) return;
    this.#shown = ticket.checklist;
    const focused = document.activeElement?.closest?.('[data-item]')?.getAttribute('data-item');
    this.list.replaceChildren(...ordered(ticket.checklist).map(([id, item]) => this.#item(id, item)));
    if (focused) this.list.querySelector(`[data-item="${CSS.escape(focused)}"] input`)?.focus();
  }

  /** @param {string} id @param {import('./model.js').Item} item */
  #item(id, { text, done }) {
    const change = (/** @type {any} */ event) => this.send('ticket.check.set', { item: id, done: event.target.checked });
    const box = h('input', { type: 'checkbox', on: { change } });
    box.checked = done;
    return h('li', { 'data-item': id },
      h('label', {}, box, h('span', { class: done ? 'done' : '' }, text)),
      iconButton('close', `Remove ${text}`, () => this.send('ticket.check.remove', { item: id })));
  }
}

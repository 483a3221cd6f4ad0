import { attribute, h } from '../dom.js';
import * as model from './model.js';
import { avatar } from '../people.js';

/** Hues for new labels, in degrees. */
const HUES = [250, 150, 25, 75, 300, 200, 350, 110];

/** Assignees, labels and the due day of the ticket in the dialog. */
export class Properties {
  /** @type {any} */
  #ticket = undefined;
  #hue = HUES[0];

  /** @param {{me(): {id: string, name: string}, known(): Map<string, string>}} board
   *  @param {(name: string, args: any) => void} send */
  constructor(board, send) {
    this.board = board;
    this.send = send;
    this.people = h('div', { class: 'choices' });
    this.labels = h('div', { class: 'choices' });
    this.hues = h('div', { class: 'hues', role: 'radiogroup', 'aria-label': 'Colour of the new label' });
    this.due = h('input', { class: 'field', type: 'date', 'aria-label': 'Due', min: '1900-01-01', max: '9999-12-31' });
    this.due.addEventListener('change', () => this.send('ticket.due', this.due.value ? { date: this.due.value } : {}));
    this.element = h('div', { class: 'properties' },
      h('section', {}, h('h3', {}, 'People'), this.people),
      h('section', {}, h('h3', {}, 'Labels'), this.labels, this.#newLabel()),
      h('section', {}, h('h3', {}, 'Due'), this.due));
    this.#drawHues();
  }

  /** @param {import('./model.js').Ticket} ticket @param {any} document */
  show(ticket, document) {
    this.#ticket = ticket;
    const people = new Map(this.board.known());
    for (const [id, name] of Object.entries(ticket.assignees ?? {})) people.set(id, name);
    this.people.replaceChildren(...[...people].map(([id, name]) => this.#person(id, name)));
    const labels = model.labels(document);
    this.labels.replaceChildren(...[...labels].map(([name, hue]) => this.#label(name, hue)));
    if (globalThis.document.activeElement !== this.due) this.due.value = ticket.due ?? '';
  }

  /** @param {string} id @param {string} name */
  #person(id, name) {
    const on = Object.hasOwn(this.#ticket.assignees ?? {}, id);
    const click = () => this.send(on ? 'ticket.unassign' : 'ticket.assign', on ? { user: id } : { user: id, name });
    const words = id === this.board.me().id ? `${name} (you)` : name;
    return h('button', { class: 'choice', type: 'button', 'aria-pressed': String(on), on: { click } }, avatar({ id, name }, 'small'), words);
  }

  /** @param {string} name @param {number} hue */
  #label(name, hue) {
    const on = Object.hasOwn(this.#ticket.labels ?? {}, name);
    const click = () => this.send(on ? 'ticket.unlabel' : 'ticket.label', on ? { label: name } : { label: name, hue });
    return h('button', { class: 'choice label', type: 'button', hue, 'aria-pressed': String(on), on: { click } }, name);
  }

  #newLabel() {
    const input = h('input', { class: 'field quick', placeholder: 'New label', maxlength: '40', 'aria-label': 'New label', autocomplete: 'off' });
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      const label = input.value.trim();
      if (label !== '') this.send('ticket.label', { label, hue: this.#hue });
      input.value = '';
    };
    return h('form', { class: 'new-label', on: { submit } }, input, this.hues);
  }

  #drawHues() {
    this.hues.replaceChildren(...HUES.map((hue) => {
      const click = () => {
        this.#hue = hue;
        for (const other of this.hues.children) attribute(other, 'aria-checked', String(other === button));
      };
      const button = h('button', { class: 'hue', type: 'button', role: 'radio', hue, 'aria-checked': String(hue === this.#hue), 'aria-label': `Hue ${hue}`, on: { click } });
      return button;
    }));
  }
}

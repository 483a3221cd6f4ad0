import { attribute, h } from '../dom.js';
import { DraftField } from './drafts.js';
import * as model from './model.js';
import { align } from './lane-view.js';
import { avatar } from '../people.js';

/** Hues for new labels, in degrees. */
const HUES = [250, 150, 25, 75, 300, 200, 350, 110];

/** Assignees, labels and the due day of the ticket in the dialog. */
export class Properties {
  /** @type {any} */
  #ticket = undefined;
  #hue = HUES[0];

  /** @param {{me(): {id: string, name: string}, known(): Map<string, string>, drafts: import('./drafts.js').Drafts}} board
   *  @param {(name: string, args: any) => void} send */
  constructor(board, send) {
    this.board = board;
    this.send = send;
    this.people = h('div', { class: 'choices' });
    this.labels = h('div', { class: 'choices' });
    this.hues = h('div', { class: 'hues', role: 'radiogroup', 'aria-label': 'Colour of the new label' });
    this.due = h('input', { class: 'field', type: 'date', 'aria-label': 'Due', min: '1900-01-01', max: '9999-12-31' });
    this.due.addEventListener('change', () => this.send('ticket.due', this.due.value ? { date: this.due.value } : {}));
    this.label = h('input', { class: 'field quick', placeholder: 'New label', maxlength: '40', 'aria-label': 'New label', autocomplete: 'off' });
    this.draft = new DraftField(this.label, 'label', board.drafts);
    this.newLabel = this.#newLabel();
    const section = (/** @type {string} */ title, /** @type {Node[]} */ ...parts) => h('section', {}, h('h3', {}, title), ...parts);
    this.sections = { people: section('People', this.people), labels: section('Labels', this.labels, this.newLabel), due: section('Due', this.due) };
    this.element = h('div', { class: 'properties' }, ...Object.values(this.sections));
    this.#drawHues();
  }

  /** @param {string} id @param {import('./model.js').Ticket} ticket @param {any} document @param {boolean} readOnly then only what the ticket has is shown */
  show(id, ticket, document, readOnly) {
    this.#ticket = ticket;
    this.draft.show(id);
    const { assignees = {}, labels = {}, due } = ticket;
    const people = readOnly ? Object.entries(assignees) : [...new Map([...this.board.known(), ...Object.entries(assignees)])];
    const offered = readOnly ? Object.entries(labels) : [...model.labels(document)];
    choices(this.people, people.map(([id, name]) => ({ key: id, shown: [name, Object.hasOwn(assignees, id), readOnly], make: () => this.#person(id, name, readOnly) })));
    choices(this.labels, offered.map(([name, hue]) => ({ key: name, shown: [hue, Object.hasOwn(labels, name), readOnly], make: () => this.#label(name, hue, readOnly) })));
    if (globalThis.document.activeElement !== this.due) this.due.value = due ?? '';
    this.due.readOnly = readOnly;
    attribute(this.newLabel, 'hidden', readOnly);
    attribute(this.sections.people, 'hidden', readOnly && people.length === 0);
    attribute(this.sections.labels, 'hidden', readOnly && offered.length === 0);
    attribute(this.sections.due, 'hidden', readOnly && !due);
  }

  /** @param {string} id @param {string} name @param {boolean} readOnly */
  #person(id, name, readOnly) {
    const on = Object.hasOwn(this.#ticket.assignees ?? {}, id);
    const click = () => this.send(on ? 'ticket.unassign' : 'ticket.assign', on ? { user: id } : { user: id, name });
    const words = id === this.board.me().id ? `${name} (you)` : name;
    return h('button', { class: 'choice', type: 'button', 'aria-pressed': String(on), disabled: readOnly, on: { click } }, avatar({ id, name }, 'small'), words);
  }

  /** @param {string} name @param {number} hue @param {boolean} readOnly */
  #label(name, hue, readOnly) {
    const on = Object.hasOwn(this.#ticket.labels ?? {}, name);
    const click = () => this.send(on ? 'ticket.unlabel' : 'ticket.label', on ? { label: name } : { label: name, hue });
    return h('button', { class: 'choice label', type: 'button', hue, 'aria-pressed': String(on), disabled: readOnly, on: { click } }, name);
  }

  #newLabel() {
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      const label = this.draft.take();
      if (label !== '') this.send('ticket.label', { label, hue: this.#hue });
    };
    return h('form', { class: 'new-label', on: { submit } }, this.label, this.hues);
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

/**
 * Buttons that stand for choices: one that shows the same stays, and keeps the focus.
 *
 * @param {HTMLElement} list @param {{key: string, shown: any[], make: () => HTMLElement}[]} wanted
 */
function choices(list, wanted) {
  const known = new Map([.../** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll('[data-key]'))].map((button) => [button.dataset.key, button]));
  const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset?.key;
  const buttons = wanted.map(({ key, shown, make }) => {
    const words = JSON.stringify(shown);
    const there = known.get(key);
    if (there?.dataset.shown === words) return there;
    const button = make();
    Object.assign(button.dataset, { key, shown: words });
    return button;
  });
  const within = list.contains(document.activeElement);
  align(list, buttons);
  if (within) buttons.find((button) => button.dataset.key === focused)?.focus();
}

import { attribute, h, iconButton, write } from '../dom.js';
import { MentionField } from '../board/mentions.js';
import { recall, remember } from '../kept.js';

/** The most characters that a message has. */
export const MOST = 4_000;

/** Where a message is written: it grows, keeps what was begun, and turns to an older one to edit it. */
export class Composer {
  /** @type {{id: string, text: string} | undefined} */
  editing;
  /** Why nothing can be written here; empty where it can. */
  forbidden = '';

  /**
   * @param {HTMLElement} place
   * @param {{draft: string, label: string, people(): Map<string, string>, post(text: string): void, edit(id: string, text: string): void, typing(): void, last(): {id: string, text: string} | undefined}} owner
   *   `draft` names what is kept, `last` is my own last message, to edit it
   */
  constructor(place, owner) {
    this.owner = owner;
    this.field = h('textarea', { class: 'field', rows: '1', maxlength: String(MOST), placeholder: owner.label, 'aria-label': owner.label, autocomplete: 'off', enterkeyhint: 'send' });
    this.button = h('button', { class: 'button primary send', type: 'submit' }, 'Send');
    this.note = h('p', { class: 'note', hidden: true });
    const names = new MentionField(this.field, owner.people);
    const submit = (/** @type {Event} */ event) => (event.preventDefault(), this.send());
    this.form = h('form', { class: 'composer', on: { submit } }, this.note, h('div', { class: 'write' }, this.field, this.button), names.list);
    this.field.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => this.#key(event));
    this.field.addEventListener('input', () => this.#typed());
    this.field.value = recall(owner.draft) ?? '';
    this.#state();
    place.append(this.form);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || event.defaultPrevented) return;
    if (event.key === 'Enter' && !event.shiftKey) this.send();
    else if (event.key === 'Escape' && this.editing) this.#stop();
    else if (event.key === 'ArrowUp' && this.field.value === '' && this.owner.last()) this.edit(/** @type {any} */ (this.owner.last()));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #typed() {
    if (!this.editing) remember(this.owner.draft, this.field.value);
    this.#state();
    if (this.field.value !== '') this.owner.typing();
  }

  /** @param {{id: string, text: string}} line */
  edit(line) {
    this.editing = line;
    this.field.value = line.text;
    this.field.focus();
    this.#state();
  }

  #stop() {
    this.editing = undefined;
    this.field.value = recall(this.owner.draft) ?? '';
    this.#state();
  }

  send() {
    const text = this.field.value.trim();
    if (text === '') return;
    const { editing } = this;
    if (editing) {
      if (text !== editing.text) this.owner.edit(editing.id, text);
      this.#stop();
      return;
    }
    this.field.value = '';
    remember(this.owner.draft, '');
    this.#state();
    this.owner.post(text);
  }

  /** Why nothing can be written here; empty where it can. @param {string} words */
  forbid(words) {
    this.forbidden = words;
    this.field.disabled = words !== '';
    this.field.placeholder = words || this.owner.label;
    this.#state();
  }

  #state() {
    attribute(this.field, 'data-kept', !this.editing); // Drafts are there again after a reload.
    this.note.hidden = !this.editing;
    if (this.editing && !this.note.hasChildNodes()) this.note.append('Editing a message', iconButton('close', 'Leave it as it was', () => this.#stop()));
    write(this.button, this.editing ? 'Save' : 'Send');
    this.button.disabled = this.field.disabled || this.field.value.trim() === '';
  }
}

import { h } from './dom.js';

/**
 * A text that is its own field. What others write shows at once, unless I am writing: then my words
 * stay, and the command says what I believed the text to be.
 */
export class EditInPlace {
  #shown = '';
  /** The text when I began; undefined while I am not in it. @type {string | undefined} */
  #began;

  /** @param {{label: string, placeholder?: string, single?: boolean, max: number, save: (text: string, before: string) => Promise<any> | void}} options */
  constructor({ label, placeholder, single = false, max, save }) {
    this.single = single;
    this.save = save;
    this.element = h('textarea', { class: `field in-place ${single ? 'single' : ''}`, 'aria-label': label, placeholder, maxlength: max, rows: '1', spellcheck: 'true' });
    this.element.addEventListener('focus', () => (this.#began = this.#shown));
    this.element.addEventListener('blur', () => this.#finish(true));
    this.element.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => this.#key(event));
  }

  /** @param {string} text @param {boolean} [readOnly] for whoever may only look */
  show(text, readOnly = false) {
    this.#shown = text;
    this.element.readOnly = readOnly;
    if (this.#began === undefined && this.element.value !== text) this.element.value = text;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault(); // It leaves the field, not the dialog.
      this.#finish(false);
    } else if (event.key === 'Enter' && (this.single || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.element.blur();
    }
  }

  /** @param {boolean} keep */
  #finish(keep) {
    const before = this.#began;
    if (before === undefined) return;
    this.#began = undefined;
    const typed = this.single ? this.element.value.replace(/\s+/g, ' ').trim() : this.element.value;
    const text = keep && !(this.single && typed === '') ? typed : this.#shown;
    if (text !== before && text === typed) void this.save(text, before);
    this.element.value = text;
    if (!keep) this.element.blur();
  }
}

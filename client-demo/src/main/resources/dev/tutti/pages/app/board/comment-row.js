import { h } from '../dom.js';
import { MentionField, withMentions } from './mentions.js';
import { avatar } from '../people.js';
import { ago, exactly } from '../times.js';

/**
 * @typedef {{id: string, ticket: string, text: string, by: string, name: string, at: string, edited?: string}} Comment
 * @typedef {{edit: boolean, delete: boolean}} May
 * @typedef {{me(): {id: string, name: string}, people(): Map<string, string>, send(name: string, args: any, expect?: any): void}} Owner
 */

/** One comment, read or being written anew. What happens to other comments leaves it alone. */
export class CommentRow {
  /** @type {Comment | undefined} */
  #shown;
  #may = '';
  /** Where I write it anew. @type {HTMLTextAreaElement | undefined} */
  #field;

  /** @param {Owner} owner */
  constructor(owner) {
    this.owner = owner;
    this.said = h('div', {});
    this.who = h('p', { class: 'who' });
    this.element = h('li', {});
  }

  /** @param {Comment} comment @param {May} may */
  show(comment, may) {
    const allowed = JSON.stringify(may);
    if (this.#shown === comment && this.#may === allowed) return;
    this.#shown = comment;
    this.#may = allowed;
    const { id, text, by, name, at, edited } = comment;
    const link = (/** @type {string} */ words, /** @type {() => void} */ click) => h('button', { class: 'link', type: 'button', on: { click } }, words);
    this.who.replaceChildren(h('b', {}, name), h('time', { datetime: at, title: exactly(at) }, ago(at)), edited ? h('span', { title: exactly(edited) }, 'edited') : '',
      h('span', { class: 'links' }, may.edit && link('Edit', () => this.#edit()), may.delete && link('Delete', () => this.owner.send('comment.delete', { comment: id }))));
    if (!this.element.hasChildNodes()) this.element.append(avatar({ id: by, name }), h('div', {}, this.who, this.said));
    if (!this.#field) this.#read(text);
  }

  /** What I have typed into it and not sent; it is mine to say whatever became of the comment. */
  get typed() {
    const text = this.#field?.value.trim() ?? '';
    return text === this.#shown?.text ? '' : text;
  }

  /** Sends what I have typed, or leaves the comment as it is. @param {boolean} keep */
  finish(keep) {
    const comment = /** @type {Comment} */ (this.#shown);
    const { typed } = this;
    if (!this.#field) return;
    this.#field = undefined;
    this.#read(comment.text);
    if (keep && typed !== '') this.owner.send('comment.edit', { comment: comment.id, text: typed }, { comments: { [comment.id]: { text: this.before } } });
  }

  /** @param {string} text */
  #read(text) {
    this.said.replaceChildren(h('p', { class: 'said' }, ...withMentions(text, this.owner.people(), this.owner.me().id)));
  }

  /** The comment becomes a field; Enter saves, Escape leaves it. */
  #edit() {
    this.before = /** @type {Comment} */ (this.#shown).text;
    const field = h('textarea', { class: 'field', 'aria-label': 'Edit the comment', maxlength: '5000', rows: '1' });
    field.value = this.before;
    const names = new MentionField(field, this.owner.people);
    field.addEventListener('blur', () => this.#field === field && this.finish(true));
    field.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (event.isComposing || !(event.key === 'Escape' || (event.key === 'Enter' && !event.shiftKey))) return;
      event.preventDefault();
      this.finish(event.key === 'Enter');
    });
    this.#field = field;
    this.said.replaceChildren(h('div', { class: 'field-with-names' }, field, names.list));
    field.focus();
  }
}

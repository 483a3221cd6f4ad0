import { h } from '../dom.js';
import { MentionField, withMentions } from './mentions.js';
import { avatar } from '../people.js';
import { newId } from './send.js';
import { ago, exactly } from '../times.js';

/** What people say about the ticket in the dialog. */
export class Comments {
  /** @type {any} */
  #shown = undefined;

  /** @param {() => {id: string, name: string}} me @param {() => Map<string, string>} people names by id @param {(name: string, args: any) => void} send */
  constructor(me, people, send) {
    this.me = me;
    this.people = people;
    this.send = send;
    this.list = h('ol', { class: 'comments' });
    this.input = h('textarea', { class: 'field', placeholder: 'Write a comment', 'aria-label': 'Write a comment', maxlength: '5000', rows: '1' });
    const names = new MentionField(this.input, people);
    this.input.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) this.#submit(event);
    });
    const submit = (/** @type {Event} */ event) => this.#submit(event);
    const form = h('form', { class: 'say', on: { submit } }, h('div', { class: 'field-with-names' }, this.input, names.list), h('button', { class: 'button primary', type: 'submit' }, 'Comment'));
    this.element = h('section', {}, h('h3', {}, 'Comments'), this.list, form);
  }

  reset() {
    this.#shown = undefined;
    this.input.value = '';
  }

  /** @param {any[]} comments */
  show(comments) {
    if (this.#shown === comments) return;
    this.#shown = comments;
    this.list.replaceChildren(...comments.map((comment) => this.#comment(comment)));
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (text === '') return;
    this.input.value = '';
    this.send('comment.add', { comment: newId(), text });
  }

  /** @param {any} comment */
  #comment({ id, text, by, name, at, edited }) {
    const mine = by === this.me().id;
    const link = (/** @type {string} */ words, /** @type {() => void} */ click) => mine && h('button', { class: 'link', type: 'button', on: { click } }, words);
    const said = h('p', { class: 'said' }, ...withMentions(text, this.people(), this.me().id));
    return h('li', {}, avatar({ id: by, name }),
      h('div', {},
        h('p', { class: 'who' }, h('b', {}, name), h('time', { datetime: at, title: exactly(at) }, ago(at)), edited && h('span', { title: exactly(edited) }, 'edited'),
          h('span', { class: 'links' }, link('Edit', () => this.#edit(said, id, text)), link('Delete', () => this.send('comment.delete', { comment: id })))),
        said));
  }

  /** The comment becomes a field; Enter saves, Escape leaves it. @param {HTMLElement} said @param {string} id @param {string} before */
  #edit(said, id, before) {
    const field = h('textarea', { class: 'field', 'aria-label': 'Edit the comment', maxlength: '5000', rows: '1' });
    field.value = before;
    const names = new MentionField(field, this.people);
    const box = h('div', { class: 'field-with-names' }, field, names.list);
    let over = false;
    const finish = (/** @type {boolean} */ keep) => {
      if (over) return;
      over = true;
      const text = field.value.trim();
      box.replaceWith(said);
      if (keep && text !== '' && text !== before) this.send('comment.edit', { comment: id, text });
    };
    field.addEventListener('blur', () => finish(true));
    field.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (event.isComposing || !(event.key === 'Escape' || (event.key === 'Enter' && !event.shiftKey))) return;
      event.preventDefault();
      finish(event.key === 'Enter');
    });
    said.replaceWith(box);
    field.focus();
  }
}

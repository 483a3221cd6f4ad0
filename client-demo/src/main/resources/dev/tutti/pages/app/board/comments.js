import { h } from '../dom.js';
import { avatar } from '../people.js';
import { newId } from './send.js';
import { ago, exactly } from '../times.js';

/** What people say about the ticket in the dialog. */
export class Comments {
  /** @type {any} */
  #shown = undefined;

  /** @param {() => {id: string, name: string}} me @param {(name: string, args: any) => void} send */
  constructor(me, send) {
    this.me = me;
    this.send = send;
    this.list = h('ol', { class: 'comments' });
    this.input = h('textarea', { class: 'field', placeholder: 'Write a comment', 'aria-label': 'Write a comment', maxlength: '5000', rows: '1' });
    this.input.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) this.#submit(event);
    });
    const submit = (/** @type {Event} */ event) => this.#submit(event);
    const form = h('form', { class: 'say', on: { submit } }, this.input, h('button', { class: 'button primary', type: 'submit' }, 'Comment'));
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
    const remove = () => this.send('comment.delete', { comment: id });
    return h('li', {}, avatar({ id: by, name }),
      h('div', {},
        h('p', { class: 'who' }, h('b', {}, name), h('time', { datetime: at, title: exactly(at) }, ago(at)), edited && h('span', {}, 'edited'),
          mine && h('button', { class: 'link', type: 'button', on: { click: remove } }, 'Delete')),
        h('p', { class: 'said' }, text)));
  }
}

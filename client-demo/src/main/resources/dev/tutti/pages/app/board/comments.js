import { attribute, h } from '../dom.js';
import { CommentRow } from './comment-row.js';
import { DraftField } from './drafts.js';
import { align } from './lane-view.js';
import { MentionField } from './mentions.js';
import { newId } from './send.js';

/** What people say about the ticket in the dialog. */
export class Comments {
  /** By comment. @type {Map<string, CommentRow>} */
  #rows = new Map();
  #ticket = '';

  /** @param {import('./comment-row.js').Owner} owner @param {import('./drafts.js').Drafts} drafts */
  constructor(owner, drafts) {
    this.owner = owner;
    this.drafts = drafts;
    this.list = h('ol', { class: 'comments' });
    this.input = h('textarea', { class: 'field', placeholder: 'Write a comment', 'aria-label': 'Write a comment', maxlength: '5000', rows: '1' });
    this.draft = new DraftField(this.input, 'comment', drafts);
    const names = new MentionField(this.input, owner.people);
    this.input.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) this.#submit(event);
    });
    const submit = (/** @type {Event} */ event) => this.#submit(event);
    this.form = h('form', { class: 'say', on: { submit } }, h('div', { class: 'field-with-names' }, this.input, names.list), h('button', { class: 'button primary', type: 'submit' }, 'Comment'));
    this.element = h('section', {}, h('h3', {}, 'Comments'), this.list, this.form);
  }

  /** @param {string} ticket @param {readonly import('./comment-row.js').Comment[]} comments @param {string | undefined} role mine */
  show(ticket, comments, role) {
    if (ticket !== this.#ticket) this.leave();
    this.#ticket = ticket;
    this.draft.show(ticket);
    attribute(this.form, 'hidden', role === 'viewer');
    attribute(this.element, 'hidden', role === 'viewer' && comments.length === 0);
    const me = this.owner.me().id;
    /** @type {Map<string, CommentRow>} */
    const rows = new Map();
    for (const comment of comments) {
      const row = this.#rows.get(comment.id) ?? new CommentRow(this.owner);
      const mine = comment.by === me && role !== 'viewer';
      row.show(comment, { edit: mine, delete: mine || role === 'owner' });
      rows.set(comment.id, row);
    }
    for (const [id, row] of this.#rows) if (!rows.has(id)) this.#gone(row);
    this.#rows = rows;
    align(this.list, [...rows.values()].map(({ element }) => element));
  }

  /** What I was writing into a comment that somebody deletes is still what I wanted to say. @param {CommentRow} row */
  #gone(row) {
    if (row.typed !== '' && this.drafts.giveBack(this.#ticket, 'comment', row.typed)) this.draft.returned();
    row.finish(false);
  }

  /** Another ticket is shown from now on, or none: what is being changed is sent. */
  leave() {
    for (const row of this.#rows.values()) row.finish(true);
    this.#rows.clear();
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    const text = this.draft.take();
    if (text !== '') this.owner.send('comment.add', { ticket: this.#ticket, comment: newId(), text });
  }
}

import { activityOf } from './activity.js';
import { sureToDelete } from './archive.js';
import { Checklist } from './checklist.js';
import { Comments } from './comments.js';
import { attribute, h, iconButton, write } from '../dom.js';
import { EditInPlace } from '../edit-in-place.js';
import * as model from './model.js';
import { Properties } from './properties.js';
import { sheet } from '../sheet.js';

/** Lines of a ticket's activity that are shown, comments aside. */
const MOST_ACTIVITY = 100;

/**
 * The dialog of one ticket: words, checklist and comments on the left, properties and activity at
 * the side. It is drawn again with every change of the document, except what is being typed.
 */
export class TicketSheet {
  /** The ticket that is shown. @type {string | undefined} */
  id = undefined;
  #activity = { seq: -1, ticket: '' };

  /**
   * @param {import('../../tutti.js').Room} room
   * @param {{me(): {id: string, name: string}, people(): Map<string, {id: string, name: string}>, nameOf(by: string): string,
   *   send: import('./send.js').Send, drafts: import('./drafts.js').Drafts, opened(ticket: string | null): void}} board
   */
  constructor(room, board) {
    this.room = room;
    this.board = board;
    this.dialog = sheet('Ticket', 'ticket');
    const send = (/** @type {string} */ name, /** @type {any} */ args, /** @type {any} */ expect = undefined) =>
      board.send(name, { ticket: this.id, ...args }, expect && { tickets: { [this.id ?? '']: expect } });
    this.title = new EditInPlace({ label: 'Title', single: true, max: 500, save: (title, before) => send('ticket.edit', { title }, { title: before }) });
    this.description = new EditInPlace({
      label: 'Description', placeholder: 'Add a description', max: 20_000,
      save: (description, before) => send('ticket.edit', { description }, { description: before === '' ? null : before }),
    });
    this.checklist = new Checklist(send, board.drafts);
    const known = () => model.known(room.document, board.people());
    this.comments = new Comments({ me: board.me, people: known, send: board.send }, board.drafts);
    this.properties = new Properties({ me: board.me, known, drafts: board.drafts }, send);
    this.where = h('p', { class: 'where' });
    this.activity = h('ol', { class: 'activity', tabindex: '0', 'aria-label': 'Activity' });
    this.#build();
    this.dialog.addEventListener('close', () => this.#closed());
  }

  /** @param {string} ticket */
  open(ticket) {
    if (!model.ticket(this.room.document, ticket)) return;
    this.id = ticket;
    this.draw();
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.scrollTop = 0;
    this.title.element.blur();
    this.dialog.focus();
    this.board.opened(ticket);
  }

  /** Words that were refused are in their field again. @param {string} ticket */
  returned(ticket) {
    if (this.id === ticket) for (const { draft } of [this.comments, this.checklist, this.properties]) draft.returned();
  }

  /** Shows what the document now says. */
  draw() {
    if (this.id === undefined) return;
    const { document } = this.room;
    const ticket = model.ticket(document, this.id);
    if (!ticket) return this.dialog.close(); // Somebody has deleted it.
    const { role } = this.room;
    const readOnly = role === 'viewer';
    this.title.show(ticket.title, readOnly);
    this.description.show(ticket.description ?? '', readOnly);
    attribute(this.described, 'hidden', readOnly && !ticket.description);
    this.checklist.show(this.id, ticket, readOnly);
    this.comments.show(this.id, model.comments(document, this.id), role);
    this.properties.show(this.id, ticket, document, readOnly);
    const column = model.columns(document).find(({ id }) => id === ticket.column)?.title;
    write(this.where, ticket.archived ? 'Archived' : column ? `In ${column}` : '');
    write(this.archive, ticket.archived ? 'Restore' : 'Archive');
    attribute(this.remove, 'hidden', !ticket.archived);
    attribute(this.acts, 'hidden', readOnly);
    void this.#drawActivity();
  }

  #build() {
    const close = iconButton('close', 'Close', () => this.dialog.close());
    this.archive = h('button', { class: 'button', type: 'button', on: { click: () => this.#archive() } });
    this.remove = h('button', { class: 'button danger', type: 'button', on: { click: () => void this.#delete() } }, 'Delete');
    const section = (/** @type {string} */ title, /** @type {Node[]} */ ...parts) => h('section', {}, h('h3', {}, title), ...parts);
    this.described = section('Description', this.description.element);
    this.acts = h('div', { class: 'acts' }, this.archive, this.remove);
    attribute(this.dialog, 'tabindex', '-1');
    this.dialog.append(
      h('header', {}, h('div', { class: 'heading' }, this.title.element, this.where), close),
      h('div', { class: 'sides' },
        h('div', { class: 'main' }, this.described, this.checklist.element, this.comments.element),
        h('aside', {}, this.properties.element, section('Activity', this.activity), this.acts)),
    );
  }

  /** What the journal says of this ticket; asked again only when something has happened. */
  async #drawActivity() {
    const { id } = this;
    const { seq } = this.room;
    if (id === undefined || (this.#activity.seq === seq && this.#activity.ticket === id)) return;
    this.#activity = { seq, ticket: id };
    try {
      const { events } = await this.room.history({ limit: MOST_ACTIVITY, entity: `tickets/${id}` });
      if (this.id === id) this.activity.replaceChildren(...activityOf(events, id, this.room.document, (by) => this.board.nameOf(by)));
    } catch {
      if (this.id === id) this.activity.replaceChildren(h('li', { class: 'quiet' }, 'Activity is shown when you are back online.'));
      this.#activity.seq = -1;
    }
  }

  #archive() {
    const archived = model.ticket(this.room.document, this.id ?? '')?.archived;
    this.board.send(archived ? 'ticket.restore' : 'ticket.archive', { ticket: this.id });
    if (!archived) this.dialog.close();
  }

  async #delete() {
    const ticket = this.id;
    const title = model.ticket(this.room.document, ticket ?? '')?.title;
    if (title === undefined || !(await sureToDelete(title))) return;
    void this.board.send('ticket.delete', { ticket });
    this.dialog.close();
  }

  #closed() {
    this.comments.leave();
    this.id = undefined;
    this.board.opened(null);
  }
}

import { h } from '../dom.js';
import { align } from './lane-view.js';
import * as model from './model.js';
import { ask, sheet, sheetHead } from '../sheet.js';
import { ago, exactly } from '../times.js';

/** The dialog of archived tickets. A row that shows the same stays, so that a press on it is not lost to what others do. */
export class Archive {
  /** By ticket. @type {Map<string, {shown: string, element: HTMLElement}>} */
  #rows = new Map();

  /** @param {import('../../tutti.js').Room} room @param {import('./send.js').Send} send */
  constructor(room, send) {
    this.room = room;
    this.send = send;
    this.dialog = sheet('Archive', 'archive');
    this.list = h('ul', {});
    this.search = h('input', { class: 'field', type: 'search', placeholder: 'Search archived tickets', 'aria-label': 'Search archived tickets', autocomplete: 'off', on: { input: () => this.#draw() } });
    this.dialog.append(sheetHead('Archive', this.dialog), this.search, this.list);
  }

  open() {
    this.search.value = '';
    this.#draw();
    if (!this.dialog.open) this.dialog.showModal();
  }

  draw() {
    if (this.dialog.open) this.#draw();
  }

  #draw() {
    const all = model.archived(this.room.document);
    const tickets = all.filter(([, ticket]) => model.matches(ticket, this.search.value.trim()));
    this.search.hidden = all.length === 0;
    const rows = new Map(tickets.map(([id, ticket]) => [id, this.#row(id, ticket)]));
    this.#rows = rows;
    if (tickets.length > 0) return align(this.list, [...rows.values()].map(({ element }) => element));
    this.list.replaceChildren(h('li', { class: 'quiet' }, all.length === 0 ? 'Nothing is archived. A ticket’s dialog has “Archive”.' : 'No archived ticket has these words.'));
  }

  /** @param {string} id @param {import('./model.js').Ticket} ticket */
  #row(id, ticket) {
    const { title, archived } = ticket;
    const shown = JSON.stringify([title, archived?.at && ago(archived.at), this.room.role]);
    const known = this.#rows.get(id);
    return known?.shown === shown ? known : { shown, element: this.#made(id, ticket) };
  }

  /** @param {string} id @param {import('./model.js').Ticket} ticket @returns {HTMLElement} */
  #made(id, { title, archived }) {
    const button = (/** @type {string} */ kind, /** @type {string} */ words, /** @type {() => void} */ click) =>
      h('button', { class: `button ${kind}`, type: 'button', 'aria-label': `${words}: ${title}`, on: { click } }, words);
    const restore = () => void this.send('ticket.restore', { ticket: id });
    const remove = async () => {
      if (await sureToDelete(title)) void this.send('ticket.delete', { ticket: id });
    };
    const at = archived?.at;
    const mayEdit = this.room.role !== 'viewer';
    return h('li', {},
      h('div', {}, h('p', { class: 'name' }, title), at && h('time', { class: 'quiet', datetime: at, title: exactly(at) }, ago(at))),
      mayEdit && button('', 'Restore', restore), mayEdit && button('danger quiet', 'Delete', () => void remove()));
  }
}

/** What is deleted is in no list any more, and only an undo has it back; so it is asked. @param {string} title */
export async function sureToDelete(title) {
  const answer = await ask({ title: `Delete “${title}”?`, words: 'It goes with its checklist and comments. Undo brings it back, for as long as this page is open.', action: 'Delete', danger: true });
  return answer !== undefined;
}

import { h } from '../dom.js';
import * as model from './model.js';
import { ask, menu } from '../sheet.js';
import { newId } from './send.js';

/**
 * What can be done with a column, and the menu that offers it.
 *
 * @param {import('../../tutti.js').Room} room @param {import('./send.js').Send} send
 * @param {() => import('./view.js').BoardView} view
 * @returns {import('./column.js').ColumnActions & {create(): Promise<void>}}
 */
export function columnActions(room, send, view) {
  const actions = {
    mayEdit: () => room.role !== 'viewer',
    move: (/** @type {string} */ column, /** @type {string | undefined} */ after) => void send('column.move', { column, ...(after === undefined ? { first: true } : { after }) }),
    add: (/** @type {string} */ column, /** @type {string} */ title) => void send('ticket.add', { ticket: newId(), column, title }),
    rename: (/** @type {string} */ column, /** @type {string} */ title) => void send('column.rename', { column, title }),
    menu: (/** @type {string} */ id, /** @type {HTMLElement} */ button) => {
      const all = model.columns(room.document);
      const index = all.findIndex((column) => column.id === id);
      if (index < 0) return;
      const others = all.filter((column) => column.id !== id).map((column) => column.id);
      const move = (/** @type {number} */ to) => send('column.move', { column: id, ...model.place(others, to) });
      menu(button, [
        { label: 'Rename', run: () => view().columns.get(id)?.rename(actions) },
        { label: 'Limit…', run: () => void limit(all[index]) },
        'line',
        { label: 'Move left', run: () => move(index - 1), disabled: index === 0 },
        { label: 'Move right', run: () => move(index + 1), disabled: index === all.length - 1 },
        'line',
        { label: 'Delete…', danger: true, run: () => void remove(all[index], all) },
      ]);
    },
    create: async () => {
      const field = h('input', { class: 'field', maxlength: '500', placeholder: 'To do', 'aria-label': 'Title of the column' });
      const title = (await ask({ title: 'New column', action: 'Add column', field }))?.trim();
      if (title) send('column.add', { column: newId(), title });
    },
  };

  /** @param {model.Column} column */
  async function limit(column) {
    const field = h('input', { class: 'field', type: 'number', min: '1', max: '2000', value: column.limit ?? '', 'aria-label': 'Most tickets in this column' });
    const words = 'At this many tickets the column takes no more. Leave it empty for no limit.';
    const answer = await ask({ title: `Limit of ${column.title}`, words, action: 'Save', field });
    if (answer !== undefined) send('column.limit', { column: column.id, ...(answer !== '' && { limit: Number(answer) }) });
  }

  /** @param {model.Column} column @param {model.Column[]} all */
  async function remove(column, all) {
    const tickets = model.lane(room.document, column.id).length;
    const others = all.filter(({ id }) => id !== column.id);
    const title = `Delete ${column.title}?`;
    if (tickets === 0) {
      if ((await ask({ title, words: 'It has no tickets.', action: 'Delete column', danger: true })) !== undefined) send('column.delete', { column: column.id });
      return;
    }
    const options = others.map(({ id, title }) => h('option', { value: id }, title));
    const field = h('select', { class: 'field', 'aria-label': 'Where the tickets go' }, ...options);
    const words = tickets === 1 ? 'Its ticket goes to' : `Its ${tickets} tickets go to`;
    const to = await ask({ title, words, action: 'Delete column', danger: true, field });
    if (to !== undefined) send('column.delete', { column: column.id, ...(to !== '' && { to }) });
  }

  return actions;
}

import { connect } from '../tutti.js';
import { h, write } from './dom.js';
import { myName } from './people.js';
import { themeSwitch } from './theme.js';

/** @param {string} id @returns {any} */
const at = (id) => document.getElementById(id);

/** The most characters that a board's name has in its address. */
const MAX_NAME = 128;

/** What stands in an address for a title: letters, digits and dashes. @param {string} title */
export function slug(title) {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const name = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, MAX_NAME);
  return name || `board-${Math.random().toString(36).slice(2, 8)}`;
}

/**
 * The names of the boards that there are, however the server words the list.
 *
 * @returns {Promise<{name: string, title: string}[]>}
 */
async function boards() {
  const response = await fetch('/v1/rooms?prefix=board:', { headers: { accept: 'application/json' } });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Error(problem.detail ?? problem.title ?? `The server answered ${response.status}.`);
  }
  const body = await response.json();
  const rooms = Array.isArray(body) ? body : (body.rooms ?? []);
  return rooms.map((/** @type {any} */ room) => {
    const name = String(room.room ?? room.name ?? room).replace(/^board:/, '');
    return { name, title: room.title ?? name };
  });
}

/** @param {{name: string, title: string}} board */
const row = ({ name, title }) =>
  h('li', {}, h('a', { href: `/board/${encodeURIComponent(name)}` }, h('b', {}, title), h('span', { class: 'quiet' }, name === 'demo' ? 'The demo: try anything' : `board:${name}`)));

async function list() {
  const state = at('state');
  state.hidden = true;
  const demo = { name: 'demo', title: 'demo' };
  try {
    const others = (await boards()).filter(({ name }) => name !== 'demo');
    at('list').replaceChildren(...[demo, ...others].map(row));
  } catch (error) {
    at('list').replaceChildren(row(demo));
    state.hidden = false;
    const again = h('button', { class: 'button', type: 'button', on: { click: () => void list() } }, 'Try again');
    state.replaceChildren(`The list cannot be shown. ${/** @type {Error} */ (error).message} `, again);
  }
}

/** A new board begins with its title and three columns. @param {string} title */
async function create(title) {
  const name = slug(title);
  const connection = connect('/v1/ws', { name: myName(), client: 'tutti start' });
  const room = await connection.room(`board:${name}`).ready;
  if (room.seq === 0) {
    const columns = ['To do', 'Doing', 'Done'].map((title) => ({ column: slug(title), title }));
    await Promise.all([room.send('board.rename', { title }), ...columns.map((column) => room.send('column.add', column))]);
  }
  location.assign(`/board/${encodeURIComponent(name)}`);
}

at('create').addEventListener('submit', async (/** @type {SubmitEvent} */ event) => {
  event.preventDefault();
  const button = /** @type {HTMLButtonElement} */ (event.submitter);
  const title = at('name').value.trim();
  if (title === '' || button.disabled) return;
  button.disabled = true;
  try {
    await create(title);
  } catch (error) {
    at('state').hidden = false;
    write(at('state'), `The board was not created. ${/** @type {Error} */ (error).message}`);
    button.disabled = false;
  }
});

themeSwitch(at('theme'));
void list();

import { connect, uuid7 } from '../tutti.js';
import { fromTrello, isTrello } from './board/trello.js';
import { myName } from './people.js';

/** The most characters that a board's name has in its address. */
const MAX_NAME = 100;
/** Pages of the list of boards that are asked for. */
const MOST_PAGES = 5;
const GUEST = 'tutti.guest';

/** @typedef {{name: string, title: string, changed?: string}} Board `changed` is an instant */

/** What stands in an address for a title: letters, digits and dashes. @param {string} title */
export function slug(title) {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const name = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, MAX_NAME);
  return name || newName('board');
}

/** @param {string} name */
const newName = (name) => `${name.slice(0, MAX_NAME)}-${Math.random().toString(36).slice(2, 8)}`;

/** @param {string} name */
export const addressOf = (name) => `/board/${encodeURIComponent(name)}`;

/** An HTTP request as whoever I am on the WebSocket. @param {string} path @param {RequestInit & {headers?: Record<string, string>}} [init] */
export async function ask(path, { headers, ...init } = {}) {
  const token = globalThis.localStorage?.getItem(GUEST);
  const response = await fetch(path, { ...init, headers: { accept: 'application/json', ...(token && { authorization: `Bearer ${token}` }), ...headers } });
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  throw new Error(problem.detail ?? problem.title ?? `The server answered ${response.status}.`);
}

/** The boards that I may read, as far as pages of the server's list go. @returns {Promise<Board[]>} */
export async function boards() {
  /** @type {Board[]} */
  const found = [];
  let after = '';
  for (let page = 0; page < MOST_PAGES; page++) {
    const { rooms = [], next } = await (await ask(`/v1/rooms?type=board${after}`)).json();
    for (const { room, title, changed } of rooms) {
      const name = String(room).replace(/^board:/, '');
      found.push({ name, title: title || name, changed });
    }
    if (next === undefined) break;
    after = `&after=${encodeURIComponent(next)}`;
  }
  return found;
}

/** Sends to a board without showing it. @template T @param {string} name @param {(room: import('../tutti.js').Room) => Promise<T>} task @returns {Promise<T>} */
async function within(name, task) {
  const connection = connect('/v1/ws', { name: myName(), client: 'tutti start' });
  try {
    return await task(await connection.room(`board:${name}`).ready);
  } finally {
    connection.close();
  }
}

/** A new board begins with its title and three columns. @param {string} title @returns {Promise<string>} its name */
export function create(title) {
  const name = slug(title);
  return within(name, async (room) => {
    if (room.seq > 0) return name;
    const columns = ['To do', 'Doing', 'Done'].map((title) => ({ column: slug(title), title }));
    await Promise.all([room.send('room.create', { title }), ...columns.map((column) => room.send('column.add', column))]);
    return name;
  });
}

/** @param {string} name @param {string} title */
export const rename = (name, title) => within(name, (room) => room.send('board.rename', { title }));

/**
 * Makes a new board of a file, all or nothing: our own export, or Trello's, which becomes one.
 *
 * @param {string} text
 * @returns {Promise<{name: string, left: string[]}>} `left` says what was left out
 */
export async function fromFile(text) {
  const json = parsed(text);
  const { title, body, left } = isTrello(json) ? converted(json) : { title: ownTitle(json), body: text, left: [] };
  const name = newName(slug(title));
  await ask(`/v1/rooms/board:${name}/import`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return { name, left };
}

/** @param {any} json */
function converted(json) {
  const { title, file, left } = fromTrello(json, { now: new Date().toISOString(), newKey: uuid7 });
  return { title, body: JSON.stringify(file), left };
}

/** @param {any} json @returns {string} */
function ownTitle(json) {
  if (typeof json?.room !== 'string') throw new Error('This is neither a board that was exported here nor one of Trello’s.');
  return json.document?.board?.info?.title ?? json.room.replace(/^[^:]*:/, '');
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('The file is not JSON.');
  }
}

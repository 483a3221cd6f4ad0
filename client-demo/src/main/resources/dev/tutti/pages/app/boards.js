import { connect, uuid7 } from '../tutti.js';
import { fromTrello, isTrello } from './board/trello.js';
import { recall } from './kept.js';
import { myToken, whoIAm } from './people.js';

/** The most characters that a room's name has in its address. */
const MAX_NAME = 100;
/** Pages of the list of boards that are asked for at once. */
const PAGES = 5;
/** Names that are tried for a new room, since its title's may be taken. */
const TRIES = 4;
const GUEST = 'tutti.guest';

/** @typedef {{name: string, title: string, changed?: string}} Board `changed` is an instant */

/** @typedef {'board' | 'chat' | 'dashboard'} Type */

/** What stands in an address for a title: letters, digits and dashes. @param {string} title @param {Type} [type] of which a room is whose title has none */
export function slug(title, type = 'board') {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const name = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, MAX_NAME);
  return name || newName(type);
}

/** @param {string} name */
const newName = (name) => `${name.slice(0, MAX_NAME)}-${Math.random().toString(36).slice(2, 8)}`;

/** @param {string} name */
export const addressOf = (name) => `/board/${encodeURIComponent(name)}`;

/** An HTTP request as whoever I am on the WebSocket. @param {string} path @param {RequestInit & {headers?: Record<string, string>}} [init] */
export async function ask(path, { headers, ...init } = {}) {
  const token = myToken() ?? recall(GUEST);
  const response = await fetch(path, { ...init, headers: { accept: 'application/json', ...(token && { authorization: `Bearer ${token}` }), ...headers } });
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  throw new Error(problem.detail ?? problem.title ?? `The server answered ${response.status}.`);
}

/**
 * The boards that I may read, some pages of the server's list.
 *
 * @param {string} [from] where the pages before ended
 * @returns {Promise<{found: Board[], next?: string}>} `next` is where the list goes on, if it does
 */
export async function boards(from) {
  /** @type {Board[]} */
  const found = [];
  let after = from;
  for (let page = 0; page < PAGES; page++) {
    const { rooms = [], next } = await (await ask(`/v1/rooms?type=board${after === undefined ? '' : `&after=${encodeURIComponent(after)}`}`)).json();
    for (const { room, title, changed } of rooms) {
      const name = String(room).replace(/^board:/, '');
      found.push({ name, title: title || name, changed });
    }
    after = next;
    if (next === undefined) break;
  }
  return { found, next: after };
}

/**
 * Does something as a guest without showing a board. What the server cannot be asked now is not done later either.
 *
 * @template T @param {(connection: import('../tutti.js').Connection) => Promise<T>} task @returns {Promise<T>}
 */
async function connected(task) {
  const connection = connect('/v1/ws', { ...whoIAm(), client: 'tutti start', outbox: 'memory' });
  const lost = new Promise((_, reject) => connection.on('status', ({ state, reason }) => {
    if (state === 'offline' || state === 'closed') reject(new Error(reason || 'The server cannot be reached.'));
  }));
  try {
    return await Promise.race([task(connection), /** @type {Promise<never>} */ (lost)]);
  } finally {
    connection.close();
  }
}

/** Sends to a board without showing it. @template T @param {string} name @param {(room: import('../tutti.js').Room) => Promise<T>} task @returns {Promise<T>} */
const within = (name, task) => connected(async (connection) => task(await connection.room(`board:${name}`).ready));

/**
 * A new room begins with its title, and a board with three columns as well. Where a room has its name
 * already, whoever may read that, it gets another.
 *
 * @param {string} title @param {Type} [type] @returns {Promise<string>} its name
 */
export async function create(title, type = 'board') {
  const wanted = slug(title, type);
  for (let tries = 0; tries < TRIES; tries++) {
    const name = tries === 0 ? wanted : newName(wanted);
    if (await made(type, name, title)) return name;
  }
  throw new Error('There are others with names like this already. Try another name.');
}

/** @param {Type} type @param {string} name @param {string} title @returns {Promise<boolean>} false where there is a room of this name */
const made = (type, name, title) => connected(async (connection) => {
  const room = connection.room(`${type}:${name}`);
  if (!(await room.ready.then(() => room.seq === 0, () => false))) return false;
  const taken = (/** @type {any} */ refusal) => {
    if (refusal.code === 'rule') return true;
    throw refusal;
  };
  if (await room.send('room.create', { title }).then(() => false, taken)) return false;
  if (type !== 'board') return true;
  const columns = ['To do', 'Doing', 'Done'].map((title) => ({ column: slug(title), title }));
  await Promise.all(columns.map((column) => room.send('column.add', column)));
  return true;
});

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
  // Whoever has never been here has no token; what comes without one belongs to nobody.
  if (!myToken() && !recall(GUEST)) await connected((connection) => new Promise((resolve) => connection.on('welcome', resolve)));
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

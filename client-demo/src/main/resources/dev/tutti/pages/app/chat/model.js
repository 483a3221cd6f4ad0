/** @typedef {{n: number, by: string, name: string, at: string, text?: string, thread?: string, replies?: number, mentions?: Record<string, string>, reactions?: Record<string, Record<string, string>>, edited?: string, pinned?: {by: string, at: string}, deleted?: {by: string, at: string}}} Message */
/** @typedef {{id: string, m: Message}} Line one message and its id */

/** Lines of one person this close together share a heading, in milliseconds. */
const TOGETHER_MILLIS = 5 * 60_000;

/** What the document holds of messages, in their order. @param {any} document @returns {Line[]} */
export const lines = (document) =>
  Object.entries(document?.messages ?? {}).map(([id, m]) => ({ id, m })).sort((a, b) => a.m.n - b.m.n);

/** The newest of them, as far as no number is missing: a pinned one may stand far before. @param {Line[]} all */
export function newest(all) {
  let from = all.length - 1;
  while (from > 0 && all[from - 1].m.n === all[from].m.n - 1) from--;
  return all.slice(Math.max(0, from));
}

/** What a deletion does to a message. @param {{by: string, at: string}} deleted @returns {any} a merge patch */
export const tombstone = (deleted) => ({ text: null, mentions: null, reactions: null, edited: null, pinned: null, deleted });

/** The number of the last message. @param {any} document @returns {number} */
export const count = (document) => document?.chat?.info?.count ?? 0;

/** How far somebody has read; undefined of whom the room does not know. @param {any} document @param {string} user @returns {number | undefined} */
export const readBy = (document, user) => document?.people?.[user]?.read;

/** @param {any} document @returns {string} */
export const title = (document) => document?.chat?.info?.title ?? '';

/**
 * What somebody has not read yet. Those that the document has let go of count too, since nobody
 * can say more of them; mentions are found among those it keeps.
 *
 * @param {any} document @param {string} user @param {number} [read] how far they have read @returns {{messages: number, mentions: number}}
 */
export function unread(document, user, read = readBy(document, user)) {
  if (read === undefined) return { messages: 0, mentions: 0 };
  const all = lines(document);
  const fresh = all.filter(({ m }) => m.n > read && m.by !== user && !m.deleted);
  const first = newest(all)[0]?.m.n ?? count(document) + 1;
  const beyond = Math.max(0, first - 1 - read) - all.filter(({ m }) => m.n > read && m.n < first).length;
  return { messages: fresh.length + Math.max(0, beyond), mentions: fresh.filter(({ m }) => m.mentions?.[user]).length };
}

/** Whether a message goes under the heading of the one before it. @param {Message | undefined} before @param {Message} m */
export const together = (before, m) =>
  before !== undefined && before.by === m.by && !before.deleted && !m.deleted && before.thread === m.thread
  && sameDay(before.at, m.at) && Date.parse(m.at) - Date.parse(before.at) < TOGETHER_MILLIS;

/** @param {string} a an instant @param {string} b */
export const sameDay = (a, b) => new Date(a).toDateString() === new Date(b).toDateString();

/** Who has read as far as which message: users by its number. @param {any} document @param {(user: string) => boolean} shown @returns {Map<number, {id: string, name: string}[]>} */
export function readers(document, shown) {
  const found = new Map();
  for (const [id, { name, read }] of Object.entries(document?.people ?? {})) {
    if (!shown(id)) continue;
    if (!found.has(read)) found.set(read, []);
    found.get(read).push({ id, name });
  }
  return found;
}

/** What a room is called where it has no title. @param {string} room */
export const shortName = (room) => room.replace(/^chat:/, '');

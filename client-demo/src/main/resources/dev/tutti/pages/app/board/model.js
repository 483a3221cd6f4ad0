/**
 * What the page reads out of a board's document. Pure; remembered by identity, since the library
 * keeps every part that has not changed.
 *
 * @typedef {{text: string, done: boolean, rank: string}} Item
 * @typedef {{
 *   title: string, description?: string, column: string, rank: string, due?: string,
 *   labels?: Record<string, number>, assignees?: Record<string, string>,
 *   checklist?: Record<string, Item>, archived?: {at: string, by: string}, by?: string, at?: string,
 * }} Ticket
 * @typedef {{id: string, title: string, rank: string, limit?: number}} Column
 */

/** Order by rank, then id: as the server does, by plain `<`. @param {[string, {rank: string}]} a @param {[string, {rank: string}]} b */
export const byRank = ([a, x], [b, y]) => (x.rank < y.rank ? -1 : x.rank > y.rank ? 1 : a < b ? -1 : a > b ? 1 : 0);

/** @param {Record<string, any> | undefined} entities @returns {[string, any][]} */
export const ordered = (entities) => Object.entries(entities ?? {}).sort(byRank);

/** @template T @param {(part: any) => T} derive @returns {(part: any) => T} */
function remembered(derive) {
  const known = new WeakMap();
  const nothing = derive(undefined);
  return (part) => {
    if (part === undefined) return nothing;
    if (!known.has(part)) known.set(part, derive(part));
    return known.get(part);
  };
}

const columnsIn = remembered((columns) => ordered(columns).map(([id, column]) => ({ id, ...column })));

/** Ticket ids of each column, in order, without the archived. */
const lanesIn = remembered((tickets) => {
  /** @type {Map<string, string[]>} */
  const lanes = new Map();
  for (const [id, ticket] of ordered(tickets)) {
    if (ticket.archived) continue;
    const lane = lanes.get(ticket.column);
    if (lane) lane.push(id);
    else lanes.set(ticket.column, [id]);
  }
  return lanes;
});

/** With their ids: the same object as long as the comment is the same. @type {WeakMap<object, any>} */
const named = new WeakMap();

const commentsIn = remembered((comments) => {
  /** @type {Map<string, any[]>} */
  const byTicket = new Map();
  for (const [id, comment] of Object.entries(comments ?? {})) {
    if (!named.has(comment)) named.set(comment, { id, ...comment });
    const there = byTicket.get(comment.ticket);
    if (there) there.push(named.get(comment));
    else byTicket.set(comment.ticket, [named.get(comment)]);
  }
  for (const list of byTicket.values()) list.sort((a, b) => (a.at < b.at ? -1 : 1));
  return byTicket;
});

const labelsIn = remembered((tickets) => {
  /** @type {Map<string, number>} */
  const labels = new Map();
  for (const ticket of Object.values(tickets ?? {})) {
    for (const [name, hue] of Object.entries(ticket.labels ?? {})) labels.set(name, hue);
  }
  return new Map([...labels].sort(([a], [b]) => a.localeCompare(b)));
});

const namesIn = remembered((comments) => new Map(Object.values(comments ?? {}).map(({ by, name }) => [by, name])));
const assigneesIn = remembered((tickets) => new Map(Object.values(tickets ?? {}).flatMap(({ assignees }) => Object.entries(assignees ?? {}))));

/** Everyone this board knows: who wrote, who has a ticket, who is here. @param {any} document @param {Map<string, {id: string, name: string}>} here @returns {Map<string, string>} names by id */
export const known = (document, here) =>
  new Map([...namesIn(document?.comments), ...assigneesIn(document?.tickets), ...[...here].map(([id, { name }]) => /** @type {[string, string]} */ ([id, name]))]);

/** @param {any} document @returns {Column[]} */
export const columns = (document) => columnsIn(document?.columns);
/** @param {any} document @returns {Map<string, string[]>} */
export const lanes = (document) => lanesIn(document?.tickets);
/** @param {any} document @param {string} column @returns {string[]} */
export const lane = (document, column) => lanes(document).get(column) ?? [];
/** @param {any} document @param {string} ticket @returns {any[]} */
export const comments = (document, ticket) => commentsIn(document?.comments).get(ticket) ?? [];
/** @param {any} document @returns {Map<string, number>} */
export const labels = (document) => labelsIn(document?.tickets);
/** @param {any} document @returns {string} */
export const title = (document) => document?.board?.info?.title ?? '';
/** @param {any} document @param {string} id @returns {Ticket | undefined} */
export const ticket = (document, id) => document?.tickets?.[id];

/** Archived tickets, the latest first. @param {any} document @returns {[string, Ticket][]} */
export function archived(document) {
  /** @type {[string, Ticket][]} */
  const tickets = Object.entries(document?.tickets ?? {});
  return tickets
    .filter(([, ticket]) => ticket.archived)
    .sort(([, a], [, b]) => ((a.archived?.at ?? '') < (b.archived?.at ?? '') ? 1 : -1));
}

/** @param {Ticket} ticket */
export function progress({ checklist = {} }) {
  const items = Object.values(checklist);
  return { done: items.filter((item) => item.done).length, all: items.length };
}

/** Whether all words of a filter are in what a card shows. @param {Ticket} ticket @param {string} filter */
export function matches(ticket, filter) {
  if (filter === '') return true;
  const shown = [ticket.title, ticket.description, ...Object.keys(ticket.labels ?? {}), ...Object.values(ticket.assignees ?? {})];
  const text = shown.join(' ').toLocaleLowerCase();
  return filter.toLocaleLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/**
 * Where a thing would go: behind `after`, or first.
 *
 * @param {readonly string[]} others the lane without it @param {number} index
 * @returns {{after: string} | {first: true}}
 */
export const place = (others, index) => (index > 0 ? { after: others[index - 1] } : { first: true });

/**
 * The rank that a place has, for predictions.
 *
 * @param {[string, {rank: string}][]} others ordered, without the one that moves
 * @param {{after?: string, first?: boolean}} place
 * @param {(low: string, high: string) => string} between
 */
export function rankAt(others, { after, first }, between) {
  const found = others.findIndex(([id]) => id === after);
  const index = first ? 0 : found >= 0 ? found + 1 : others.length;
  return between(others[index - 1]?.[1].rank ?? '', others[index]?.[1].rank ?? '');
}


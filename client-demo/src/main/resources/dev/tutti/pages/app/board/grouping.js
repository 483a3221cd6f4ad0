import * as model from './model.js';

/**
 * Where tickets stand: in cells. Without grouping a cell is a column; grouped by label or person it is
 * a column's part of one swimlane. A ticket stands once: by its first label or name, as sorted.
 *
 * @typedef {'' | 'label' | 'person'} By
 * @typedef {{id: string, title: string, hue?: number, user?: string}} Group
 */

/** Groups without a label or a person come last, under this id. */
const NONE = '';
const WORDS = { label: 'No label', person: 'Nobody' };

/** Ids of columns have no spaces. @param {string} column @param {string} [group] */
export const cellOf = (column, group) => (group === undefined ? column : `${column} ${group}`);
/** @param {string} cell */
export const columnOf = (cell) => cell.split(' ', 1)[0];
/** The group's id; undefined without grouping. @param {string} cell */
export const groupOf = (cell) => (cell.includes(' ') ? cell.slice(cell.indexOf(' ') + 1) : undefined);

/** The group of a ticket, with what its head shows. @param {import('./model.js').Ticket} ticket @param {By} by @returns {Group} */
function group(ticket, by) {
  if (by === 'label') {
    const [label] = Object.keys(ticket.labels ?? {}).sort();
    return label === undefined ? { id: NONE, title: WORDS.label } : { id: label, title: label, hue: ticket.labels?.[label] };
  }
  const [first] = Object.entries(ticket.assignees ?? {}).sort(([, a], [, b]) => a.localeCompare(b));
  return first ? { id: first[0], title: first[1], user: first[0] } : { id: NONE, title: WORDS.person };
}

/**
 * The tickets of each cell that a filter lets through, in order, and the groups, in theirs.
 *
 * @param {any} document @param {By} by @param {string} filter
 * @returns {{groups: Group[], lanes: Map<string, string[]>}}
 */
export function cells(document, by, filter) {
  const all = model.lanes(document);
  if (by === '' && filter === '') return { groups: [], lanes: all };
  /** @type {Map<string, string[]>} */
  const lanes = new Map();
  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (const [column, lane] of all) {
    for (const id of lane) {
      const ticket = document.tickets[id];
      if (!model.matches(ticket, filter)) continue;
      const its = by === '' ? undefined : group(ticket, by);
      if (its) groups.set(its.id, its);
      const cell = cellOf(column, its?.id);
      const there = lanes.get(cell);
      if (there) there.push(id);
      else lanes.set(cell, [id]);
    }
  }
  const sorted = [...groups.values()].sort((a, b) => Number(a.id === NONE) - Number(b.id === NONE) || a.title.localeCompare(b.title));
  return { groups: sorted, lanes };
}

/**
 * What makes a ticket of one group one of another.
 *
 * @param {By} by @param {string} ticket @param {string | undefined} from @param {string | undefined} to @param {Group[]} groups
 * @returns {[string, Record<string, any>][]} commands
 */
export function regroup(by, ticket, from, to, groups) {
  if (by === '' || from === to) return [];
  const [take, put, key] = by === 'label' ? ['ticket.unlabel', 'ticket.label', 'label'] : ['ticket.unassign', 'ticket.assign', 'user'];
  const goal = groups.find(({ id }) => id === to);
  /** @type {[string, Record<string, any>][]} */
  const commands = [];
  if (from) commands.push([take, { ticket, [key]: from }]);
  if (to && goal) commands.push([put, { ticket, [key]: to, ...(by === 'label' ? { hue: goal.hue } : { name: goal.title }) }]);
  return commands;
}

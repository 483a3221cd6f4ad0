import { h } from '../dom.js';
import { comments } from './model.js';
import { nameFrom } from '../names.js';
import { avatar } from '../people.js';
import { ago, day, exactly } from '../times.js';

/**
 * What was done to one ticket, the latest first: by the events that changed it, and its comments.
 *
 * @param {any[]} events of this ticket @param {string} ticket @param {any} document
 * @param {(by: string) => string} nameOf
 */
export function activityOf(events, ticket, document, nameOf) {
  /** @type {{by: string, at: string, words: string | undefined, name?: string}[]} */
  const done = events.map(({ by, at, patch, name }) => ({ by, at, words: sentence({ name, patch }, ticket, document) }));
  for (const { by, at, edited, name } of comments(document, ticket)) {
    done.push({ by, at, words: 'commented', name });
    if (edited) done.push({ by, at: edited, words: 'edited a comment', name });
  }
  return done.filter(({ words }) => words).sort((a, b) => (a.at < b.at ? 1 : -1)).map((one) => line(one, one.name ?? nameOf(one.by)));
}

/** @param {{by: string, at: string, words?: string}} done @param {string} name */
function line({ by, at, words }, name) {
  return h('li', {}, avatar({ id: by, name }, 'small'), h('p', {}, h('b', {}, name), ` ${words}`, h('time', { datetime: at, title: exactly(at) }, ago(at))));
}

/**
 * Read from the patch rather than from the name, so that it holds for whatever changed the ticket.
 *
 * @param {{name: string, patch: any}} event @param {string} ticket @param {any} document
 * @returns {string | undefined}
 */
function sentence({ name, patch }, ticket, document) {
  const change = patch.tickets?.[ticket];
  if (change === undefined) return undefined;
  if (change === null) return 'deleted this';
  if (name.endsWith('.added') && change.title !== undefined && change.column !== undefined) return 'added this';
  if (change.archived !== undefined) return change.archived ? 'archived this' : 'restored this';
  if (change.column !== undefined) return `moved this to ${document.columns?.[change.column]?.title ?? 'a column that is gone'}`;
  if (change.title !== undefined) return 'changed the title';
  if (change.description !== undefined) return 'changed the description';
  if (change.due !== undefined) return change.due ? `set the due day to ${day(change.due)}` : 'took the due day off';
  if (change.labels) return memberSentence(change.labels, 'labelled this', 'took off the label', (key) => key);
  if (change.assignees) return memberSentence(change.assignees, 'assigned', 'unassigned', (key, value) => value ?? nameFrom(key));
  if (change.checklist) return checklistSentence(change.checklist, document.tickets?.[ticket]?.checklist ?? {});
  return change.rank === undefined ? undefined : 'moved this within its column';
}

/** @param {Record<string, any>} members @param {string} put @param {string} taken @param {(key: string, value: any) => string} word */
function memberSentence(members, put, taken, word) {
  const [[key, value]] = Object.entries(members);
  return `${value === null ? taken : put} ${word(key, value)}`;
}

/** @param {Record<string, any>} items as patched @param {Record<string, any>} now */
function checklistSentence(items, now) {
  const [[id, item]] = Object.entries(items);
  const text = item?.text ?? now[id]?.text;
  const what = text ? `“${text}”` : 'an item';
  if (item === null) return 'removed an item of the checklist';
  if (item.rank !== undefined && item.text === undefined) return `moved ${what} within the checklist`;
  if (item.rank !== undefined) return `added ${what} to the checklist`;
  if (item.text !== undefined) return `changed ${what} of the checklist`;
  return item.done ? `ticked ${what}` : `unticked ${what}`;
}

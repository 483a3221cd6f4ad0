import { h } from '../dom.js';
import { avatar, nameFrom } from '../people.js';
import { ago, exactly } from '../times.js';

/**
 * What events did to one ticket, the latest first.
 *
 * @param {any[]} events ascending @param {string} ticket @param {any} document
 * @param {Map<string, {id: string, name: string}>} people
 */
export function activityOf(events, ticket, document, people) {
  const lines = [];
  for (const event of events) {
    const words = sentence(event, ticket, document);
    if (words) lines.push(line(event, words, people));
  }
  return lines.reverse();
}

/** @param {any} event @param {string} words @param {Map<string, {id: string, name: string}>} people */
function line({ by, at }, words, people) {
  const user = people.get(by) ?? { id: by, name: nameFrom(by) };
  return h('li', {}, avatar(user, 'small'), h('p', {}, h('b', {}, user.name), ` ${words} `, h('time', { datetime: at, title: exactly(at) }, ago(at))));
}

/**
 * Read from the patch rather than from the name, so that it holds for whatever changed the ticket.
 *
 * @param {any} event @param {string} ticket @param {any} document
 */
function sentence({ name, patch }, ticket, document) {
  const change = patch.tickets?.[ticket];
  if (change === undefined) return commentSentence(patch.comments, ticket, document);
  if (change === null) return 'deleted this';
  if (name.endsWith('.added') && change.title !== undefined && change.column !== undefined) return 'added this';
  if (change.archived !== undefined) return change.archived ? 'archived this' : 'restored this';
  if (change.column !== undefined) return `moved this to ${document.columns?.[change.column]?.title ?? 'a column that is gone'}`;
  if (change.title !== undefined) return 'changed the title';
  if (change.description !== undefined) return 'changed the description';
  if (change.due !== undefined) return change.due ? `set the due day to ${change.due}` : 'took the due day off';
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
  if (item.rank !== undefined) return `added ${what} to the checklist`;
  if (item.text !== undefined) return `changed ${what} of the checklist`;
  return item.done ? `ticked ${what}` : `unticked ${what}`;
}

/** @param {any} comments @param {string} ticket @param {any} document */
function commentSentence(comments, ticket, document) {
  for (const [id, comment] of Object.entries(comments ?? {})) {
    if (comment?.ticket === ticket) return 'commented';
    if (document.comments?.[id]?.ticket === ticket) return 'edited a comment';
  }
  return undefined;
}

import { readBy } from './model.js';
import { recall, remember } from '../kept.js';

const KEY = 'tutti.chat.quiet';
/** @param {string} room */
const keptIn = (room) => `tutti.chat.read.${room}`;

/** Whether the rooms are told how far this person has read; if not, this browser alone knows. */
export const areTold = () => recall(KEY) !== 'on';

/** @returns {string} what became of it, for a person */
export function toggle() {
  const told = !areTold();
  remember(KEY, told ? '' : 'on');
  return told
    ? 'Others see again how far you have read.'
    : 'Others do not see how far you read from now on, unless you write. Unread counts are this browser’s own.';
}

/** How far this person has read, as far as this page knows. @param {any} document @param {string} room @param {string} user @returns {number | undefined} */
export function readUpTo(document, room, user) {
  const said = readBy(document, user);
  const kept = areTold() ? undefined : recall(keptIn(room));
  return kept === undefined ? said : Math.max(said ?? 0, Number(kept));
}

/** @param {string} room @param {number} upto */
export const keep = (room, upto) => remember(keptIn(room), String(upto));

import { attribute, h } from '../dom.js';
import { avatar, hueOf } from '../people.js';
import { exactly } from '../times.js';
import { formatted } from './markdown.js';
import { sameDay, together } from './model.js';

/** @typedef {import('./model.js').Line} Line */

const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const far = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
const DAY = 86_400_000;
/** Faces that are shown of those who have read so far. */
const FACES = 4;

/** @param {string} at an instant */
export const timeOf = (at) => clock.format(new Date(at));

/** The same without the half of the day, which the heading has: narrow enough for the margin. @param {string} at */
const brief = (at) => clock.formatToParts(new Date(at)).filter(({ type }) => type !== 'dayPeriod').map(({ value }) => value).join('').trim();

/** @param {string} at an instant @param {number} now milliseconds since 1970 */
export function dayOf(at, now = Date.now()) {
  if (sameDay(at, new Date(now).toISOString())) return 'Today';
  const today = new Date(now);
  if (sameDay(at, new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1).toISOString())) return 'Yesterday';
  return (now - Date.parse(at) < 180 * DAY ? weekday : far).format(new Date(at));
}

/**
 * What a row depends on beside its message.
 *
 * @typedef {{
 *   me: string, pending: boolean, fresh: boolean, quoted?: Line | 'gone',
 *   seen: {id: string, name: string}[], formats: boolean, inThread: boolean,
 * }} About
 */

/** @param {Line} line @param {Line | undefined} before @param {About} about */
export const keyOf = (line, before, about) => [
  before === undefined ? 'first' : together(before.m, line.m), before && sameDay(before.m.at, line.m.at), about.pending, about.fresh, about.formats,
  about.seen.map(({ id }) => id).join(), about.quoted === 'gone' ? 'gone' : `${about.quoted?.m.text} ${about.quoted?.m.name}`, dayOf(line.m.at),
].join('\n');

/** Fills a row. @param {HTMLElement} element @param {Line} line @param {Line | undefined} before @param {About} about */
export function draw(element, line, before, about) {
  const { id, m } = line;
  const gone = Boolean(m.deleted);
  const first = about.fresh || !before || !together(before.m, m);
  attribute(element, 'data-message', id);
  attribute(element, 'tabindex', '-1');
  element.className = ['line', first && 'first', about.pending && 'pending', gone && 'gone', m.mentions?.[about.me] && !gone && 'for-me', m.pinned && 'pinned'].filter(Boolean).join(' ');
  // What hangs on a row that is pointed at stays where it is, and so does the focus in it.
  const tools = gone ? null : element.querySelector(':scope > .tools-of-line');
  for (const child of [...element.children]) if (child !== tools) child.remove();
  element.prepend(...[
    (!before || !sameDay(before.m.at, m.at)) && !about.inThread && h('div', { class: 'day', role: 'separator' }, h('span', {}, dayOf(m.at))),
    about.fresh && h('div', { class: 'day fresh', role: 'separator' }, h('span', {}, 'New')),
    h('article', { 'aria-label': `${m.name}, ${timeOf(m.at)}` },
      first ? avatar({ id: m.by, name: m.name }) : h('time', { class: 'when', datetime: m.at, title: exactly(m.at) }, brief(m.at)),
      h('div', { class: 'body' },
        first && h('div', { class: 'who' }, h('b', { class: 'name', hue: hueOf(m.by) }, m.name), h('time', { datetime: m.at, title: exactly(m.at) }, timeOf(m.at)), m.pinned && h('span', { class: 'tag' }, 'pinned')),
        about.quoted && quote(about.quoted),
        gone ? h('p', { class: 'tombstone' }, 'This message was deleted.') : text(m, about),
        !gone && reactions(m, about.me),
        !about.inThread && (m.replies ?? 0) > 0 && h('button', { type: 'button', class: 'replies', 'data-act': 'thread' }, m.replies === 1 ? '1 reply' : `${m.replies} replies`)),
      about.seen.length > 0 && seenBy(about.seen)),
  ].filter((child) => child !== false));
}

/** @param {import('./model.js').Message} m @param {About} about */
function text(m, about) {
  const body = h('div', { class: 'text' }, formatted(m.text ?? '', m.mentions ?? {}, about.me));
  if (m.edited) (body.lastElementChild?.tagName === 'P' ? body.lastElementChild : body).append(' ', h('span', { class: 'edited', title: `Edited ${exactly(m.edited)}` }, '(edited)'));
  return body;
}

/** @param {Line | 'gone'} line */
function quote(line) {
  const words = line === 'gone' ? 'an earlier message' : line.m.deleted ? 'a deleted message' : (line.m.text ?? '').replace(/\s+/g, ' ').slice(0, 90);
  return h('button', { type: 'button', class: 'quote', 'data-act': 'thread' }, line !== 'gone' && h('b', {}, line.m.name), ' ', words);
}

/** @param {import('./model.js').Message} m @param {string} me */
function reactions(m, me) {
  const all = Object.entries(m.reactions ?? {});
  if (all.length === 0) return false;
  return h('div', { class: 'reactions' }, ...all.map(([emoji, users]) => {
    const names = Object.values(users).join(', ');
    const count = Object.keys(users).length;
    return h('button', { type: 'button', class: 'reaction', 'data-act': `react:${emoji}`, 'aria-pressed': String(me in users), title: names, 'aria-label': `${emoji} ${count}: ${names}` }, h('span', {}, emoji), String(count));
  }));
}

/** @param {{id: string, name: string}[]} people */
function seenBy(people) {
  const names = people.map(({ name }) => name).join(', ');
  const shown = people.slice(0, FACES).map((user) => h('i', { class: 'face', hue: hueOf(user.id) }));
  return h('span', { class: 'seen', role: 'img', 'aria-label': `Read by ${names}`, title: `Read by ${names}` }, ...shown, people.length > FACES && `+${people.length - FACES}`);
}

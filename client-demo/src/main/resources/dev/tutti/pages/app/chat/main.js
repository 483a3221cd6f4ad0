import { connect } from '../../tutti.js';
import { Conversation } from './conversation.js';
import { markdown } from './markdown.js';
import * as model from './model.js';
import { Notify } from './notify.js';
import { predictions } from './predictions.js';
import * as receipts from './receipts.js';
import { RoomList } from './rooms.js';
import { serverClock } from './server-clock.js';
import { Thread } from './thread.js';
import { attribute, h, write } from '../dom.js';
import { recall, remember } from '../kept.js';
import { eachDay } from '../midnight.js';
import { changeName } from '../my-name.js';
import { peopleOf, showMe, showPeople, whoIAm } from '../people.js';
import { Renewal } from '../renewal.js';
import { ask, menu, sheet, sheetHead } from '../sheet.js';
import { StatusPill } from '../status.js';
import { themeSwitch } from '../theme.js';
import { Toasts } from '../toast.js';

/** Skeletons come only when loading takes this long, in milliseconds. */
const LOADING_MILLIS = 200;
const FIRST = 'general';
const LAST = 'tutti.chat.last';

/** @param {string} id @returns {any} */
const at = (id) => document.getElementById(id);

const developing = new URLSearchParams(location.search).has('devtools');
const connection = connect('/v1/ws', { ...whoIAm(), client: 'tutti chat' });
/** What is said before the developer's view is there to hear it. @type {any[]} */
const early = [];
const heardEnough = developing ? connection.on('traffic', (traffic) => early.push(traffic)) : () => {};
const me = () => connection.user ?? { id: 'me', name: 'Me' };
const predicted = predictions(me);
const roomOf = (/** @type {string} */ name) => connection.room(`chat:${name}`, { predictions: predicted });
const serverNow = serverClock(connection);
const toasts = new Toasts();
const notify = new Notify();

/** @type {Conversation | undefined} */
let talk;
/** @type {Thread | undefined} */
let thread;
/** @type {StatusPill | undefined} */
let pill;
/** @type {import('../devtools/panel.js').Panel | undefined} */
let panel;
let unread = { messages: 0, mentions: 0 };

const list = new RoomList(at('rooms'), connection, roomOf, {
  open: (name) => open(name),
  counted: (messages, mentions) => {
    unread = { messages, mentions };
    heading();
  },
  heard,
  say: (words) => toasts.say(words),
});

/** The room that an address names; the last one where it names none. */
function named() {
  const [, name] = location.pathname.split('/').filter(Boolean);
  return name ? decodeURIComponent(name) : recall(LAST) ?? FIRST;
}

/** @param {string} name @param {boolean} [asked] by the address, which is right already */
function open(name, asked = false) {
  show('talk');
  if (talk?.room.name === `chat:${name}`) return;
  closeThread();
  talk?.close();
  remember(LAST, name);
  if (!asked) history.pushState(null, '', `/chat/${encodeURIComponent(name)}${location.search}`);
  message(undefined);
  const room = roomOf(name);
  list.add(name);
  list.current = name;
  talk = new Conversation(connection, room, { say: (words, action) => toasts.say(words, action), thread: openThread, inThread: () => thread !== undefined, drawn, read: () => list.draw(), serverNow });
  if (pill) pill.turn(room);
  else pill = new StatusPill(at('status'), connection, room);
  panel?.turn(room);
  room.ready.catch((refusal) => talk?.room === room && message({
    title: refusal.code === 'forbidden' ? 'This room is not open to you' : 'This room cannot be shown', words: refusal.message,
  }));
  setTimeout(() => document.body.classList.toggle('loading', room.document === undefined && !room.refusal), LOADING_MILLIS);
  room.ready.finally(() => document.body.classList.remove('loading')).catch(() => {});
  list.draw();
  heading();
  if (matchMedia('(pointer: fine)').matches) talk.composer.field.focus();
}

/** @param {string} root */
function openThread(root) {
  if (!talk) return;
  thread?.close();
  thread = new Thread(at('thread'), talk, root, closeThread);
  show('thread');
}

function closeThread() {
  thread?.close();
  thread = undefined;
  show('talk');
}

function drawn() {
  thread?.draw();
  heading();
  people();
}

function heading() {
  if (!talk) return;
  const { document: doc, name, role } = talk.room;
  const title = model.title(doc) || model.shortName(name);
  if (document.activeElement !== at('title')) at('title').value = title;
  attribute(at('title'), 'size', Math.max(4, Math.min(40, title.length)));
  attribute(at('title'), 'readonly', role === 'viewer');
  write(at('topic'), doc?.chat?.info?.topic ?? '');
  at('topic').hidden = !doc?.chat?.info?.topic;
  const slow = doc?.chat?.info?.slow;
  write(at('slow'), slow ? `Slow mode: a message every ${slow} s` : '');
  const pins = model.lines(doc).filter(({ m }) => m.pinned).length;
  at('pins').hidden = pins === 0;
  attribute(at('pins'), 'aria-label', pins === 1 ? '1 pinned message' : `${pins} pinned messages`);
  const count = unread.mentions || unread.messages;
  document.title = `${count > 0 ? `(${count}) ` : ''}${title} · tutti`;
}

function people() {
  const { user } = connection;
  if (user) showMe(at('me'), user);
  if (talk) showPeople(at('people'), peopleOf(talk.room.members), user?.id);
}

/** @param {{title: string, words: string, action?: HTMLElement} | undefined} what */
function message(what) {
  at('message').hidden = !what;
  at('talk').classList.toggle('closed', Boolean(what));
  if (what) at('message').replaceChildren(h('h2', {}, what.title), h('p', {}, what.words), what.action ?? '');
}

/** What a phone shows: one of these at a time. @param {'rooms' | 'talk' | 'thread'} pane */
const show = (pane) => attribute(document.body, 'data-pane', pane);

/** @param {string} name @param {any} event */
function heard(name, { name: happened, by, patch }) {
  if (happened !== 'message.posted' || by === me().id) return;
  const room = roomOf(name);
  for (const [id, m] of Object.entries(patch.messages ?? {})) {
    if (!m?.text || m.by !== by) continue;
    const mine = m.thread && room.document?.messages?.[m.thread]?.by === me().id;
    if (m.mentions?.[me().id] || mine) notify.tell(`${m.name} in ${model.title(room.document) || name}`, m.text, id, () => (open(name), talk?.show(id)));
  }
}

function showPins() {
  if (!talk) return;
  const dialog = sheet('Pinned messages');
  const lines = model.lines(talk.room.document).filter(({ m }) => m.pinned);
  const go = (/** @type {model.Line} */ { m }) => (dialog.close(), void talk?.showNumber(m.n));
  dialog.append(sheetHead('Pinned messages', dialog), h('ul', { class: 'pinboard' }, ...lines.map((line) =>
    h('li', {}, h('button', { type: 'button', on: { click: () => go(line) } }, h('b', {}, line.m.name), h('span', {}, (line.m.text ?? '').slice(0, 200)))))));
  dialog.addEventListener('close', () => dialog.remove());
  dialog.showModal();
}

async function setTopic() {
  const field = h('input', { class: 'field', maxlength: '500', value: at('topic').textContent ?? '', 'aria-label': 'Topic', autocomplete: 'off' });
  const topic = (await ask({ title: 'What is this room about?', action: 'Save', field }))?.trim();
  if (topic !== undefined) void talk?.send('chat.topic', topic === '' ? {} : { topic });
}

async function setSlow() {
  const field = h('select', { class: 'field', 'aria-label': 'Slow mode' }, ...[[0, 'Off'], [5, '5 seconds'], [30, '30 seconds'], [60, 'A minute'], [300, 'Five minutes']]
    .map(([seconds, words]) => h('option', { value: seconds, selected: seconds === (talk?.room.document?.chat?.info?.slow ?? 0) }, String(words))));
  const seconds = await ask({ title: 'Slow mode', words: 'How long everyone but owners waits between two messages.', action: 'Save', field });
  if (seconds !== undefined) void talk?.send('chat.slow', seconds === '0' ? {} : { seconds: Number(seconds) });
}

function showKeys() {
  const dialog = sheet('Keyboard map');
  const keys = [['Enter', 'Send'], ['Shift Enter', 'A new line'], ['↑', 'Edit my last message, from an empty field'], ['@', 'Mention somebody'], ['Alt ↑', 'The room above'], ['Alt ↓', 'The room below'],
    ['↑ ↓', 'From message to message, once one is focused'], ['r', 'Reply to the focused message'], ['+', 'React to it'], ['m', 'Its menu'], ['Esc', 'To the latest message; close a thread'], ['?', 'This map']];
  dialog.append(sheetHead('Keyboard map', dialog), h('dl', { class: 'keys' }, ...keys.flatMap(([combination, words]) => [h('dt', {}, ...combination.split(' ').map((key) => h('kbd', {}, key))), h('dd', {}, words)])));
  dialog.addEventListener('close', () => dialog.remove());
  dialog.showModal();
}

function toldOrNot() {
  toasts.say(receipts.toggle());
  talk?.redraw();
  list.draw();
}

at('more').addEventListener('click', () => menu(at('more'), [
  { label: 'Set the topic…', disabled: talk?.room.role === 'viewer', run: () => void setTopic() },
  { label: 'Slow mode…', disabled: talk?.room.role !== 'owner', run: () => void setSlow() },
  { label: notify.on ? 'Stop notifying me' : 'Notify me of mentions', run: () => void notify.toggle().then((words) => toasts.say(words)) },
  { label: receipts.areTold() ? 'Stop telling others what I have read' : 'Tell others what I have read', run: () => toldOrNot() },
  'line',
  ...Object.entries(talk?.room.document?.muted ?? {}).map(([user]) => ({ label: `Let ${talk?.room.document?.people?.[user]?.name ?? user} speak again`, disabled: talk?.room.role !== 'owner', run: () => void talk?.send('member.unmute', { user }) })),
  { label: 'Keyboard map', run: showKeys },
  { label: 'All rooms and boards', run: () => location.assign('/') },
]));
at('pins').addEventListener('click', showPins);
at('me').addEventListener('click', () => void changeName(connection, toasts, 'write'));
at('new').addEventListener('click', () => void list.create());
at('to-rooms').addEventListener('click', () => show('rooms'));
themeSwitch(at('theme'));

at('title').addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
  if (event.isComposing) return;
  if (event.key === 'Escape') at('title').value = model.title(talk?.room.document);
  if (event.key === 'Enter' || event.key === 'Escape') at('title').blur();
});
at('title').addEventListener('blur', () => {
  const title = at('title').value.trim();
  if (talk && title !== '' && title !== model.title(talk.room.document) && `chat:${title}` !== talk.room.name) void talk.send('chat.rename', { title });
  heading();
});

addEventListener('keydown', (event) => {
  if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
    event.preventDefault();
    return list.next(event.key === 'ArrowUp' ? -1 : 1);
  }
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest('dialog, .menu')) return;
  const writing = target.closest('input, textarea, select');
  if (event.key === 'Escape' && !event.defaultPrevented) {
    talk?.toEnd();
    talk?.composer.field.focus();
  } else if (writing) return;
  else if (event.key === '?') showKeys();
  else if (event.key.length === 1 && event.key !== ' ' && !target.closest('.line, button, a')) talk?.composer.field.focus();
});
addEventListener('popstate', () => open(named(), true));

connection.on('welcome', () => {
  people();
  void list.load();
});
connection.on('status', ({ state, reason }) => {
  if (talk?.room.document !== undefined || (state !== 'offline' && state !== 'closed')) return;
  message({ title: state === 'closed' ? 'You are not let in' : 'The server cannot be reached', words: reason || 'The page keeps trying, and will show the room as soon as it answers.',
    action: h('button', { class: 'button', type: 'button', on: { click: () => connection.tryNow() } }, 'Try now') });
});
connection.on('status', ({ state }) => state === 'saved' && talk?.room.document !== undefined && message(undefined));

/** Where one reads or writes to somebody, a reload by itself would lead away. */
const engaged = () => thread !== undefined || talk?.composer.editing !== undefined || talk?.timeline.atEnd === false;
new Renewal(connection, engaged);

open(named(), true);
eachDay(() => talk?.redraw(), connection.around);
markdown.get().then(() => {
  if (!talk) return;
  talk.formats = true; // Everything that was drawn as plain text is drawn again.
  if (talk.room.document !== undefined) talk.redraw();
}, () => {});
if (developing) {
  void import('../devtools/panel.js').then(({ Panel }) => {
    heardEnough();
    if (talk) panel = new Panel(connection, talk.room, early);
  });
}

import { columnActions } from './columns.js';
import { Cursors } from './cursors.js';
import { Drafts } from './drafts.js';
import { h } from '../dom.js';
import { Drag } from './drag.js';
import { intoSight } from '../flip.js';
import { Frames } from '../frames.js';
import { Header, announce, message } from './header.js';
import { connection, developing, me, name, refusedSoFar, room, saidSoFar } from './joined.js';
import { Keyboard } from './keyboard.js';
import { columnOf, groupOf, regroup } from './grouping.js';
import { liftOf, placeOf, withLift } from './lift.js';
import { mentions } from './mentions.js';
import { eachDay } from '../midnight.js';
import * as model from './model.js';
import { changeName } from '../my-name.js';
import { recall, remember } from '../kept.js';
import { Later } from '../later.js';
import { busyTickets, peopleOf, personOf } from '../people.js';
import { Names } from '../names.js';
import { Refusals, wordsOf } from './refusals.js';
import { Toasts } from '../toast.js';
import { Renewal } from '../renewal.js';
import { Undo } from './undo.js';
import { BoardView } from './view.js';
import { menu } from '../sheet.js';

/** Skeletons come only when loading takes this long, in milliseconds. */
const LOADING_MILLIS = 200;

const toasts = new Toasts();

const undo = new Undo(room, toasts, connection);
const names = new Names();
const drafts = new Drafts(room.name);

/** @type {import('./send.js').Send} */
const send = (command, args, expect) => {
  const answer = room.send(/** @type {any} */ (command), args, { expect });
  undo.sent(command, answer);
  return answer;
};

const strip = /** @type {HTMLElement} */ (document.getElementById('board'));
const columns = columnActions(room, send, () => view);
const view = new BoardView(strip, columns);
view.by = /** @type {any} */ (recall(`tutti.group.${name}`) ?? '');
const archive = new Later(async () => new (await import('./archive.js')).Archive(room, send));
const keymap = new Later(() => import('./keymap.js'));
const sheet = new Later(async () => new (await import('./ticket-sheet.js')).TicketSheet(room, {
  me, send, drafts,
  people: () => peopleOf(room.members),
  nameOf: (by) => names.of(by, model.known(room.document, peopleOf(room.members))),
  opened: (ticket) => room.setPresence({ editing: view.readOnly ? null : ticket }), // Who may only look edits nothing.
}));

/** A dialog that cannot be fetched says so. @template T @param {Later<T>} dialog @param {(it: T) => void} use */
const within = (dialog, use) => dialog.get().then(use, () => toasts.say('This part of the page could not be fetched. Try again when you are back online.'));
const showArchive = () => void within(archive, (it) => it.open());
const showKeys = () => void within(keymap, (it) => it.showKeys());
const showTicket = (/** @type {string} */ ticket) => void within(sheet, (it) => it.open(ticket));
const header = new Header(connection, room, {
  send,
  filter: (text) => {
    view.filter = text;
    draw();
  },
  archive: showArchive,
  keys: showKeys,
  myName: () => void changeName(connection, toasts, 'do'),
  more: (button) => menu(button, [
    .../** @type {import('../sheet.js').Item[]} */ (view.readOnly ? [] : [{ label: 'Undo', run: () => undo.undo() }, { label: 'Redo', run: () => undo.redo() }, 'line']),
    { label: 'Columns only', checked: view.by === '', run: () => groupBy('') },
    { label: 'Group by label', checked: view.by === 'label', run: () => groupBy('label') },
    { label: 'Group by person', checked: view.by === 'person', run: () => groupBy('person') },
    'line',
    { label: 'Archive', run: showArchive },
    { label: 'Print…', run: () => print() },
    { label: 'Export as a file', run: () => void download() },
    'line',
    { label: 'Keyboard map', run: showKeys },
    { label: 'All boards', run: () => location.assign('/') },
  ]),
});

async function download() {
  const { saveExport } = await import('../export.js');
  await saveExport(name, model.title(room.document) || name).catch((error) => toasts.say(`It was not exported. ${error.message}`));
}

const addColumn = h('button', { class: 'button quiet add-column', type: 'button', on: { click: () => void columns.create() } }, '+ Add a column');

const frames = new Frames(() => draw());

/** @param {Map<HTMLElement, DOMRect>} [from] */
function draw(from) {
  if (room.document === undefined || room.refusal) return;
  const empty = model.columns(room.document).length === 0;
  view.readOnly = room.role === 'viewer';
  document.body.classList.toggle('read-only', view.readOnly);
  view.draw(room.document, from);
  if (message(empty ? (view.readOnly ? nothingYet : starting) : nothingFound())) view.draw(); // What is hidden has no size.
  if (!addColumn.isConnected) strip.append(addColumn); // Not before: a strip that snaps would stay at it.
  header.draw();
  sheet.here?.draw();
  archive.here?.draw();
}

const starter = h('button', { class: 'button primary', type: 'button', on: { click: () => {
  for (const title of ['To do', 'Doing', 'Done']) send('column.add', { column: title.toLowerCase().replace(' ', '-'), title });
} } }, 'Add three columns');

const starting = { title: 'An empty board', words: 'Columns hold the tickets. Start with three, and change them as you like.', action: starter };
const nothingYet = { title: 'An empty board', words: 'Nobody has put anything here yet. What others add shows at once.' };
const showAll = h('button', { class: 'button', type: 'button', on: { click: () => header.clearFilter() } }, 'Show all tickets');

/** A filter that lets nothing through says so; what is left of a board would look as if it were empty. */
function nothingFound() {
  if (view.filter === '' || [...view.base.values()].some((lane) => lane.length > 0)) return undefined;
  return { title: 'Nothing matches', words: `No ticket on the board has the words “${view.filter}”. Archived ones are searched in the archive.`, action: showAll };
}

const lanes = () => view.base;

/** @param {import('./grouping.js').By} by */
function groupBy(by) {
  view.by = by;
  remember(`tutti.group.${name}`, by);
  draw();
}

/** @type {import('./drag.js').DragActions['dropped']} */
const dropped = (lift) => {
  view.lift = undefined;
  const { ticket } = lift;
  const shown = withLift(lanes(), lift);
  const from = groupOf(liftOf(lanes(), ticket, 'pointer')?.column ?? '');
  for (const [command, args] of regroup(view.by, ticket, from, groupOf(lift.column), view.groups)) void send(command, args);
  if ((shown.get(lift.column) ?? []).join() !== (lanes().get(lift.column) ?? []).join()) {
    void send('ticket.move', { ticket, column: columnOf(lift.column), ...placeOf(shown, lift) });
  }
  room.setPresence({ dragging: null });
};

/** @type {import('./drag.js').DragActions['putBack']} */
const putBack = () => {
  view.lift = undefined;
  room.setPresence({ dragging: null });
};

/** @type {import('./drag.js').DragActions['landed']} */
const landed = (lift, from) => {
  const card = view.cards.get(lift.ticket);
  if (card) intoSight(card.element);
  draw(card && from && new Map([[card.element, from]]));
};

new Cursors(room, strip, { session: () => connection.session, userOf: (session) => personOf(room.members, session) });
const carrying = { board: lanes, lifted: (/** @type {string} */ ticket) => room.setPresence({ dragging: ticket }), dropped, putBack, landed };
new Drag(view, carrying);
new Keyboard(view, { ...carrying, say: announce });

strip.addEventListener('click', (event) => {
  const ticket = /** @type {HTMLElement} */ (event.target).closest('.card')?.getAttribute('data-ticket');
  if (ticket && !view.lift) showTicket(ticket);
});

addEventListener('keydown', (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input, textarea, select, dialog')) return;
  if (event.key === '?') showKeys();
  else if (event.key === '/') header.filter.focus();
  else if (event.key === 'g') groupBy(view.by === '' ? 'label' : view.by === 'label' ? 'person' : '');
  else if (event.key === 'n') /** @type {HTMLElement | null} */ ((target.closest('.column') ?? strip).querySelector('.quick'))?.focus();
  else return;
  event.preventDefault();
});

room.on('change', ({ events }) => {
  const others = /** @type {any[]} */ (events).filter(({ by }) => by !== me().id);
  for (const { by, patch } of others) {
    for (const [ticket, change] of Object.entries(patch.tickets ?? {})) if (change !== null) view.touch(ticket, by);
  }
  if (others.length > 0) frames.now();
  else frames.soon();
});
room.on('event', ({ by, patch }) => {
  if (by === me().id) return;
  for (const comment of Object.values(patch.comments ?? {})) if (comment?.text && mentions(comment.text, me())) mentioned(comment);
});

/** @param {{name: string, ticket: string}} comment */
function mentioned({ name, ticket }) {
  const title = model.ticket(room.document, ticket)?.title;
  if (title && sheet.here?.id !== ticket) toasts.say(`${name} mentioned you in “${title}”.`, { label: 'Open', run: () => showTicket(ticket) });
}

function met() {
  view.busy = busyTickets(room.members, connection.session);
  header.people();
  names.meet(peopleOf(room.members).values());
  frames.soon();
}

/** Where a command's words were typed they stand again. @param {import('../../tutti/types.js').Order} order */
function giveBack({ name, args }) {
  const words = wordsOf(args);
  if (view.readOnly || words === undefined) return false;
  if (name === 'ticket.add') return view.columns.get(args.column)?.giveBack(words) ?? false;
  const field = /** @type {Record<string, string>} */ ({ 'comment.add': 'comment', 'ticket.check.add': 'item', 'ticket.label': 'label' })[name];
  if (!field || !model.ticket(room.document, args.ticket) || !drafts.giveBack(args.ticket, field, words)) return false;
  sheet.here?.returned(args.ticket);
  return true;
}

const refusals = new Refusals(toasts, send, giveBack);
const refused = (/** @type {any} */ one) => void (room.refusal || refusals.told(one));

/** @param {import('../../tutti.js').Refusal} refusal */
const closed = (refusal) => message({
  title: refusal.code === 'forbidden' ? 'This board is not open to you' : 'This board cannot be shown',
  words: refusal.message,
  action: h('a', { class: 'button', href: '/' }, 'All boards'),
});

/** @param {import('../../tutti/types.js').Status} status */
function reached({ state, reason }) {
  if (room.document === undefined && state === 'offline') {
    message({ title: 'The server cannot be reached', words: reason || 'The page keeps trying, and will show the board as soon as it answers.',
      action: h('button', { class: 'button', type: 'button', on: { click: () => connection.tryNow() } }, 'Try now') });
  }
}

room.on('members', met);
room.on('refused', refused);
room.on('role', () => frames.soon());
room.on('closed', closed);
connection.on('welcome', () => header.people());
connection.on('status', reached);
// What has come before this module has.
met();
reached(connection.status);
refusedSoFar().forEach(refused);
if (room.refusal) closed(room.refusal);
setTimeout(() => document.body.classList.toggle('loading', room.document === undefined && !room.refusal), LOADING_MILLIS);
room.ready.finally(() => document.body.classList.remove('loading')).catch(() => {});
new Renewal(connection, () => view.lift !== undefined || view.filter !== '');
eachDay(() => frames.soon(), connection.around);
if (developing) void import('../devtools/panel.js').then(({ Panel }) => new Panel(connection, room, saidSoFar()));
room.ready.then(() => [sheet, archive, keymap].forEach((dialog) => dialog.whenIdle()), () => {});

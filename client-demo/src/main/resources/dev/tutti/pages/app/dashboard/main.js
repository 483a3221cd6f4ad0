import { connect } from '../../tutti.js';
import { Undo } from '../board/undo.js';
import { h } from '../dom.js';
import { Later } from '../later.js';
import { changeName } from '../my-name.js';
import { personOf, whoIAm } from '../people.js';
import { Renewal } from '../renewal.js';
import { menu } from '../sheet.js';
import { Toasts } from '../toast.js';
import { Cursors } from './cursors.js';
import { Grid } from './grid.js';
import { Header, announce, message } from './header.js';
import { Kiosk } from './kiosk.js';
import * as model from './model.js';
import { predictions } from './predictions.js';

/** Skeletons come only when loading takes this long, in milliseconds. */
const LOADING_MILLIS = 200;
const SECOND = 1_000;

const [, , name] = location.pathname.split('/');
const list = new Later(() => import('./list.js'));
if (name) open(decodeURIComponent(name));
else {
  void list.get().then(({ showList }) => showList(/** @type {HTMLElement} */ (document.getElementById('message'))));
  new Renewal(undefined);
}

/** @param {string} name */
function open(name) {
  const connection = connect('/v1/ws', { ...whoIAm(), client: 'tutti dashboard' });
  const room = connection.room(`dashboard:${name}`, { predictions });
  const toasts = new Toasts();
  const undo = new Undo(room, toasts, connection);
  const element = /** @type {HTMLElement} */ (document.getElementById('grid'));
  const mayEdit = () => room.role !== 'viewer';

  /** @param {string} command @param {Record<string, any>} args */
  const send = (command, args) => {
    const answer = room.send(command, args);
    undo.sent(command, answer);
    return answer;
  };

  const grid = new Grid(element, {
    mayEdit,
    moved: (widget, way, { x, y, w, h: high }) => void (way === 'move' ? send('widget.move', { widget, x, y }) : send('widget.resize', { widget, w, h: high })),
    holding: (widget) => room.setPresence({ holding: widget }),
    say: announce,
    title: (id) => room.document?.widgets?.[id]?.title ?? '',
  });
  const widgetSheet = new Later(async () => new (await import('./widget-sheet.js')).WidgetSheet(room.name, send, (holding) => room.setPresence({ holding })));
  const keymap = new Later(() => import('./keymap.js'));

  /** @template T @param {Later<T>} dialog @param {(it: T) => void} use */
  const within = (dialog, use) => void dialog.get().then(use, () => toasts.say('This part of the page could not be fetched. Try again when you are back online.'));
  const add = () => within(widgetSheet, (it) => it.add());
  const showKeys = () => within(keymap, (it) => it.showKeys());
  const edit = (/** @type {string} */ id) => within(widgetSheet, (it) => room.document.widgets?.[id] && it.edit(id, room.document.widgets[id]));
  const remove = (/** @type {string} */ id) => void send('widget.remove', { widget: id });

  const kiosk = new Kiosk(connection, room, /** @type {HTMLElement} */ (document.getElementById('kiosk')), () => grid.restyle());
  const header = new Header(connection, room, {
    rename: (title) => void send('dashboard.rename', { title }),
    add,
    keys: showKeys,
    myName: () => void changeName(connection, toasts, 'do'),
    more: (button) => menu(button, [
      { label: 'Add a widget', run: add, disabled: !mayEdit() },
      'line',
      { label: 'Undo', run: () => undo.undo(), disabled: !mayEdit() },
      { label: 'Redo', run: () => undo.redo(), disabled: !mayEdit() },
      'line',
      { label: 'Full screen', run: () => kiosk.toggle() },
      { label: 'Keyboard map', run: showKeys },
      { label: 'All dashboards', run: () => location.assign('/dashboard') },
    ]),
  });

  const starter = h('button', { class: 'button primary', type: 'button', on: { click: add } }, 'Add a widget');
  let scheduled = false;
  /** Draws once a frame, however many events it brings, and not at all while nobody sees the page. */
  function schedule() {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      draw();
    });
  }

  function draw() {
    if (room.document === undefined || room.refusal) return;
    const widgets = model.widgets(room.document);
    message(widgets.size > 0 ? undefined : mayEdit()
      ? { title: 'An empty dashboard', words: 'Widgets show what programs tell it: numbers, charts, tables, states.', action: starter }
      : { title: 'An empty dashboard', words: 'Nobody has put anything on it yet.' });
    grid.draw(widgets, room.document);
    document.body.classList.toggle('read-only', !mayEdit());
    header.draw();
  }

  element.addEventListener('click', (event) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (event.target).closest('button.more'));
    const id = button?.dataset.widget;
    if (button && id) menu(button, [
      { label: 'Edit', run: () => edit(id) },
      { label: 'Remove', danger: true, run: () => remove(id) },
    ]);
  });

  addEventListener('keydown', (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input, textarea, select, dialog, [popover]')) return;
    const id = target.closest('.tile')?.getAttribute('data-widget');
    if (event.key === '?') showKeys();
    else if (event.key === 'f') kiosk.toggle();
    else if (event.key === 'n' && mayEdit()) add();
    else if (event.key === 'e' && id && mayEdit()) edit(id);
    else if (event.key === 'Delete' && id && mayEdit()) remove(id);
    else return;
    event.preventDefault();
  });

  room.on('change', schedule);
  room.on('role', schedule);
  room.on('event', ({ by, patch }) => {
    if (by === connection.user?.id || !patch.widgets) return;
    for (const [id, change] of Object.entries(patch.widgets)) if (change !== null) grid.tiles.get(id)?.touch(by);
  });
  room.on('members', () => {
    header.people();
    held();
    schedule(); // A dashboard that was closed to me may be open again.
  });
  room.on('refused', ({ refusal }) => !room.refusal && toasts.say(refusal.message));
  room.on('closed', (refusal) => message({
    title: refusal.code === 'forbidden' ? 'This dashboard is not open to you' : 'This dashboard cannot be shown',
    words: refusal.message,
    action: h('a', { class: 'button', href: '/dashboard' }, 'All dashboards'),
  }));
  // A screen on a wall looks after itself.
  new Renewal(connection, () => kiosk.on);
  connection.on('welcome', () => header.people());
  connection.on('status', ({ state, reason }) => {
    document.body.classList.toggle('cut', state === 'offline' || state === 'closed');
    if (room.document === undefined && state === 'offline') {
      message({ title: 'The server cannot be reached', words: reason || 'The page keeps trying, and will show the dashboard as soon as it answers.',
        action: h('button', { class: 'button', type: 'button', on: { click: () => connection.tryNow() } }, 'Try now') });
    }
  });

  function held() {
    /** @type {Map<string, {id: string, name: string}>} */
    const busy = new Map();
    for (const [session, member] of Object.entries(room.members)) {
      const user = personOf(room.members, session);
      if (session !== connection.session && user && member.state?.holding) busy.set(member.state.holding, user);
    }
    for (const [id, tile] of grid.tiles) tile.heldBy(busy.get(id));
  }

  new Cursors(room, element, { session: () => connection.session, userOf: (session) => personOf(room.members, session) });
  setInterval(() => document.visibilityState === 'visible' && grid.tick(), SECOND);
  addEventListener('resize', () => grid.fit());
  new MutationObserver(() => grid.fit()).observe(document.body, { attributeFilter: ['class'] });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && grid.tick());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => grid.restyle());
  new MutationObserver(() => grid.restyle()).observe(document.documentElement, { attributeFilter: ['data-theme'] });
  setTimeout(() => document.body.classList.toggle('loading', room.document === undefined && !room.refusal), LOADING_MILLIS);
  room.ready.finally(() => document.body.classList.remove('loading')).catch(() => {});
  room.ready.then(() => [widgetSheet, keymap].forEach((dialog) => dialog.whenIdle()), () => {});
  if (new URLSearchParams(location.search).has('devtools')) void import('../devtools/panel.js').then(({ Panel }) => new Panel(connection, room, []));
}

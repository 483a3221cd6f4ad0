import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liftOf, placeOf, withLift } from '../../main/resources/dev/tutti/pages/app/board/lift.js';
import { mentionParts, mentions } from '../../main/resources/dev/tutti/pages/app/board/mentions.js';
import * as model from '../../main/resources/dev/tutti/pages/app/board/model.js';
import { predictions } from '../../main/resources/dev/tutti/pages/app/board/predictions.js';
import { between } from '../../main/resources/dev/tutti/pages/app/board/rank.js';
import { isAtStake, StatusPill, told, words } from '../../main/resources/dev/tutti/pages/app/status.js';
import { ago, due } from '../../main/resources/dev/tutti/pages/app/times.js';
import { applyPatch } from '../../main/resources/dev/tutti/pages/tutti/patch.js';

const board = () => ({
  columns: { todo: { title: 'To do', rank: 'V' }, doing: { title: 'Doing', rank: 'W', limit: 3 } },
  tickets: {
    t1: { title: 'one', column: 'todo', rank: 'V' },
    t2: { title: 'two', column: 'todo', rank: 'VV' },
    t3: { title: 'three', column: 'todo', rank: 'W' },
    t4: { title: 'four', column: 'doing', rank: 'V' },
    t5: { title: 'gone', column: 'todo', rank: 'V1', archived: { at: '2026-01-01T00:00:00Z', by: 'u' } },
  },
});
const predict = predictions(() => ({ id: 'me', name: 'Me' }));
const after = (document, name, args) => applyPatch(document, predict[name](document, args));

test('tickets stand by rank, then id, without the archived', () => {
  assert.deepEqual(model.lane(board(), 'todo'), ['t1', 't2', 't3']);
  const tied = applyPatch(board(), { tickets: { a0: { title: 'tied', column: 'todo', rank: 'VV' } } });
  assert.deepEqual(model.lane(tied, 'todo'), ['t1', 'a0', 't2', 't3']);
});

test('upper case ranks stand before lower case, as in the server', () => {
  assert.deepEqual(model.ordered({ a: { rank: 'a' }, b: { rank: 'Z' } }).map(([id]) => id), ['b', 'a']);
});

test('a predicted rank is always between its neighbours', () => {
  for (const [low, high] of [['', ''], ['', '1'], ['', '01'], ['V', 'W'], ['V', 'VV'], ['Vz', 'W'], ['zzz', ''], ['a', 'a1'], ['Az', 'B'], ['0', '1']]) {
    const rank = between(low, high);
    assert.ok(low < rank && (high === '' || rank < high), `${low} < ${rank} < ${high}`);
  }
});

test('a thousand insertions at one place keep their order', () => {
  let high = 'W';
  for (let i = 0; i < 1000; i++) {
    const rank = between('V', high);
    assert.ok('V' < rank && rank < high);
    high = rank;
  }
});

test('moves are predicted where they are asked for', () => {
  assert.deepEqual(model.lane(after(board(), 'ticket.move', { ticket: 't3', column: 'todo', first: true }), 'todo'), ['t3', 't1', 't2']);
  assert.deepEqual(model.lane(after(board(), 'ticket.move', { ticket: 't1', column: 'todo', after: 't2' }), 'todo'), ['t2', 't1', 't3']);
  assert.deepEqual(model.lane(after(board(), 'ticket.move', { ticket: 't1', column: 'doing', after: 't4' }), 'doing'), ['t4', 't1']);
  assert.deepEqual(model.lane(after(board(), 'ticket.move', { ticket: 't1', column: 'todo' }), 'todo'), ['t2', 't3', 't1']);
});

test('nothing is predicted for a ticket that is gone', () => {
  for (const name of ['ticket.move', 'ticket.edit', 'ticket.label', 'ticket.check.set', 'comment.add']) {
    assert.ok(!predict[name](board(), { ticket: 'nobody', column: 'todo' }), name);
  }
});

test('a deleted column gives its tickets away in order', () => {
  assert.deepEqual(model.lane(after(board(), 'column.delete', { column: 'todo', to: 'doing' }), 'doing'), ['t4', 't1', 't2', 't3']);
});

test('a lifted card is shown where it would go, behind its neighbour', () => {
  const lanes = model.lanes(board());
  const lift = { ...liftOf(lanes, 't3', 'pointer'), column: 'doing', index: 1, after: 't4' };
  const shown = withLift(lanes, lift);
  assert.deepEqual([shown.get('todo'), shown.get('doing')], [['t1', 't2'], ['t4', 't3']]);
  assert.deepEqual(placeOf(shown, lift), { after: 't4' });
});

test('a lifted card stays at its index when its neighbour leaves', () => {
  const moved = after(board(), 'ticket.move', { ticket: 't1', column: 'doing' });
  const shown = withLift(model.lanes(moved), { ticket: 't3', column: 'todo', index: 1, after: 't1', by: 'pointer' });
  assert.deepEqual(shown.get('todo'), ['t2', 't3']);
});

test('the filter finds words in title, labels and names', () => {
  const ticket = { title: 'Write the notes', labels: { docs: 250 }, assignees: { u: 'Ana' } };
  assert.ok(model.matches(ticket, 'notes docs ana'));
  assert.ok(!model.matches(ticket, 'notes bo'));
});

test('the pill says what is going on', () => {
  assert.equal(words({ state: 'saved', waiting: 0 }), 'Saved');
  assert.equal(words({ state: 'offline', waiting: 3, retryAt: 5000 }, 1000), 'Offline, 3 changes waiting');
  assert.equal(words({ state: 'offline', waiting: 1, retryAt: 5000 }, 1000), 'Offline, 1 change waiting');
  assert.equal(words({ state: 'offline', waiting: 1, outbox: 'memory', retryAt: 5000 }, 1000), 'Offline, 1 change waiting, in this page only');
  assert.equal(words({ state: 'offline', waiting: 0, retryAt: 5000 }, 1000), 'Reconnecting in 4 s, try now');
  assert.equal(words({ state: 'offline', waiting: 0 }, 1000), 'Reconnecting');
});

test('nothing is called saved before its document is there', () => {
  const saved = { state: 'saved', waiting: 0 };
  assert.equal(words(told(saved, {})), 'Loading');
  assert.equal(words(told(saved, { document: {} })), 'Saved');
  assert.equal(words(told({ state: 'offline', waiting: 0 }, {})), 'Reconnecting', 'what is wrong comes first');
  assert.equal(words(told(saved, { refusal: {} })), 'Saved', 'a room that cannot be had is waited for no longer');
});

test('the pill says Loading until the room it is turned to is ready', async () => {
  globalThis.window = { addEventListener() {} };
  const attributes = {};
  const pill = { dataset: {}, textContent: '', addEventListener() {}, getAttribute: (name) => attributes[name], setAttribute: (name, value) => (attributes[name] = value) };
  const here = { document: {}, seq: 3, ready: Promise.resolve() };
  const shown = new StatusPill(pill, { status: { state: 'saved', waiting: 0 }, on() {} }, here);
  assert.deepEqual([pill.textContent, attributes['data-state']], ['Saved', 'saved']);
  let come = () => {};
  const next = { document: undefined, seq: 0, ready: new Promise((resolve) => (come = resolve)) };
  shown.turn(next);
  assert.deepEqual([pill.textContent, attributes['data-state'], attributes['aria-busy']], ['Loading', 'loading', 'true']);
  next.document = {};
  come();
  await next.ready;
  await new Promise(setImmediate);
  assert.deepEqual([pill.textContent, attributes['aria-busy']], ['Saved', 'false']);
  delete globalThis.window;
});

test('due days are said in words', () => {
  const today = new Date(2026, 10, 22, 23, 59);
  assert.deepEqual(due('2026-11-22', today), { words: 'Due today', urgency: 'near' });
  assert.deepEqual(due('2026-11-23', today), { words: 'Due tomorrow', urgency: 'near' });
  assert.deepEqual(due('2026-11-21', today), { words: 'Due yesterday', urgency: 'past' });
  assert.deepEqual(due('2026-11-12', today), { words: '10 days late', urgency: 'past' });
  assert.equal(due('2027-03-01', today).urgency, 'far');
});

test('times are relative', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  assert.equal(ago('2026-11-22T11:59:40Z', now), 'just now');
  assert.match(ago('2026-11-22T09:00:00Z', now), /3/);
});

test('a mention is a known name behind an @, the longest first, and the rest stays text', () => {
  const people = [{ id: 'u1', name: 'Ana' }, { id: 'u2', name: 'Ana Lima' }, { id: 'u3', name: '<b>Bo</b>' }];
  const found = (text) => mentionParts(text, people).map(({ text, user }) => (user ? [user.id, text] : text));
  assert.deepEqual(found('Hi @ana lima, and @Ana!'), ['Hi ', ['u2', '@ana lima'], ', and ', ['u1', '@Ana'], '!']);
  assert.deepEqual(found('a@Ana.org @Anabel @nobody'), ['a@Ana.org @Anabel @nobody']);
  assert.deepEqual(found('@<b>Bo</b>'), [['u3', '@<b>Bo</b>']]);
  assert.ok(mentions('so, @Ana?', people[0]) && !mentions('so, Ana?', people[0]));
});

test('who leaves is asked only where something would be lost', () => {
  assert.equal(isAtStake({ state: 'offline', waiting: 1, outbox: 'memory' }), true);
  assert.equal(isAtStake({ state: 'saving', waiting: 1, outbox: 'memory' }), false);
  assert.equal(isAtStake({ state: 'offline', waiting: 0, outbox: 'memory' }), false);
  assert.equal(isAtStake({ state: 'offline', waiting: 1, outbox: 'stored' }), false);
});

test('an item of a checklist is predicted where it is put', () => {
  const checklist = { a: { text: 'a', done: false, rank: 'V' }, b: { text: 'b', done: false, rank: 'W' }, c: { text: 'c', done: true, rank: 'X' } };
  const document = applyPatch(board(), { tickets: { t1: { checklist } } });
  const order = (args) => model.ordered(after(document, 'ticket.check.move', { ticket: 't1', ...args }).tickets.t1.checklist).map(([id]) => id);
  assert.deepEqual(order({ item: 'c', first: true }), ['c', 'a', 'b']);
  assert.deepEqual(order({ item: 'a', after: 'b' }), ['b', 'a', 'c']);
  assert.ok(!predict['ticket.check.move'](document, { ticket: 't1', item: 'gone', first: true }));
});

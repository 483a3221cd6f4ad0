import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Drafts } from '../../main/resources/dev/tutti/pages/app/board/drafts.js';
import { Refusals, wordsOf } from '../../main/resources/dev/tutti/pages/app/board/refusals.js';
import { Undo } from '../../main/resources/dev/tutti/pages/app/board/undo.js';
import { settled } from './stage.mjs';

/** What toasts would say, each with what it offers. */
class Said {
  all = [];
  say(words, action) {
    const one = { words, label: action?.label, run: action?.run };
    this.all.push(one);
    return () => (this.all = this.all.filter((other) => other !== one));
  }
  get words() {
    return this.all.map(({ words }) => words);
  }
}

function refusing(giveBack = () => false) {
  const toasts = new Said();
  const sent = [];
  const refusals = new Refusals(toasts, (name, args) => (sent.push([name, args]), Promise.resolve({ seq: 1 })), giveBack);
  return { toasts, sent, refuse: (name, args, code = 'rule', message = 'It is full.') => refusals.told({ order: { key: 'k', name, args }, refusal: { code, message } }) };
}

test('words that stand in their field again need no more than the reason', () => {
  const { toasts, refuse } = refusing(() => true);
  refuse('ticket.add', { column: 'doing', title: 'Paint the door' });
  assert.deepEqual(toasts.all, [{ words: 'It is full.', label: undefined, run: undefined }]);
});

test('words that cannot go back are shown on request', () => {
  const { toasts, refuse } = refusing();
  refuse('ticket.add', { column: 'gone', title: 'Paint the door' });
  assert.deepEqual([toasts.words, toasts.all[0].label], [['It is full.'], 'What I wrote']);
});

test('a move that is refused has no words, and says why', () => {
  const { toasts, refuse } = refusing();
  refuse('ticket.move', { ticket: 't1', column: 'doing' });
  refuse('change.undo', { seq: 4 }, 'stale', 'Someone has changed it.');
  assert.deepEqual(toasts.all.map(({ words, label }) => [words, label]), [['It is full.', undefined], ['Someone has changed it.', undefined]]);
});

test('what somebody else has changed meanwhile can be changed again by me', () => {
  const { toasts, sent, refuse } = refusing();
  refuse('ticket.edit', { ticket: 't1', title: 'Mine' }, 'stale');
  assert.equal(toasts.all[0].label, 'Use mine');
  toasts.all[0].run();
  assert.deepEqual(sent, [['ticket.edit', { ticket: 't1', title: 'Mine' }]]);
});

test('only what somebody typed counts as words', () => {
  assert.equal(wordsOf({ ticket: 't', description: 'long' }), 'long');
  assert.equal(wordsOf({ ticket: 't', label: 'bug', hue: 25 }), 'bug');
  for (const args of [{ ticket: 't', label: 'bug' }, { ticket: 't', description: '' }, { column: 'c' }]) assert.equal(wordsOf(args), undefined);
});

test('drafts are kept by ticket and field, and what is typed is not written over', () => {
  const drafts = new Drafts('board:a');
  drafts.keep('t1', 'comment', 'half a');
  assert.deepEqual([drafts.of('t1', 'comment'), drafts.of('t2', 'comment'), drafts.of('t1', 'item')], ['half a', '', '']);
  assert.ok(!drafts.giveBack('t1', 'comment', 'refused'));
  assert.ok(drafts.giveBack('t2', 'comment', 'refused'));
  assert.deepEqual([drafts.of('t1', 'comment'), drafts.of('t2', 'comment')], ['half a', 'refused']);
});

/** A room that only remembers what it is told, and answers nothing. */
function undoing(state = 'saved') {
  const toasts = new Said();
  const told = [];
  const never = new Promise(() => {});
  const room = { name: 'board:a', canUndo: true, canRedo: true, undo: (key) => (told.push(key ?? 'last'), never), redo: () => (told.push('redo'), never) };
  const connection = { status: { state }, pending: [] };
  const undo = new Undo(room, toasts, connection);
  const sends = (name, key, seq) => {
    const change = seq === undefined ? Promise.reject(new Error('refused')) : Promise.resolve({ seq });
    undo.sent(name, Object.assign(change, { key }));
    return settled();
  };
  return { toasts, told, undo, sends, connection };
}

test('a toast takes back its own change and no other, whatever was done since', async () => {
  const { toasts, told, sends } = undoing();
  await sends('ticket.archive', 'k1', 7);
  await sends('ticket.archive', 'k2', undefined);
  await sends('ticket.move', 'k3', 8);
  toasts.all[0].run();
  assert.deepEqual([told, toasts.words.length], [['k1'], 1]);
});

test('what was taken back is at stake until its wish lies in the outbox', () => {
  const { undo, connection } = undoing('offline');
  assert.equal(undo.isAtStake, false);
  undo.undo();
  assert.equal(undo.isAtStake, true);
  const entry = { mine: true, room: 'board:a', order: { name: 'change.undo' } };
  connection.pending = [{ ...entry, mine: false }, { ...entry, room: 'board:b' }, { ...entry, order: { name: 'ticket.move' } }];
  assert.equal(undo.isAtStake, true);
  connection.pending = [entry];
  assert.equal(undo.isAtStake, false);
});

test('what Ctrl+Z took back no toast offers any more, nor does one that comes late', async () => {
  const { toasts, told, undo, sends } = undoing();
  await sends('ticket.archive', 'k1', 7);
  undo.undo();
  assert.deepEqual([toasts.words, told], [[], ['last']]);
  const late = sends('ticket.archive', 'k2', 9);
  undo.undo();
  await late;
  assert.deepEqual(toasts.words, []);
});

test('offline it is said that an undo waits, since nothing is to be seen of it', () => {
  const { toasts, told, undo } = undoing('offline');
  undo.undo();
  undo.redo();
  assert.deepEqual(told, ['last', 'redo']);
  assert.equal(new Set(toasts.words).size, 1);
  assert.match(toasts.words[0], /back online/);
});

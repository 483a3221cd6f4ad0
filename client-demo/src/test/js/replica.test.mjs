import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Replica } from '../../main/resources/dev/tutti/pages/tutti/replica.js';

const rename = (_, { ticket, title }) => ({ tickets: { [ticket]: { title } } });
const order = (key, ticket, title) => ({ key, name: 'rename', args: { ticket, title }, predict: rename });
const event = (seq, ticket, title, key = `other-${seq}`) => ({ seq, name: 'renamed', by: 'u', at: '', key, patch: rename(null, { ticket, title }) });

function loaded() {
  const replica = new Replica();
  replica.load({ tickets: { t1: { title: 'one' }, t2: { title: 'two' } } }, 5, 'e');
  return replica;
}

test('a prediction shows at once and leaves the confirmed document alone', () => {
  const replica = loaded();
  replica.add(order('k1', 't1', 'mine'));
  assert.equal(replica.view.tickets.t1.title, 'mine');
  assert.equal(replica.confirmed.tickets.t1.title, 'one');
});

test('pending commands are predicted again on top of what others do', () => {
  const replica = loaded();
  replica.add(order('k1', 't1', 'mine'));
  replica.apply([event(6, 't2', 'theirs'), event(7, 't1', 'theirs')]);
  assert.equal(replica.view.tickets.t2.title, 'theirs');
  assert.equal(replica.view.tickets.t1.title, 'mine');
  assert.equal(replica.confirmed.tickets.t1.title, 'theirs');
});

test('a refusal takes back its own prediction and no other', () => {
  const replica = loaded();
  replica.add(order('k1', 't1', 'first'));
  replica.add(order('k2', 't2', 'second'));
  replica.add(order('k3', 't1', 'third'));
  replica.refuse('k1');
  assert.deepEqual([replica.view.tickets.t1.title, replica.view.tickets.t2.title], ['third', 'second']);
  replica.refuse('k3');
  assert.deepEqual([replica.view.tickets.t1.title, replica.view.tickets.t2.title], ['one', 'second']);
});

test('my own event takes its command out of the pending ones', () => {
  const replica = loaded();
  replica.add(order('k1', 't1', 'mine'));
  replica.apply([event(6, 't1', 'as the server has it', 'k1')]);
  assert.equal(replica.pending.length, 0);
  assert.equal(replica.view, replica.confirmed);
  assert.equal(replica.view.tickets.t1.title, 'as the server has it');
});

test('an accepted command stays predicted until its event is here', () => {
  const replica = loaded();
  replica.add(order('k1', 't1', 'mine'));
  replica.accept('k1', 7);
  assert.equal(replica.view.tickets.t1.title, 'mine');
  replica.apply([event(6, 't2', 'x'), event(7, 't1', 'mine', 'k1')]);
  assert.equal(replica.pending.length, 0);
});

test('a command that the document already holds is not predicted twice', () => {
  const replica = loaded();
  replica.add(order('k1', 't1', 'mine'));
  replica.accept('k1', 5);
  assert.equal(replica.pending.length, 0);
});

test('events that are held already are ignored', () => {
  const replica = loaded();
  const { applied, gap } = replica.apply([event(4, 't1', 'old'), event(5, 't1', 'old'), event(6, 't1', 'new')]);
  assert.deepEqual([applied.length, gap, replica.seq, replica.view.tickets.t1.title], [1, false, 6, 'new']);
});

test('a gap is told, and nothing behind it is applied', () => {
  const replica = loaded();
  const { applied, gap } = replica.apply([event(6, 't1', 'six'), event(8, 't1', 'eight')]);
  assert.deepEqual([applied.length, gap, replica.seq, replica.view.tickets.t1.title], [1, true, 6, 'six']);
});

test('a reset replaces the document and keeps what is pending', () => {
  const replica = loaded();
  replica.add(order('k1', 't1', 'mine'));
  replica.load({ tickets: { t1: { title: 'other life' } } }, 2, 'e2');
  assert.deepEqual([replica.seq, replica.epoch, replica.view.tickets.t1.title], [2, 'e2', 'mine']);
  assert.equal(replica.view.tickets.t2, undefined);
});

test('a prediction that cannot be made any more shows nothing and breaks nothing', () => {
  const replica = loaded();
  replica.add({ key: 'k1', name: 'x', args: {}, predict: (document) => ({ tickets: { t1: { title: document.tickets.t2.title + '!' } } }) });
  assert.equal(replica.view.tickets.t1.title, 'two!');
  replica.apply([{ ...event(6, 't1', 'x'), patch: { tickets: { t2: null } } }]);
  assert.equal(replica.view.tickets.t1.title, 'one');
});

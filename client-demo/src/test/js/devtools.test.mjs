import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Network } from '../../main/resources/dev/tutti/pages/app/devtools/network.js';
import { Timeline } from '../../main/resources/dev/tutti/pages/app/devtools/timeline.js';

const out = (at, message) => ({ direction: 'out', at, message });
const heard = (at, message) => ({ direction: 'in', at, message });
const command = (id, key = 'k1') => ({ type: 'command', id, key, name: 'ticket.move', args: {} });
const event = (key, seq, at = 1000) => ({ key, seq, name: 'ticket.moved', by: 'bo', at: new Date(at).toISOString(), patch: {} });

function told(...traffic) {
  const timeline = new Timeline();
  for (const one of traffic) timeline.heard(one);
  return timeline;
}

test('a command takes until its event', () => {
  const timeline = told(out(1000, command(1)), heard(1012, { type: 'events', events: [event('k1', 7)] }), heard(1013, { type: 'accepted', id: 1, seq: 7 }));
  const [row] = timeline.rows;
  assert.deepEqual([row.state, row.millis, row.seq, timeline.rows.length, timeline.median], ['done', 12, 7, 1, 12]);
});

test('a refusal says its code', () => {
  const [row] = told(out(1000, command(1)), heard(1020, { type: 'refused', id: 1, code: 'rule' })).rows;
  assert.deepEqual([row.state, row.code, row.millis], ['refused', 'rule', 20]);
});

test('what is sent again is one line, as old as its first sending', () => {
  const timeline = told(out(1000, command(1)));
  timeline.connection('offline', 1100);
  timeline.heard(out(3000, command(1)));
  timeline.heard(heard(3010, { type: 'subscribed', seq: 9, events: [event('k1', 9)] }));
  const [row] = timeline.rows;
  assert.deepEqual([row.sent, row.millis, row.state], [2, 2010, 'done']);
});

test('events of others say how old they were when they came', () => {
  const [row] = told(heard(1030, { type: 'events', events: [event('theirs', 4)] })).rows;
  assert.deepEqual([row.kind, row.by, row.millis], ['event', 'bo', 30]);
});

test('clearing leaves what waits, and no more than 300 lines are kept', () => {
  const timeline = told(out(1, command(1)), ...Array.from({ length: 400 }, (_, i) => heard(2, { type: 'events', events: [event(`e${i}`, i)] })));
  assert.equal(timeline.rows.length, 300);
  timeline.clear();
  assert.ok(timeline.rows.every(({ state }) => state === 'waiting'));
});

function network() {
  let now = 0;
  const due = [];
  const connection = { gate: undefined, cuts: 0, cut: () => connection.cuts++ };
  const network = new Network(connection, { now: () => now, setTimeout: (task, millis) => due.push({ task, at: now + millis }) });
  const passed = [];
  const say = (what) => connection.gate('out', what, () => passed.push(what));
  const pass = (millis) => {
    now += millis;
    for (const one of due.splice(0).sort((a, b) => a.at - b.at)) one.at <= now ? one.task() : due.push(one);
  };
  return { network, connection, passed, say, pass };
}

test('a delayed message comes later, and none overtakes it', () => {
  const { network: line, passed, say, pass } = network();
  line.delayMillis = 200;
  say('first');
  line.delayMillis = 0;
  say('second');
  assert.deepEqual(passed, []);
  pass(200);
  assert.deepEqual(passed, ['first', 'second']);
});

test('what is dropped is gone, and its connection with it', () => {
  const { network: line, connection, passed, say } = network();
  line.dropping = true;
  say('lost');
  assert.equal(connection.cuts, 0);
  line.dropping = false;
  assert.deepEqual([passed, connection.cuts], [[], 1]);
  say('heard');
  assert.deepEqual(passed, ['heard']);
});

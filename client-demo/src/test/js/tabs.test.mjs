import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stage, joined } from './stage.mjs';
import { Browser, quiet } from './tabs.mjs';

const ROOM = 'board:demo';

/** A tab in a room, connected and ready to store. */
async function tab(browser, name, options = {}) {
  const stage = new Stage({ ...options, surroundings: { ...browser.tab(name), newKey: keys(name) } });
  await joined(stage);
  await quiet();
  return stage;
}

function keys(name) {
  let last = 0;
  return () => `${name}-${++last}`;
}

/** A tab changes something without a connection, and is closed. */
async function leaves(browser, name) {
  const stage = await tab(browser, name);
  stage.cut();
  renames(stage, 'a');
  await quiet();
  stage.connection.close();
  await quiet();
}

const renames = (stage, title, room = ROOM) => stage.connection.room(room).send('rename', { title });
const sent = (stage) => stage.said('command').map(({ key }) => key);
const stored = (browser) => browser.database.rows.filter(Boolean).map(({ key }) => key);
const accept = (stage) => stage.said('command').forEach(({ id, room }, i) => stage.hear({ type: 'accepted', id, room, seq: 100 + i }));

/** Time passes for both, with everything that follows. */
async function pass(millis, ...stages) {
  for (let left = millis; left > 0; left -= 500) {
    for (const stage of stages) stage.pass(Math.min(500, left));
    for (const stage of stages) if (stage.connection.status.state === 'saved' || stage.connection.status.state === 'saving') stage.hear({ type: 'ping' });
    await quiet();
  }
}

test('one tab sends for both, and stores what it does', async () => {
  const browser = new Browser();
  const first = await tab(browser, 'first');
  const second = await tab(browser, 'second');
  const change = renames(second, 'a');
  await quiet();
  assert.deepEqual([sent(first), sent(second), stored(browser)], [['second-1'], [], ['second-1']]);
  accept(first);
  await quiet();
  assert.deepEqual([await change, stored(browser), second.connection.status.waiting], [{ seq: 100 }, [], 0]);
});

test('a tab that leads and is awake is left the lead, however long the server takes', async () => {
  const browser = new Browser();
  const first = await tab(browser, 'first', {});
  const second = await tab(browser, 'second', {});
  renames(second, 'a');
  await pass(9000, first, second);
  assert.deepEqual([sent(first), sent(second)], [['second-1'], []]);
});

test('a tab that hangs is robbed of each room where something waits', async () => {
  const browser = new Browser();
  const first = await tab(browser, 'first');
  const second = await tab(browser, 'second');
  first.connection.room('board:other');
  await quiet();
  second.connection.room('board:other');
  await quiet();
  browser.hung.add('first');
  renames(second, 'a');
  await pass(1000, second);
  renames(second, 'b', 'board:other');
  await pass(900, second);
  assert.deepEqual(sent(second), []);
  await pass(200, second);
  assert.deepEqual(sent(second), ['second-1']);
  await pass(1000, second);
  assert.deepEqual(sent(second), ['second-1', 'second-2']);
});

test('what is said about one room does not calm who waits for another', async () => {
  const browser = new Browser();
  const first = await tab(browser, 'first');
  const third = await tab(browser, 'third');
  third.connection.room('board:other'); // It leads here, and is awake.
  await quiet();
  const second = await tab(browser, 'second');
  second.connection.room('board:other');
  await quiet();
  browser.hung.add('first');
  renames(second, 'a');
  for (let i = 0; i < 6; i++) {
    renames(second, `${i}`, 'board:other');
    await pass(500, second, third);
    accept(third);
  }
  assert.ok(sent(second).includes('second-1') || sent(third).includes('second-1'));
  assert.deepEqual(sent(first), []);
});

test('a tab that begins to hang after it has answered is robbed too', async () => {
  const browser = new Browser();
  const first = await tab(browser, 'first');
  const second = await tab(browser, 'second');
  renames(second, 'a');
  await quiet();
  assert.deepEqual(sent(first), ['second-1']);
  browser.hung.add('first');
  await pass(4500, second);
  assert.deepEqual(sent(second), ['second-1']);
});

test('what was done offline does not wait for a tab that hangs', async () => {
  const browser = new Browser();
  const first = await tab(browser, 'first');
  const second = await tab(browser, 'second');
  second.cut();
  browser.hung.add('first');
  renames(second, 'offline');
  await pass(1000, second);
  await second.open();
  await quiet();
  assert.deepEqual(sent(second), []);
  await pass(2500, second);
  assert.deepEqual([sent(first), sent(second)], [[], ['second-1']]);
});

test('what one user has waiting stays stored for them, and the next one’s is stored beside it', async () => {
  const browser = new Browser();
  let user = 'olga';
  const open = (stage) => stage.open({ user: { id: user, name: user } });
  const stage = new Stage({ getToken: async () => user, surroundings: browser.tab('one') });
  const room = stage.connection.room(ROOM);
  await open(stage);
  await quiet();
  stage.cut();
  renames(stage, 'Olga’s');
  await quiet();
  user = 'bo';
  stage.pass(1000);
  await open(stage);
  await quiet();
  renames(stage, 'Bo’s');
  await quiet();
  assert.deepEqual([sent(stage), stored(browser), room.pending.length], [['key-2'], ['key-1', 'key-2'], 1]);
  stage.connection.close();
  user = 'olga';
  const later = new Stage({ getToken: async () => user, surroundings: browser.tab('two') });
  later.connection.room(ROOM);
  await open(later);
  await quiet();
  assert.deepEqual(sent(later), ['key-1']);
  accept(later);
  await quiet();
  assert.deepEqual(stored(browser), ['key-2']);
});

test('where storing fails the status says so, and it is tried again', async () => {
  const browser = new Browser();
  browser.database.full = true;
  const stage = await tab(browser, 'one');
  assert.equal(stage.connection.status.outbox, 'stored');
  stage.cut();
  renames(stage, 'a');
  await quiet();
  assert.equal(stage.connection.status.outbox, 'memory');
  await pass(31_000, stage);
  assert.equal(stage.connection.status.outbox, 'memory');
  browser.database.full = false;
  await pass(31_000, stage);
  assert.deepEqual([stage.connection.status.outbox, stored(browser)], ['stored', ['one-1']]);
  assert.equal(browser.database.connections.size, 1);
});

test('nothing is called saved before it is known what an earlier page left', async () => {
  const browser = new Browser();
  await leaves(browser, 'earlier');
  browser.database.opens = 'slow';
  const stage = await tab(browser, 'later');
  assert.deepEqual([stage.connection.status.state, stage.connection.status.waiting, sent(stage)], ['saving', 0, []]);
  browser.database.late.forEach((end) => end());
  await quiet();
  assert.deepEqual([stage.connection.status.state, stage.connection.status.waiting, sent(stage)], ['saving', 1, ['earlier-1']]);
  accept(stage);
  assert.deepEqual([stage.connection.status.state, stage.connection.status.waiting], ['saved', 0]);
});

test('a page without a place to store in is saved as soon as it is connected', async () => {
  const stage = new Stage({ outbox: 'memory' });
  await joined(stage);
  assert.equal(stage.connection.status.state, 'saved');
});

test('who clears what the site stores is told the truth, and what waits is stored anew', async () => {
  const browser = new Browser();
  const stage = await tab(browser, 'one');
  stage.cut();
  renames(stage, 'a');
  await quiet();
  browser.database.clear();
  assert.equal(stage.connection.status.outbox, 'memory');
  await pass(31_000, stage);
  assert.deepEqual([stage.connection.status.outbox, stored(browser)], ['stored', ['one-1']]);
});

test('until a database opens that is slow memory has to do, and it stores from then on', async () => {
  const browser = new Browser();
  browser.database.opens = 'slow';
  const stage = await tab(browser, 'one');
  stage.pass(1999);
  await quiet();
  assert.equal(sent(stage).length, 0);
  stage.pass(1);
  await quiet();
  renames(stage, 'in memory');
  await quiet();
  assert.deepEqual([stage.connection.status.outbox, sent(stage)], ['memory', ['one-1']]);
  browser.database.late.forEach((end) => end());
  await quiet();
  assert.deepEqual([stage.connection.status.outbox, stored(browser)], ['stored', ['one-1']]);
  stage.connection.close();
  assert.equal(browser.database.connections.size, 0);
});

test('what an earlier page left is sent, too, when the database opens late', async () => {
  const browser = new Browser();
  await leaves(browser, 'earlier');
  browser.database.opens = 'slow';
  const stage = await tab(browser, 'later');
  stage.pass(2000);
  await quiet();
  assert.deepEqual([stage.connection.status.outbox, sent(stage)], ['memory', []]);
  browser.database.late.forEach((end) => end());
  await quiet();
  assert.deepEqual([stage.connection.status.outbox, sent(stage)], ['stored', ['earlier-1']]);
  stage.connection.close();
});

test('a database that opens when nobody wants it any more is not left open', async () => {
  const browser = new Browser();
  browser.database.opens = 'slow';
  const stage = await tab(browser, 'one');
  stage.connection.close();
  browser.database.late.forEach((end) => end());
  await quiet();
  assert.equal(browser.database.connections.size, 0);
});

test('a connection that is closed closes the database, whatever is still to be written', async () => {
  const browser = new Browser();
  const stage = await tab(browser, 'one');
  renames(stage, 'a');
  await quiet();
  browser.database.connections.forEach((connection) => (connection.transaction = () => { throw new DOMException('Closed.', 'InvalidStateError'); }));
  accept(stage);
  stage.connection.close();
  await quiet();
  assert.equal(browser.database.connections.size, 0);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '../../main/resources/dev/tutti/pages/tutti.js';
import { parse } from '../../main/resources/dev/tutti/pages/tutti/patch.js';
import { Stage, joined, settled } from './stage.mjs';

test('one promise tells that a change shows, another that it is durable', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  const change = room.send('rename', { title: 'mine' });
  assert.equal((await change.local).tickets.t1.title, 'mine');
  assert.equal(change.durable, change);
  let durable = false;
  change.durable.then(() => (durable = true));
  await settled();
  assert.equal(durable, false);
  stage.hear({ type: 'accepted', id: stage.said('command')[0].id, room: room.name, seq: 6 });
  assert.deepEqual(await change.durable, { seq: 6 });
});

test('a prediction may refuse: then nothing is shown and nothing is sent', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  const told = [];
  room.on('refused', ({ order, refusal }) => told.push([order.name, refusal.code]));
  const change = room.send('rename', { title: '' }, { predict: () => { throw new Refusal('rule', 'A title is needed.'); } });
  await assert.rejects(change.local, { code: 'rule', message: 'A title is needed.' });
  await assert.rejects(change.durable, { code: 'rule' });
  assert.deepEqual([told, room.pending.length, stage.said('command').length, room.canUndo], [[['rename', 'rule']], 0, 0, false]);
});

test('before there is a document a change waits for it to show', async () => {
  const stage = new Stage();
  const room = stage.connection.room('board:demo', { predictions: { rename: (_, { title }) => ({ tickets: { t1: { title } } }) } });
  const change = room.send('rename', { title: 'early' });
  await stage.open();
  stage.hear({ type: 'subscribed', id: stage.said('subscribe')[0].id, room: room.name, epoch: 'e1', seq: 0, role: 'editor', document: {}, members: {}, count: 0 });
  assert.equal((await change.local).tickets.t1.title, 'early');
});

test('what the server would close the connection for is refused here', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  await assert.rejects(room.send('rename', { title: 'é'.repeat(40_000) }), { code: 'too_large' });
  assert.equal(stage.said('command').length, 0);
});

test('arguments are taken as they are now', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  const args = { title: 'now', nothing: undefined };
  room.send('rename', args);
  args.title = 'later';
  assert.deepEqual(room.pending[0].args, { title: 'now' });
});

test('the status says what a person would', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  assert.deepEqual([stage.connection.status.text, stage.connection.status.outbox], ['saved', 'memory']);
  room.send('rename', { title: 'a' });
  assert.equal(stage.connection.status.text, 'saving');
  stage.cut();
  assert.equal(stage.connection.status.text, 'offline, 1 waiting');
});

test('an answer that does not come ends the connection sooner than silence does', async () => {
  const stage = new Stage();
  const room = stage.connection.room('board:demo');
  await stage.open({ pingMillis: 25_000 });
  stage.pass(16_000);
  assert.equal(stage.connection.status.state, 'saved');
  room.send('rename', { title: 'a' });
  stage.pass(15_000);
  assert.equal(stage.connection.status.state, 'offline');
});

test('a token that cannot be had is asked for again', async () => {
  let asked = 0;
  const stage = new Stage({ getToken: async () => { asked++; throw new Error('Sign-in is down.'); } });
  stage.socket.readyState = 1;
  stage.socket.onopen();
  await settled();
  assert.equal(stage.connection.status.state, 'offline');
  stage.pass(1000);
  stage.socket.readyState = 1;
  stage.socket.onopen();
  await settled();
  assert.equal(asked, 2);
});

test('fifty commands that waited are all on their way at once', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  stage.cut();
  const sent = Array.from({ length: 50 }, (_, i) => room.send('rename', { title: `${i}` }));
  stage.pass(1000);
  await stage.open();
  assert.deepEqual(stage.said('command').map(({ key }) => key), sent.map(({ key }) => key));
});

test('a long backlog keeps below the rate that the server allows', async () => {
  const stage = new Stage();
  const room = stage.connection.room('board:demo');
  for (let i = 0; i < 100; i++) room.send('rename', { title: `${i}` });
  await stage.open({ pingMillis: 60_000, limits: { maxInFlight: 256, maxMessagesPerSecond: 20, maxBurst: 40 } });
  assert.ok(stage.said('command').length <= 36);
  stage.pass(1000);
  const after = stage.said('command').length;
  assert.ok(after > 40 && after <= 60, `${after} after a second`);
  stage.pass(5_000);
  assert.deepEqual(stage.said('command').map(({ args }) => args.title), Array.from({ length: 100 }, (_, i) => `${i}`));
});

test('developers see what goes in and out, delay it, and lose it', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  const seen = [];
  stage.connection.on('traffic', ({ direction, at, message, bytes }) => seen.push([direction, at, message.type, bytes > 0]));
  stage.hear({ type: 'ping' });
  assert.deepEqual(seen, [['in', stage.now, 'ping', true], ['out', stage.now, 'pong', true]]);
  const late = [];
  stage.connection.gate = (direction, text, pass) => late.push({ direction, text, pass });
  room.send('rename', { title: 'late' });
  assert.equal(stage.said('command').length, 0);
  late[0].pass();
  assert.equal(stage.said('command').length, 1);
  assert.deepEqual(stage.connection.pending.map(({ room: name, order, mine }) => [name, order.args.title, mine]), [['board:demo', 'late', true]]);
  stage.connection.gate = undefined;
  stage.connection.cut();
  assert.equal(stage.connection.status.text, 'offline, 1 waiting');
});

test('keys that reach a prototype are nowhere in what is heard', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  const heard = [];
  room.on('signal', ({ data }) => heard.push(data));
  const say = (text) => stage.socket.onmessage({ data: text });
  say('{"type":"signals","room":"board:demo","signals":[{"from":"s2","topic":"x","data":{"__proto__":{"a":1},"\\u005f_proto__":{"a":1},"constructor":{"prototype":{"a":1}},"list":["__proto__"],"b":2}}]}');
  assert.deepEqual(Reflect.ownKeys(heard[0]), ['list', 'b']);
  assert.deepEqual(heard[0].list, ['__proto__']);
  say('{"type":"events","room":"board:demo","events":[{"seq":6,"name":"x","by":"u","at":"","key":"k","patch":{"tickets":{"__proto__":{"title":"bad"}}}}]}');
  assert.deepEqual([Reflect.ownKeys(room.document.tickets), Object.getPrototypeOf(room.document.tickets)], [['t1'], Object.prototype]);
  assert.deepEqual(parse('{"a":"\\u00e9"}'), { a: 'é' });
  assert.equal({}.a, undefined);
});

test('what is pending when a room is left is still sent', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  stage.cut();
  const sent = room.send('rename', { title: 'last words' });
  room.leave();
  stage.pass(1000);
  await stage.open();
  assert.deepEqual([stage.said('subscribe').length, stage.said('command').length], [0, 1]);
  stage.hear({ type: 'accepted', id: stage.said('command')[0].id, room: room.name, seq: 6 });
  assert.deepEqual(await sent, { seq: 6 });
});

test('a first connection that fails is offline, also while it is tried again', async () => {
  const stage = new Stage();
  stage.connection.room('board:demo').send('rename', { title: 'a' });
  assert.equal(stage.connection.status.text, 'connecting');
  stage.cut();
  assert.equal(stage.connection.status.text, 'offline, 1 waiting');
  stage.pass(1000);
  assert.equal(stage.connection.status.text, 'offline, 1 waiting');
});

test('what is no plain data is refused, as a promise and not as an exception', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  const cyclic = {};
  cyclic.self = cyclic;
  for (const args of [cyclic, { large: 1n }]) {
    const change = room.send('rename', args);
    await assert.rejects(change.durable, { name: 'Refusal', code: 'invalid' });
    await assert.rejects(change.local, { code: 'invalid' });
  }
  assert.deepEqual([room.pending.length, stage.said('command').length], [0, 0]);
});

test('a prediction that fails predicts nothing, and says so to whoever looks', async (context) => {
  const warned = context.mock.method(console, 'warn', () => {});
  const stage = new Stage();
  const room = await joined(stage);
  const failure = new TypeError('No such ticket.');
  room.send('rename', {}, { predict: () => { throw failure; } });
  assert.deepEqual([room.pending.length, stage.said('command').length, room.document.tickets.t1.title], [1, 1, 'one']);
  assert.deepEqual(warned.mock.calls.map(({ arguments: said }) => said), [['Not predicted:', 'rename', failure]]);
});

test('a command may be called like something that every object has', async (context) => {
  const warned = context.mock.method(console, 'warn', () => {});
  const stage = new Stage();
  const room = await joined(stage);
  for (const name of ['toString', 'constructor', '__proto__']) room.send(name);
  assert.deepEqual([stage.said('command').length, warned.mock.callCount(), room.document.tickets.t1.title], [3, 0, 'one']);
});

test('a room that was left sends, shows nothing as pending, and is joined anew by its name', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  room.send('rename', { title: 'before' });
  room.leave();
  const sent = room.send('rename', { title: 'after' });
  assert.equal(room.pending.length, 0);
  stage.hear({ type: 'accepted', id: stage.said('command')[1].id, room: room.name, seq: 7 });
  assert.deepEqual(await sent, { seq: 7 });
  const again = stage.connection.room(room.name);
  room.leave();
  assert.equal(again, stage.connection.room(room.name));
  assert.equal(stage.said('unsubscribe').length, 1);
  assert.deepEqual(again.pending.map(({ args }) => args.title), ['before']);
});

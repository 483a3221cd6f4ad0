import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stage, joined, settled } from './stage.mjs';

const event = (seq, title, key = `other-${seq}`) => ({ seq, name: 'renamed', by: 'guest:bo', at: '2026-11-22T15:04:05Z', key, patch: { tickets: { t1: { title } } } });
const events = (...list) => ({ type: 'events', room: 'board:demo', events: list });

test('says hello, joins, and has the document', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  assert.deepEqual(stage.socket.protocols, ['tutti.v1.json']);
  assert.equal(stage.said('hello')[0].name, 'Ana');
  assert.equal(await room.ready, room);
  assert.equal(room.document.tickets.t1.title, 'one');
  assert.equal(stage.connection.status.state, 'saved');
});

test('a command shows at once, and is durable when it is accepted', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  const sent = room.send('rename', { title: 'mine' });
  assert.equal(room.document.tickets.t1.title, 'mine');
  assert.deepEqual([stage.connection.status.state, stage.connection.status.waiting], ['saving', 1]);
  const [command] = stage.said('command');
  assert.deepEqual([command.name, command.key, command.args], ['rename', sent.key, { title: 'mine' }]);
  stage.hear(events(event(6, 'mine', sent.key)));
  stage.hear({ type: 'accepted', id: command.id, room: room.name, seq: 6 });
  assert.deepEqual(await sent, { seq: 6 });
  assert.equal(stage.connection.status.state, 'saved');
  assert.equal(room.pending.length, 0);
});

test('a refused command is taken back, and says why', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  const causes = [];
  room.on('change', ({ cause }) => causes.push(cause));
  const sent = room.send('rename', { title: 'mine' });
  const other = room.send('other', {}, { predict: () => ({ notes: { n1: { text: 'stays' } } }) });
  stage.hear({ type: 'refused', id: stage.said('command')[0].id, code: 'rule', message: 'The column is full.', details: { limit: 3 } });
  await assert.rejects(sent, { name: 'Refusal', code: 'rule', message: 'The column is full.', details: { limit: 3 } });
  assert.equal(room.document.tickets.t1.title, 'one');
  assert.equal(room.document.notes.n1.text, 'stays');
  assert.deepEqual(causes, ['local', 'local', 'refused']);
  assert.equal(room.pending[0].key, other.key);
});

test('the status says that the server is degraded, as long as it is', async () => {
  const stage = new Stage();
  await joined(stage);
  const told = [];
  stage.connection.on('status', ({ state, degraded }) => told.push([state, degraded]));
  stage.hear({ type: 'status', degraded: true });
  stage.hear({ type: 'status', degraded: false });
  assert.deepEqual(told, [['saved', true], ['saved', false]]);
  stage.hear({ type: 'status', degraded: true });
  stage.cut();
  stage.pass(1000);
  await stage.open();
  assert.equal(stage.connection.status.degraded, false, 'another server is asked');
});

test('a new connection resumes behind the last event, under its epoch', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  stage.hear(events(event(6, 'six')));
  stage.cut();
  stage.pass(1000);
  await stage.open();
  const [subscribe] = stage.said('subscribe');
  assert.deepEqual([subscribe.after, subscribe.epoch], [6, 'e1']);
  stage.hear({ type: 'subscribed', id: subscribe.id, room: room.name, epoch: 'e1', seq: 8, role: 'editor', events: [event(7, 'seven'), event(8, 'eight')], members: {}, count: 0 });
  assert.deepEqual([room.seq, room.document.tickets.t1.title], [8, 'eight']);
});

test('commands without an answer are sent again, with their keys, in order', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  const first = room.send('rename', { title: 'a' });
  const second = room.send('rename', { title: 'b' });
  stage.cut();
  const third = room.send('rename', { title: 'c' });
  assert.deepEqual([stage.connection.status.state, stage.connection.status.waiting], ['offline', 3]);
  assert.equal(room.document.tickets.t1.title, 'c');
  stage.pass(1000);
  await stage.open();
  const again = stage.said('command');
  assert.deepEqual(again.map(({ key }) => key), [first.key, second.key, third.key]);
  assert.equal(stage.socket.sent.findIndex(({ type }) => type === 'subscribe') < stage.socket.sent.findIndex(({ type }) => type === 'command'), true);
  stage.hear({ type: 'accepted', id: again[0].id, room: room.name, seq: 6 });
  assert.deepEqual(await first, { seq: 6 });
  assert.equal(room.document.tickets.t1.title, 'c');
});

test('a command answered before the connection broke is not sent again', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  const sent = room.send('rename', { title: 'mine' });
  stage.hear(events(event(6, 'mine', sent.key))); // The event is enough: it is committed.
  stage.cut();
  stage.pass(1000);
  await stage.open();
  assert.deepEqual(stage.said('command'), []);
  assert.deepEqual(await sent, { seq: 6 });
});

test('a reset replaces what is held', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  stage.hear({ type: 'reset', room: room.name, epoch: 'e2', seq: 2, document: { tickets: { t9: { title: 'other life' } } } });
  assert.deepEqual([room.seq, room.epoch, Object.keys(room.document.tickets)], [2, 'e2', ['t9']]);
});

test('a missing event makes it resume', async () => {
  const stage = new Stage();
  await joined(stage);
  stage.hear(events(event(9, 'nine')));
  stage.pass(1000);
  await stage.open();
  assert.equal(stage.said('subscribe')[0].after, 5);
});

test('pauses are random below a bound that doubles up to fifteen seconds', async () => {
  const stage = new Stage();
  stage.chance = 0.999;
  const pauses = [];
  for (let i = 0; i < 8; i++) {
    stage.cut();
    const pause = stage.connection.status.retryAt - stage.now;
    pauses.push(pause);
    stage.pass(pause);
  }
  assert.deepEqual(pauses, [400, 799, 1598, 3197, 6394, 12_787, 14_985, 14_985]);
  stage.chance = 0;
  stage.cut();
  assert.equal(stage.connection.status.retryAt, stage.now);
});

test('a connection that lasted starts the pauses from the beginning', async () => {
  const stage = new Stage();
  stage.chance = 0.999;
  stage.cut();
  stage.pass(400);
  await stage.open({ pingMillis: 60_000 });
  stage.pass(11_000);
  stage.cut();
  assert.equal(stage.connection.status.retryAt - stage.now, 400);
});

test('a server that goes away says when to come back, to the millisecond', async () => {
  const stage = new Stage();
  stage.chance = 0.999;
  await joined(stage);
  stage.hear({ type: 'bye', code: 1012, reason: 'The server is going away; connect again.', reconnect: true, retryAfterMillis: 3 });
  stage.cut(1012, 'The server is going away; connect again.');
  assert.equal(stage.connection.status.retryAt - stage.now, 3);
  stage.pass(2);
  assert.equal(stage.sockets.length, 1);
  stage.pass(1);
  assert.equal(stage.sockets.length, 2);
});

test('after a final close it stays away until it is told to try', async () => {
  const stage = new Stage();
  await joined(stage);
  stage.hear({ type: 'bye', code: 4403, reason: 'Access was withdrawn.', reconnect: false, retryAfterMillis: 0 });
  stage.cut(4403, 'Access was withdrawn.');
  stage.pass(60_000);
  assert.equal(stage.sockets.length, 1);
  assert.deepEqual([stage.connection.status.state, stage.connection.status.reason], ['closed', 'Access was withdrawn.']);
  stage.connection.tryNow();
  assert.equal(stage.sockets.length, 2);
});

test('a silence of two and a half pings ends the connection', async () => {
  const stage = new Stage();
  await joined(stage);
  stage.pass(2000);
  stage.hear({ type: 'ping' });
  assert.equal(stage.said('pong').length, 1);
  stage.pass(2499);
  assert.equal(stage.connection.status.state, 'saved');
  stage.pass(1);
  assert.equal(stage.connection.status.state, 'offline');
  stage.pass(1000);
  assert.equal(stage.sockets.length, 2);
});

test('what a dead socket says later is not heard', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  const old = stage.socket;
  const hear = old.onmessage;
  stage.pass(3000);
  hear({ data: JSON.stringify(events(event(6, 'too late'))) });
  assert.equal(room.seq, 5);
});

test('coming online connects at once', async () => {
  const stage = new Stage();
  stage.chance = 0.999;
  await joined(stage);
  stage.cut();
  stage.wake(true);
  assert.equal(stage.sockets.length, 2);
});

test('a page that slept finds its dead connection out when it wakes', async () => {
  const stage = new Stage();
  await joined(stage);
  stage.wake(true);
  assert.equal(stage.said('history').length, 1);
  stage.pass(4000);
  assert.equal(stage.connection.status.state, 'offline');
});

test('too fast is not a no: the command and all behind it wait and go again', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  const first = room.send('rename', { title: 'a' });
  const second = room.send('rename', { title: 'b' });
  stage.hear({ type: 'refused', id: stage.said('command')[0].id, code: 'too_fast', message: 'Slower.', details: { retryAfterMillis: 300 } });
  stage.hear({ type: 'refused', id: stage.said('command')[1].id, code: 'too_fast', message: 'Slower.', details: { retryAfterMillis: 300 } });
  assert.equal(stage.said('command').length, 2);
  stage.pass(300);
  assert.deepEqual(stage.said('command').slice(2).map(({ key }) => key), [first.key]); // One at a time keeps order.
  stage.hear({ type: 'accepted', id: stage.said('command')[2].id, room: room.name, seq: 6 });
  assert.deepEqual(stage.said('command').slice(3).map(({ key }) => key), [second.key]);
});

test('no more commands are in flight than the server allows', async () => {
  const stage = new Stage();
  const room = stage.connection.room('board:demo');
  for (let i = 0; i < 5; i++) room.send('rename', { title: `${i}` });
  await stage.open({ limits: { maxInFlight: 2 } });
  assert.equal(stage.said('command').length, 2);
  stage.hear({ type: 'accepted', id: stage.said('command')[0].id, room: room.name, seq: 1 });
  assert.deepEqual(stage.said('command').map(({ args }) => args.title), ['0', '1', '2']);
});

test('a guest keeps its id by the token that welcome brings', async () => {
  const stage = new Stage();
  await stage.open({ token: 'guest-token' });
  stage.cut();
  stage.pass(1000);
  stage.socket.readyState = 1;
  stage.socket.onopen();
  await settled();
  assert.deepEqual([stage.said('hello')[0].token, stage.said('hello')[0].name], ['guest-token', 'Ana']);
});

test('a guest token that is not taken any more is forgotten', async () => {
  const stage = new Stage();
  await stage.open({ token: 'old' });
  stage.hear({ type: 'bye', code: 4401, reason: 'No token, or not a valid one.', reconnect: false, retryAfterMillis: 0 });
  stage.cut(4401);
  stage.pass(1000);
  stage.socket.readyState = 1;
  stage.socket.onopen();
  await settled();
  assert.equal(stage.said('hello')[0].token, undefined);
});

test('a token is fetched anew for each connection', async () => {
  let given = 0;
  const stage = new Stage({ getToken: async () => `token-${++given}` });
  await stage.open();
  assert.equal(stage.said('hello')[0].token, 'token-1');
  stage.cut();
  stage.pass(1000);
  await stage.open();
  assert.equal(stage.said('hello')[0].token, 'token-2');
});

test('a room that is not open to me says so; what was pending has an answer of its own', async () => {
  const stage = new Stage();
  const room = stage.connection.room('board:secret');
  const sent = room.send('rename', { title: 'x' });
  await stage.open();
  stage.hear({ type: 'refused', id: stage.said('subscribe')[0].id, code: 'forbidden', message: 'You may not read this room.' });
  await assert.rejects(room.ready, { code: 'forbidden' });
  assert.deepEqual([room.pending.length, stage.connection.status.waiting], [1, 1]);
  stage.hear({ type: 'refused', id: stage.said('command')[0].id, code: 'forbidden', message: 'You may not write here.' });
  await assert.rejects(sent, { code: 'forbidden' });
  assert.equal(stage.connection.status.waiting, 0);
});

test('members come and go; my presence is said again after a reconnect', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  stage.hear({ type: 'presence', room: room.name, members: { s2: { user: 'guest:bo', name: 'Bo', state: {} } }, count: 2 });
  stage.hear({ type: 'presence', room: room.name, members: { s2: { state: { dragging: 't1' } } }, count: 2 });
  assert.deepEqual(room.members.s2, { user: 'guest:bo', name: 'Bo', state: { dragging: 't1' } });
  stage.hear({ type: 'presence', room: room.name, members: { s3: { user: 'u3', name: 'C', state: {} } }, count: 900, complete: true });
  assert.deepEqual([Object.keys(room.members), room.memberCount], [['s3'], 900]);
  room.setPresence({ editing: 't1' });
  stage.cut();
  stage.pass(1000);
  await stage.open();
  stage.hear({ type: 'subscribed', id: stage.said('subscribe')[0].id, room: room.name, epoch: 'e1', seq: 5, role: 'editor', events: [], members: {}, count: 0 });
  assert.deepEqual(stage.said('presence').map(({ state }) => state), [{ editing: 't1' }]);
});

test('a signal reaches the room; several may share a frame', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  const heard = [];
  room.on('signal', ({ from, topic, data }) => heard.push([from, topic, data.x]));
  stage.hear({ type: 'signals', room: room.name, signals: [{ from: 's2', topic: 'cursor', data: { x: 1 } }, { from: 's3', topic: 'cursor', data: { x: 2 } }] });
  assert.deepEqual(heard, [['s2', 'cursor', 1], ['s3', 'cursor', 2]]);
});

test('history answers, and says so when there is no connection', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  const page = room.history({ before: 5, limit: 2 });
  const [asked] = stage.said('history');
  assert.deepEqual([asked.before, asked.limit], [5, 2]);
  stage.hear({ type: 'history', id: asked.id, room: room.name, events: [event(3, 'x'), event(4, 'y')], more: true });
  assert.equal((await page).more, true);
  stage.cut();
  await assert.rejects(room.history(), { code: 'offline' });
});

test('a message of a newer server is ignored', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  stage.hear({ type: 'fireworks', room: room.name });
  assert.equal(stage.connection.status.state, 'saved');
});

test('closing ends everything, and no timer connects again', async () => {
  const stage = new Stage();
  await joined(stage);
  stage.connection.close();
  stage.pass(100_000);
  assert.deepEqual([stage.sockets.length, stage.connection.status.state], [1, 'closed']);
});

test('a clock that is set back stalls neither sending nor the pauses', async () => {
  const stage = new Stage();
  stage.chance = 0.999;
  const room = await joined(stage);
  for (let i = 0; i < 359; i++) room.signal('cursor', { i }); // The burst is used up.
  stage.setBy = -3_600_000;
  stage.pass(1000);
  room.send('rename', { title: 'a' });
  assert.equal(stage.said('command').length, 1);
  stage.pass(1000);
  stage.hear({ type: 'ping' });
  stage.setBy = 3_600_000;
  stage.wake(true);
  assert.equal(stage.connection.status.state, 'saving', 'it has not slept for an hour');
  stage.cut();
  assert.equal(stage.connection.status.retryAt - (stage.now + stage.setBy), 400);
});

test('a room too many leaves the others alone, and comes when one is left', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  const more = stage.connection.room('board:more');
  const sent = more.send('rename', { title: 'x' });
  stage.hear({ type: 'refused', id: stage.said('subscribe')[1].id, code: 'too_fast', message: 'One connection may hold 1 rooms. Leave one first.' });
  await assert.rejects(more.ready, { code: 'too_fast' });
  stage.hear({ type: 'accepted', id: stage.said('command')[0].id, room: more.name, seq: 1 });
  assert.deepEqual(await sent, { seq: 1 });
  stage.pass(2000);
  assert.deepEqual([stage.sockets.length, stage.said('subscribe').length, stage.connection.status.state], [1, 2, 'saved']);
  room.leave();
  assert.equal(stage.said('subscribe').length, 3);
  stage.hear({ type: 'subscribed', id: stage.said('subscribe')[2].id, room: more.name, epoch: 'e1', seq: 1, role: 'editor', document: { a: {} }, members: {}, count: 0 });
  assert.deepEqual([more.document, more.refusal], [{ a: {} }, undefined]);
});

test('a room that is not to be had now is tried again alone, and what waits for it stays', async () => {
  for (const [code, details, atLeast] of [['internal', undefined, 0], ['unavailable', undefined, 0], ['too_fast', { retryAfterMillis: 700 }, 700]]) {
    const stage = new Stage();
    await joined(stage);
    const other = stage.connection.room('board:other');
    other.send('rename', { title: 'x' });
    for (let i = 1; i <= 4; i++) {
      stage.hear({ type: 'refused', id: stage.said('subscribe')[i].id, code, message: 'Not now.', details });
      assert.deepEqual([other.refusal, other.pending.length, stage.connection.status.waiting], [undefined, 1, 1]);
      stage.pass(atLeast - 1);
      assert.equal(stage.said('subscribe').length, i + 1);
      stage.hear({ type: 'ping' });
      stage.pass(2000);
      stage.hear({ type: 'ping' });
      assert.equal(stage.said('subscribe').length, i + 2, code);
    }
    other.leave();
    stage.hear({ type: 'refused', id: stage.said('subscribe')[5].id, code, message: 'Not now.', details });
    stage.pass(2000);
    assert.deepEqual([stage.said('subscribe').length, stage.sockets.length], [6, 1]);
  }
});

test('a key of one room says nothing about another', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  const other = stage.connection.room('board:other');
  const mine = room.send('rename', { title: 'here' }, { key: 'k' });
  const there = other.send('rename', { title: 'there' }, { key: 'k' });
  stage.hear({ type: 'subscribed', id: stage.said('subscribe')[1].id, room: other.name, epoch: 'e1', seq: 0, role: 'editor', document: {}, members: {}, count: 0 });
  stage.hear({ type: 'events', room: other.name, events: [event(1, 'there', 'k')] });
  assert.deepEqual(await there, { seq: 1 });
  assert.deepEqual(stage.connection.pending.map(({ room: name }) => name), [room.name]);
  stage.hear({ type: 'refused', id: stage.said('command')[0].id, code: 'rule', message: 'No.' });
  await assert.rejects(mine, { code: 'rule' });
});

test('waking hastens a pause of one’s own, but not one that the server has announced', async () => {
  for (const code of [1012, 4429]) {
    const stage = new Stage();
    stage.chance = 0.999;
    stage.cut();
    stage.pass(400);
    stage.cut();
    stage.pass(800);
    await joined(stage);
    stage.hear({ type: 'bye', code, reason: 'Later.', reconnect: true, retryAfterMillis: 500 });
    stage.cut(code, 'Later.');
    stage.pass(100);
    stage.wake(true);
    stage.wake(true);
    assert.equal(stage.connection.status.retryAt, stage.now + 400);
    assert.equal(stage.sockets.length, 3);
    stage.pass(399);
    assert.equal(stage.sockets.length, 3);
    stage.pass(1);
    assert.equal(stage.sockets.length, 4);
    stage.cut();
    stage.wake(true);
    assert.equal(stage.sockets.length, 5);
  }
});

test('what is closed listens to nothing, and listens again when it is opened', async () => {
  let listening = 0;
  const onWake = () => {
    listening++;
    return () => listening--;
  };
  const stage = new Stage({ surroundings: { onWake } });
  await joined(stage);
  stage.cut();
  stage.pass(1000);
  assert.equal(listening, 1);
  stage.connection.close();
  stage.connection.close();
  assert.equal(listening, 0);
  stage.connection.tryNow();
  assert.equal(listening, 1);
  await stage.open();
  stage.cut(4403);
  assert.equal(listening, 0, 'closed for good');
});

test('a change names the events that are in the document, and none behind a gap', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  const seen = [];
  room.on('change', ({ events }) => seen.push(...events.map(({ seq }) => seq)));
  stage.hear(events(event(5, 'known'), event(6, 'new'), event(8, 'behind a gap')));
  assert.deepEqual(seen, [6]);
});

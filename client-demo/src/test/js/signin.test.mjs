import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stage, joined, settled } from './stage.mjs';

const expired = { type: 'bye', code: 4401, reason: 'The token has expired.', reconnect: false, retryAfterMillis: 0 };

/** The server does not take the token, or not any more. */
function refuse(stage) {
  stage.hear(expired);
  stage.cut(4401, expired.reason);
}

/** The next connection says hello. */
async function hello(stage) {
  if (stage.socket.readyState === 3) stage.pass(stage.connection.status.retryAt - stage.now);
  stage.socket.readyState = 1;
  stage.socket.onopen();
  await settled();
  return stage.said('hello')[0].token;
}

test('a token that has expired is followed by another', async () => {
  let given = 0;
  const stage = new Stage({ getToken: async () => `token-${++given}` });
  const room = await joined(stage);
  refuse(stage);
  assert.equal(stage.connection.status.state, 'offline');
  assert.ok(stage.connection.status.retryAt >= stage.now);
  stage.pass(1000);
  await stage.open();
  assert.equal(stage.said('hello')[0].token, 'token-2');
  assert.deepEqual([stage.said('subscribe')[0].after, room.seq], [5, 5]);
});

test('tokens that are refused one after another end it, with a code', async () => {
  let given = 0;
  const stage = new Stage({ getToken: async () => `token-${++given}` });
  for (let i = 1; i <= 5; i++) {
    assert.equal(stage.connection.status.code, undefined);
    assert.equal(await hello(stage), `token-${i}`);
    refuse(stage);
  }
  const { state, code, reason } = stage.connection.status;
  assert.deepEqual([state, code, reason], ['closed', 'unauthorized', expired.reason]);
  stage.pass(600_000);
  assert.equal(stage.sockets.length, 5);
  stage.connection.tryNow();
  assert.equal(stage.connection.status.code, undefined);
});

test('one that is taken counts the refused ones from the beginning', async () => {
  const stage = new Stage({ getToken: async () => 'a token' });
  for (let i = 0; i < 12; i++) {
    await hello(stage);
    if (i % 4 === 3) stage.hear({ type: 'welcome', session: 's', user: { id: 'olga', name: 'Olga' }, limits: {} });
    refuse(stage);
  }
  assert.equal(stage.connection.status.state, 'offline');
});

test('a token that never changes ends it at once', async () => {
  const stage = new Stage({ token: 'the only one' });
  await joined(stage);
  refuse(stage);
  stage.pass(600_000);
  assert.deepEqual([stage.sockets.length, stage.connection.status.state, stage.connection.status.code], [1, 'closed', 'unauthorized']);
});

test('whose access was withdrawn is told so', async () => {
  const stage = new Stage();
  await joined(stage);
  stage.hear({ type: 'bye', code: 4403, reason: 'Access was withdrawn.', reconnect: false, retryAfterMillis: 0 });
  stage.cut(); // The close frame is lost; the server has said it all the same.
  assert.deepEqual([stage.connection.status.state, stage.connection.status.code], ['closed', 'forbidden']);
});

test('the guest of this browser outlives the token of somebody who signed in', async () => {
  const stage = new Stage({ token: 'olga’s' });
  stage.stored.set('tutti.guest', 'the guest’s');
  await hello(stage);
  refuse(stage);
  assert.equal(stage.stored.get('tutti.guest'), 'the guest’s');
  assert.equal(stage.connection.status.state, 'closed');
});

test('nor does somebody who is signed in become the guest of this browser', async () => {
  const stage = new Stage({ token: 'a guest’s, but the page’s' });
  stage.stored.set('tutti.guest', 'the guest’s');
  await stage.open({ token: 'renewed' });
  assert.equal(stage.stored.get('tutti.guest'), 'the guest’s');
});

test('a guest’s token that another tab has renewed is not thrown away', async () => {
  const stage = new Stage();
  stage.stored.set('tutti.guest', 'old');
  assert.equal(await hello(stage), 'old');
  stage.stored.set('tutti.guest', 'new');
  refuse(stage);
  assert.equal(await hello(stage), 'new');
  refuse(stage);
  assert.equal(await hello(stage), undefined);
  refuse(stage);
  assert.deepEqual([stage.connection.status.state, stage.connection.status.code], ['closed', 'unauthorized']);
});

test('a guest who signs in is connected anew, as somebody else', async () => {
  const stage = new Stage();
  await joined(stage);
  stage.connection.authenticate('olga’s');
  refuse(stage); // A hello cannot change the user.
  assert.equal(await hello(stage), 'olga’s');
});

test('where nothing can be stored a guest stays the same as long as the page is open', async () => {
  const full = () => {
    throw new Error('QuotaExceededError');
  };
  for (const getItem of [() => null, full]) {
    const stage = new Stage({ surroundings: { storage: { getItem, setItem: full, removeItem: full } } });
    await stage.open({ token: 'guest-token' });
    assert.equal(stage.connection.status.state, 'saved');
    stage.cut();
    assert.equal(await hello(stage), 'guest-token');
    refuse(stage);
    assert.equal(await hello(stage), undefined);
  }
});

/** A page whose user changes; `open(id)` connects as this one. */
async function shared(options) {
  const stage = new Stage({ getToken: async () => 'a token', ...options });
  const room = stage.connection.room('board:demo', { predictions: { rename: (_, { title }) => ({ tickets: { t1: { title } } }) } });
  const open = async (id) => {
    if (stage.socket.readyState === 3) stage.pass(stage.connection.status.retryAt - stage.now);
    await stage.open({ user: { id, name: id } });
    stage.hear({ type: 'subscribed', id: stage.said('subscribe')[0].id, room: room.name, epoch: 'e1', seq: 5, role: 'editor', document: { tickets: { t1: { title: 'one' } } }, members: {}, count: 0 });
  };
  return { stage, room, open };
}

test('what waits is nobody else’s: it is neither shown to another user nor sent by them, and goes when its own is back', async () => {
  const { stage, room, open } = await shared();
  await open('olga');
  stage.cut();
  const sent = [1, 2, 3].map((i) => room.send('rename', { title: `Olga’s ${i}` }));
  assert.equal(stage.connection.status.waiting, 3);
  await open('bo');
  assert.deepEqual(stage.said('command'), []);
  assert.deepEqual([stage.connection.status.text, room.pending.length, room.document.tickets.t1.title], ['saved', 0, 'one']);
  assert.equal(room.canUndo, false);
  const own = room.send('rename', { title: 'Bo’s' });
  assert.deepEqual(stage.said('command').map(({ key }) => key), [own.key]);
  stage.cut();
  await open('olga');
  assert.deepEqual(stage.said('command').map(({ key }) => key), sent.map(({ key }) => key));
  assert.equal(room.document.tickets.t1.title, 'Olga’s 3');
  for (const [i, { id }] of stage.said('command').entries()) stage.hear({ type: 'accepted', id, room: room.name, seq: 6 + i });
  assert.deepEqual(await Promise.all(sent), [{ seq: 6 }, { seq: 7 }, { seq: 8 }]);
  stage.cut();
  await open('bo');
  assert.deepEqual(stage.said('command').map(({ key }) => key), [own.key]);
});

test('what was made before anybody was named is the first user’s', async () => {
  const { stage, room, open } = await shared();
  const early = room.send('rename', { title: 'early' });
  await open('olga');
  assert.deepEqual(stage.said('command').map(({ key }) => key), [early.key]);
});

test('what a page makes for a user whom it named is not the one’s who comes', async () => {
  const { stage, room, open } = await shared({ user: 'olga' });
  room.send('rename', { title: 'Olga’s' });
  await open('bo');
  assert.deepEqual([stage.said('command'), stage.connection.status.waiting], [[], 0]);
});

test('what waits for a guest is not sent by who signs in', async () => {
  const { stage, room, open } = await shared({ getToken: undefined });
  await open('guest:ana');
  stage.cut();
  room.send('rename', { title: 'Ana’s' });
  stage.connection.authenticate('olga’s');
  await open('olga');
  assert.deepEqual([stage.said('command'), room.pending], [[], []]);
});

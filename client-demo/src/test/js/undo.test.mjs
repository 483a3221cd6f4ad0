import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stage, joined, settled } from './stage.mjs';

/** The server answers the latest command. */
function accepts(stage, seq) {
  stage.hear({ type: 'accepted', id: stage.said('command').at(-1).id, room: 'board:demo', seq });
  return settled();
}

function refuses(stage, code, message) {
  stage.hear({ type: 'refused', id: stage.said('command').at(-1).id, code, message });
  return settled();
}

const last = (stage) => stage.said('command').at(-1);

test('the last change is taken back by its number, and done again by the number of that', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  room.send('rename', { title: 'a' });
  await accepts(stage, 6);
  room.send('rename', { title: 'b' });
  await accepts(stage, 7);
  const undone = room.undo();
  await settled();
  assert.deepEqual([last(stage).name, last(stage).args], ['change.undo', { seq: 7 }]);
  await accepts(stage, 8);
  assert.deepEqual(await undone, { seq: 8 });
  assert.deepEqual([room.canUndo, room.canRedo], [true, true]);
  const redone = room.redo();
  await settled();
  assert.deepEqual(last(stage).args, { seq: 8 });
  await accepts(stage, 9);
  assert.deepEqual(await redone, { seq: 9 });
  void room.undo();
  await settled();
  assert.deepEqual(last(stage).args, { seq: 9 });
});

test('a change that is still pending is waited for', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  room.send('rename', { title: 'a' });
  void room.undo();
  await settled();
  assert.equal(stage.said('command').length, 1);
  await accepts(stage, 6);
  assert.deepEqual(last(stage).args, { seq: 6 });
});

test('three quick undos take back three changes, the latest first', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  for (const seq of [6, 7, 8]) {
    room.send('rename', { title: `${seq}` });
    await accepts(stage, seq);
  }
  for (let i = 0; i < 3; i++) void room.undo();
  assert.equal(room.canUndo, false);
  await settled();
  assert.deepEqual(stage.said('command').slice(3).map(({ args }) => args.seq), [8, 7, 6]);
  assert.equal(await room.undo(), undefined);
});

test('a new change makes redo forget', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  const told = [];
  room.on('undo', ({ canUndo, canRedo }) => told.push([canUndo, canRedo]));
  room.send('rename', { title: 'a' });
  await accepts(stage, 6);
  void room.undo();
  await settled();
  await accepts(stage, 7);
  assert.equal(room.canRedo, true);
  room.send('rename', { title: 'b' });
  assert.deepEqual([room.canUndo, room.canRedo, told.at(-1)], [true, false, [true, false]]);
});

test('what someone has changed since is told as stale, in the words of the server, and dropped', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  room.send('rename', { title: 'a' });
  await accepts(stage, 6);
  const undone = room.undo();
  await settled();
  await refuses(stage, 'stale', 'Somebody has changed it since.');
  await assert.rejects(undone, { code: 'stale', message: 'Somebody has changed it since.' });
  assert.deepEqual([room.canUndo, room.canRedo], [false, false]);
});

test('what a rule does not allow now may be taken back later', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  room.send('rename', { title: 'a' });
  await accepts(stage, 6);
  const undone = room.undo();
  await settled();
  await refuses(stage, 'rule', 'The column is full.');
  await assert.rejects(undone, { code: 'rule' });
  assert.equal(room.canUndo, true);
});

test('a refused change is nothing to take back', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  room.send('rename', { title: 'a' });
  assert.equal(room.canUndo, true);
  await refuses(stage, 'rule', 'No.');
  assert.equal(room.canUndo, false);
});

test('one that is taken back out of turn is on the list no more, and can be done again', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  const older = room.send('rename', { title: 'a' });
  await accepts(stage, 6);
  room.send('rename', { title: 'b' });
  await accepts(stage, 7);
  void room.undo(older.key);
  await settled();
  assert.deepEqual(last(stage).args, { seq: 6 });
  await accepts(stage, 8);
  assert.equal(await room.undo(older.key), undefined);
  void room.undo();
  await settled();
  assert.deepEqual(last(stage).args, { seq: 7 });
  await accepts(stage, 9);
  assert.deepEqual([room.canUndo, room.canRedo], [false, true]);
  void room.redo();
  void room.redo();
  await settled();
  assert.deepEqual(stage.said('command').slice(-2).map(({ args }) => args.seq), [9, 8]);
});

test('what is taken back before it was sent is taken back in the order of the wishes', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  room.send('rename', { title: 'a' });
  room.send('rename', { title: 'b' });
  void room.undo();
  void room.undo();
  assert.deepEqual([room.canUndo, room.canRedo], [false, true]);
  const [first, second] = stage.said('command').map(({ id }) => id);
  stage.hear({ type: 'accepted', id: first, room: 'board:demo', seq: 6 });
  await settled();
  assert.equal(stage.said('command').length, 2);
  stage.hear({ type: 'accepted', id: second, room: 'board:demo', seq: 7 });
  await settled();
  assert.deepEqual(stage.said('command').slice(2).map(({ args }) => args.seq), [7, 6]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentOf, membersOf, readable, refOf, select, statusOf } from '../../main/resources/dev/tutti/pages/tutti/store.js';
import { Stage, joined } from './stage.mjs';

const renamed = (seq, title) => ({ type: 'events', room: 'board:demo', events: [{ seq, key: `k${seq}`, patch: { tickets: { t1: { title } } } }] });

test('a snapshot is the same until it differs', async () => {
  const stage = new Stage();
  const room = await joined(stage);
  for (const store of [documentOf(room), membersOf(room), statusOf(stage.connection)]) assert.equal(store.getSnapshot(), store.getSnapshot());
  const document = documentOf(room).getSnapshot();
  stage.hear(renamed(6, 'two'));
  assert.notEqual(documentOf(room).getSnapshot(), document);
});

test('a listener hears of changes until it stops', async () => {
  const stage = new Stage();
  const store = documentOf(await joined(stage));
  const heard = [];
  const stop = store.subscribe(() => heard.push(store.getSnapshot().tickets.t1.title));
  stage.hear(renamed(6, 'two'));
  stop();
  stage.hear(renamed(7, 'three'));
  assert.deepEqual(heard, ['two']);
});

test('who selects a part hears nothing of the rest', async () => {
  const stage = new Stage();
  const title = select(documentOf(await joined(stage)), (document) => document.tickets.t1.title);
  let heard = 0;
  title.subscribe(() => heard++);
  stage.hear({ type: 'events', room: 'board:demo', events: [{ seq: 6, key: 'k6', patch: { columns: { c1: { title: 'To do' } } } }] });
  assert.equal(heard, 0);
  stage.hear(renamed(7, 'two'));
  assert.equal(heard, 1);
  assert.equal(title.getSnapshot(), 'two');
});

test('a part that is made anew each time is kept while it is the same', async () => {
  const stage = new Stage();
  const titles = select(documentOf(await joined(stage)), (document) => Object.values(document.tickets).map(({ title }) => title), (a, b) => a.join() === b.join());
  const first = titles.getSnapshot();
  stage.hear({ type: 'events', room: 'board:demo', events: [{ seq: 6, key: 'k6', patch: { tickets: { t1: { rank: 'V' } } } }] });
  assert.equal(titles.getSnapshot(), first);
});

test('the status is said once for each that differs', async () => {
  const stage = new Stage();
  const store = statusOf(stage.connection);
  const heard = [];
  store.subscribe(() => heard.push(store.getSnapshot().state));
  await joined(stage);
  stage.cut();
  assert.deepEqual(heard, [...new Set(heard)]);
  assert.equal(heard.at(-1), 'offline');
});

test('a readable says its value at once, as Svelte wants it', async () => {
  const stage = new Stage();
  const said = [];
  const stop = readable(documentOf(await joined(stage))).subscribe((document) => said.push(document.tickets.t1.title));
  stage.hear(renamed(6, 'two'));
  stop();
  stage.hear(renamed(7, 'three'));
  assert.deepEqual(said, ['one', 'two']);
});

test('a ref follows until its scope ends, as Vue wants it', async () => {
  const stage = new Stage();
  let stop;
  const ref = refOf(documentOf(await joined(stage)), { shallowRef: (value) => ({ value }), onScopeDispose: (task) => (stop = task) });
  stage.hear(renamed(6, 'two'));
  assert.equal(ref.value.tickets.t1.title, 'two');
  stop();
  stage.hear(renamed(7, 'three'));
  assert.equal(ref.value.tickets.t1.title, 'two');
});

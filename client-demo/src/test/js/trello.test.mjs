import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromTrello, isTrello } from '../../main/resources/dev/tutti/pages/app/board/trello.js';

const id = (n) => String(n).padStart(24, '0');
const board = () => ({
  name: 'Launch',
  lists: [{ id: id(2), name: 'Doing', pos: 2 }, { id: id(1), name: 'To do', pos: 1 }, { id: id(3), name: 'Old', pos: 3, closed: true }],
  cards: [
    { id: id(11), idList: id(1), name: 'Second', pos: 9, closed: true },
    { id: id(10), idList: id(1), name: 'First', pos: 4, desc: 'Why', due: '2026-12-01T12:00:00.000Z', idMembers: ['m1'],
      labels: [{ name: 'bug', color: 'red' }, { name: '', color: 'green_dark' }], attachments: [{}, {}] },
    { id: id(12), idList: id(3), name: 'In a closed list', pos: 1 },
    { id: id(13), idList: 'nowhere', name: 'Lost', pos: 1 },
  ],
  checklists: [{ idCard: id(10), pos: 1, checkItems: [{ id: id(21), name: 'b', pos: 2, state: 'complete' }, { id: id(20), name: 'a', pos: 1, state: 'incomplete' }] }],
  members: [{ id: 'm1', fullName: 'Ana Lima', username: 'ana' }],
  actions: [{ id: id(30), type: 'commentCard', date: '2026-11-01T10:00:00Z', data: { text: 'Good', card: { id: id(10) } }, memberCreator: { fullName: 'Bo' } }],
});
const named = (commands, name) => commands.filter(([command]) => command === name).map(([, args]) => args);

test('lists become columns and cards tickets, in the order of their places', () => {
  const { title, commands } = fromTrello(board());
  assert.equal(title, 'Launch');
  assert.deepEqual(named(commands, 'column.add').map(({ title }) => title), ['To do', 'Doing', 'Old']);
  assert.deepEqual(named(commands, 'ticket.add').map(({ title }) => title), ['In a closed list', 'First', 'Second']);
});

test('what a card holds comes along', () => {
  const { commands } = fromTrello(board());
  assert.deepEqual(named(commands, 'ticket.edit'), [{ ticket: id(10), description: 'Why' }]);
  assert.deepEqual(named(commands, 'ticket.due'), [{ ticket: id(10), date: '2026-12-01' }]);
  assert.deepEqual(named(commands, 'ticket.label').map(({ label, hue }) => [label, hue]), [['bug', 25], ['green_dark', 150]]);
  assert.deepEqual(named(commands, 'ticket.assign'), [{ ticket: id(10), user: 'trello:ana', name: 'Ana Lima' }]);
  assert.deepEqual(named(commands, 'ticket.check.add').map(({ text }) => text), ['a', 'b']);
  assert.deepEqual(named(commands, 'ticket.check.set').map(({ item }) => item), [id(21)]);
  assert.deepEqual(named(commands, 'comment.add').map(({ text }) => text), ['Bo, 2026-11-01: Good']);
});

test('what is closed there is archived here, and its column goes', () => {
  const { commands } = fromTrello(board());
  assert.deepEqual(named(commands, 'ticket.archive').map(({ ticket }) => ticket), [id(12), id(11)]);
  assert.deepEqual(commands.at(-1), ['column.delete', { column: id(3) }]);
});

test('what cannot come along is told', () => {
  assert.deepEqual(fromTrello(board()).left, ['2 attachments']);
});

test('only what looks like an export of Trello is taken for one', () => {
  assert.ok(isTrello(board()));
  for (const other of [null, 1, [], {}, { lists: [] }, { lists: {}, cards: [] }]) assert.ok(!isTrello(other), JSON.stringify(other));
});

test('a file with anything in any place makes no error, and no text that is too long', () => {
  const odd = { name: 'x'.repeat(9_000), lists: [{ id: 'a', name: null }], cards: [{ id: 'b', idList: 'a', name: 'y'.repeat(9_000), labels: 3, due: 7, idMembers: ['gone'] }], actions: 'none' };
  for (const [, args] of fromTrello(odd).commands) assert.ok((args.title ?? '').length <= 500);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromTrello, isTrello } from '../../main/resources/dev/tutti/pages/app/board/trello.js';
import { applyPatch } from '../../main/resources/dev/tutti/pages/tutti/patch.js';

const id = (n) => (0x6543_2100 + n).toString(16).padStart(8, '0') + String(n).padStart(16, '0');
const madeAt = (n) => new Date((0x6543_2100 + n) * 1000).toISOString();
const around = () => {
  let keys = 0;
  return { now: '2026-11-22T12:00:00.000Z', newKey: () => `00000000-0000-7000-8000-${String(++keys).padStart(12, '0')}` };
};
const board = () => ({
  name: 'Launch',
  lists: [{ id: id(2), name: 'Doing', pos: 2 }, { id: id(1), name: 'To do', pos: 1 }, { id: id(3), name: 'Old', pos: 3, closed: true }],
  cards: [
    { id: id(11), idList: id(1), name: 'Second', pos: 9, closed: true },
    { id: id(10), idList: id(1), name: 'First', pos: 4, desc: 'Why', due: '2026-12-01T12:00:00.000Z', idMembers: ['m1'],
      labels: [{ name: 'bug', color: 'red' }, { name: '', color: 'green_dark' }],
      attachments: [{ name: 'Plan', url: 'https://example.org/plan.pdf' }, { name: 'Bad', url: 'javascript:alert(1)' }] },
    { id: id(12), idList: id(3), name: 'In a closed list', pos: 1 },
    { id: id(13), idList: 'nowhere', name: 'Lost', pos: 1 },
  ],
  checklists: [{ idCard: id(10), pos: 1, checkItems: [{ id: id(21), name: 'b', pos: 2, state: 'complete' }, { id: id(20), name: 'a', pos: 1, state: 'incomplete' }] }],
  members: [{ id: 'm1', fullName: 'Ana Lima', username: 'ana' }],
  actions: [
    { id: id(30), type: 'commentCard', date: '2026-11-01T10:00:00Z', data: { text: 'Good', card: { id: id(10) } }, memberCreator: { fullName: 'Bo Berg', username: 'bo' } },
    { id: id(31), type: 'createCard', date: madeAt(10), data: { card: { id: id(10) } }, memberCreator: { fullName: 'Ana Lima', username: 'ana' } },
  ],
});
const converted = (json = board()) => fromTrello(json, around());
const titles = (entities) => Object.values(entities).sort((a, b) => (a.rank < b.rank ? -1 : 1)).map(({ title }) => title);

test('lists become columns and cards tickets, in the order of their places', () => {
  const { title, file } = converted();
  assert.equal(title, 'Launch');
  assert.equal(file.document.board.info.title, 'Launch');
  assert.deepEqual(titles(file.document.columns), ['To do', 'Doing']);
  assert.deepEqual(Object.values(file.document.tickets).filter(({ column }) => column === id(1)).map(({ title }) => title), ['First', 'Second']);
});

test('what a card holds comes along, with links to what was attached', () => {
  const { [id(10)]: ticket } = converted().file.document.tickets;
  assert.deepEqual(ticket, {
    title: 'First', column: id(1), rank: ticket.rank, by: 'trello:ana', at: madeAt(10), due: '2026-12-01',
    description: 'Why\n\nPlan: https://example.org/plan.pdf', labels: { bug: 25, green_dark: 150 }, assignees: { 'trello:ana': 'Ana Lima' },
    checklist: { [id(20)]: { text: 'a', done: false, rank: ticket.checklist[id(20)].rank }, [id(21)]: { text: 'b', done: true, rank: ticket.checklist[id(21)].rank } },
  });
  assert.ok(ticket.checklist[id(20)].rank < ticket.checklist[id(21)].rank);
});

test('comments are by who wrote them, at that time', () => {
  assert.deepEqual(converted().file.document.comments, {
    [id(30)]: { ticket: id(10), text: 'Good', by: 'trello:bo', name: 'Bo Berg', at: '2026-11-01T10:00:00.000Z' },
  });
});

test('what is closed there is archived here, and its column is gone', () => {
  const { tickets, columns } = converted().file.document;
  assert.deepEqual(Object.values(tickets).filter(({ archived }) => archived).map(({ title }) => title).sort(), ['In a closed list', 'Second']);
  assert.ok(!Object.hasOwn(columns, id(3)));
});

test('the events lead to the document, in the order in which things happened', () => {
  const { document, events } = converted().file;
  assert.deepEqual(events.reduce((held, { patch }) => applyPatch(held, patch), {}), document);
  assert.deepEqual(events.map(({ seq }) => seq), events.map((_, index) => index + 1));
  assert.equal(new Set(events.map(({ key }) => key)).size, events.length);
  const times = events.slice(1).map(({ at }) => at);
  assert.deepEqual(times, times.toSorted());
});

test('a thousand cards of a list have ranks in order, and none ends in the lowest digit', () => {
  const cards = Array.from({ length: 2_100 }, (_, n) => ({ id: id(100 + n), idList: id(1), name: `No. ${n}`, pos: n }));
  const { file, left } = converted({ ...board(), cards });
  const ranks = Object.values(file.document.tickets).map(({ rank }) => rank);
  assert.deepEqual(ranks, ranks.toSorted());
  assert.equal(new Set(ranks).size, 2_000);
  for (const rank of ranks) assert.match(rank, /^[0-9A-Za-z]{0,2}[1-9A-Za-z]$/);
  assert.deepEqual(left, ['100 cards']);
});

test('only what looks like an export of Trello is taken for one', () => {
  assert.ok(isTrello(board()));
  for (const other of [null, 1, [], {}, { lists: [] }, { lists: {}, cards: [] }]) assert.ok(!isTrello(other), JSON.stringify(other));
});

test('a file with anything in any place makes no error, and no text that is too long', () => {
  const odd = {
    name: 'x'.repeat(9_000), lists: [{ id: 'a', name: null }, null, { id: '__proto__', name: 'p' }],
    cards: [{ id: 'b', idList: 'a', name: `${'y'.repeat(499)}😀`, labels: 3, due: 7, idMembers: ['gone'], attachments: 'no' }, { id: 'c', idList: 'a', name: 'line\nbreak\u0000', idMembers: 4 }], actions: 'none',
  };
  const { tickets } = converted(odd).file.document;
  assert.deepEqual(Object.values(tickets).map(({ title }) => title), ['y'.repeat(499), 'line break']);
});

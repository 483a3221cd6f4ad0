import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromTrello, isTrello } from '../../main/resources/dev/tutti/pages/app/board/trello.js';
import { applyPatch } from '../../main/resources/dev/tutti/pages/tutti/patch.js';

const id = (n) => (0x6543_2100 + n).toString(16).padStart(8, '0') + String(n).padStart(16, '0');
const madeAt = (n) => new Date((0x6543_2100 + n) * 1000).toISOString();
const around = () => {
  let keys = 0;
  return { now: '2026-11-22T12:00:00.000Z', timeZone: 'UTC', newKey: () => `00000000-0000-7000-8000-${String(++keys).padStart(12, '0')}` };
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
const converted = (json = board(), there = {}) => fromTrello(json, { ...around(), ...there });
/** The board with its first card as somebody has it. */
const withCard = (card, more = {}) => ({ ...board(), ...more, cards: [{ id: id(10), idList: id(1), name: 'First', pos: 1, ...card }] });
const first = (json, there) => converted(json, there).file.document.tickets[id(10)];
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
  assert.deepEqual(converted().left.toSorted(), ['1 attachment that is no link', '1 card that is in no list', '1 hour of a due date, of which the day is kept']);
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

test('a due date is the day that its reader saw in Trello', () => {
  const json = withCard({ due: '2026-12-01T23:30:00.000Z' });
  assert.equal(first(json, { timeZone: 'UTC' }).due, '2026-12-01');
  assert.equal(first(json, { timeZone: 'Europe/Berlin' }).due, '2026-12-02');
  assert.equal(first(withCard({ due: '2026-12-01T01:00:00.000Z' }), { timeZone: 'America/New_York' }).due, '2026-11-30');
});

test('a due date that was done is not late here, and is told', () => {
  const json = withCard({ due: '2025-12-01T12:00:00.000Z', dueComplete: true });
  assert.equal(first(json).due, undefined);
  assert.deepEqual(converted(json).left, ['1 due date that was done']);
});

test('custom fields and the start stand at the end of the description', () => {
  const json = withCard({ desc: 'Why', start: '2026-11-20T08:00:00.000Z', customFieldItems: [
    { idCustomField: 'f1', value: { text: 'high' } }, { idCustomField: 'f2', value: { number: '3' } }, { idCustomField: 'f3', idValue: 'o2', value: null },
    { idCustomField: 'f4', value: { checked: 'true' } }, { idCustomField: 'f5', value: null },
  ] }, { customFields: [{ id: 'f1', name: 'Risk' }, { id: 'f2', name: 'Points' }, { id: 'f3', name: 'Team', options: [{ id: 'o2', value: { text: 'Blue' } }] }, { id: 'f4', name: 'Signed' }, { id: 'f5', name: 'Empty' }] });
  assert.equal(first(json).description, 'Why\n\nStart: 2026-11-20\nRisk: high\nPoints: 3\nTeam: Blue\nSigned: yes');
  assert.deepEqual(converted(json).left, []);
});

test('items of several checklists say which one they were in', () => {
  const lists = ['Before', 'After'].map((name, n) => ({ idCard: id(10), name, pos: n, checkItems: [{ id: id(20 + n), name: 'Call', state: 'incomplete' }] }));
  const texts = (checklists) => Object.values(first(withCard({}, { checklists })).checklist).map(({ text }) => text);
  assert.deepEqual(texts(lists), ['Before: Call', 'After: Call']);
  assert.deepEqual(texts(lists.slice(1)), ['Call']);
});

test('a comment that was copied with its card comes along', () => {
  const action = { ...board().actions[0], type: 'copyCommentCard' };
  assert.deepEqual(Object.keys(converted({ ...board(), actions: [action] }).file.document.comments), [id(30)]);
});

test('nothing is left out without being told', () => {
  const long = 'x'.repeat(30_000);
  const cases = [
    [withCard({ desc: long }), '1 end of a text that is too long'],
    [withCard({ name: long }), '1 end of a text that is too long'],
    [{ ...withCard({}), actions: [{ ...board().actions[0], data: { text: long, card: { id: id(10) } } }] }, '1 end of a text that is too long'],
    [withCard({ labels: [{ name: 'bug', color: 'red' }, { name: 'bug', color: 'blue' }] }), '1 label with the name of another'],
    [withCard({ cover: { color: 'red' } }), '1 cover'],
    [withCard({ cover: { color: null, idAttachment: null } }), undefined],
    [withCard({ stickers: [{}, {}] }), '2 stickers'],
    [withCard({ idMembersVoted: ['a'] }), '1 vote'],
    [withCard({ coordinates: { latitude: 1, longitude: 2 } }), '1 place on a map'],
    [withCard({ attachments: [{ name: 'a', url: 'file:///a' }] }), '1 attachment that is no link'],
    [withCard({ badges: { comments: 4 } }), '3 comments that Trello left out of the file'],
    [withCard({ id: 'no id!' }), '1 thing without a usable id'],
    [withCard({ idList: 'nowhere' }), '1 card that is in no list'],
    [withCard({ desc: 'y'.repeat(19_990), attachments: [{ name: 'a', url: 'https://example.org/' }] }), '1 list of attachments and fields'],
  ];
  for (const [json, told] of cases) {
    const { left } = converted({ ...json, checklists: [] });
    assert.deepEqual(left, told === undefined ? [] : [told]);
  }
});

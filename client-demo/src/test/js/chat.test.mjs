import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPlain } from '../../main/resources/dev/tutti/pages/app/chat/markdown.js';
import { newest, lines, together, unread } from '../../main/resources/dev/tutti/pages/app/chat/model.js';
import { Mute } from '../../main/resources/dev/tutti/pages/app/chat/mute.js';
import { dayOf } from '../../main/resources/dev/tutti/pages/app/chat/row.js';
import { serverClock } from '../../main/resources/dev/tutti/pages/app/chat/server-clock.js';
import { Typing } from '../../main/resources/dev/tutti/pages/app/chat/typing.js';
import { Stage } from './stage.mjs';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const iso = (millis) => new Date(millis).toISOString();

test('what people mostly say needs no parser', () => {
  for (const text of ['Hello', 'The ferry is late by 20 minutes, so is the fish.', 'At 8:30? (Yes) – 100 % sure!', 'naïve 日本語 😀', 'a - b', 'price: 3.50 €', 'http']) {
    assert.ok(isPlain(text), text);
  }
});

test('what may be a format, a link or an address goes through it', () => {
  for (const text of ['*a*', '_a_', '`a`', '~~a~~', '<b>', '&amp;', '[a](b)', 'a\nb', '> a', '# a', '- a', '+ a', '1. a', '2) a', ' - a', '=====', '---', 'a|b', 'https://example.org', 'HTTP://EXAMPLE.ORG', 'www.example.org', 'WWW.example.org', 'me@example.org', '@Ana', 'a \\* b', '![x](y)']) {
    assert.ok(!isPlain(text), text);
  }
});

/** A chat on a stage whose server's clock is `ahead` of ours, in milliseconds. */
async function chat(document = {}, ahead = 0, members = {}) {
  const stage = new Stage();
  const room = stage.connection.room('chat:demo');
  const serverNow = serverClock(stage.connection);
  await stage.open({ pingMillis: 10 * DAY, server: { version: 'x', at: iso(stage.now + ahead) } });
  stage.hear({ type: 'subscribed', id: stage.said('subscribe')[0].id, room: room.name, epoch: 'e1', seq: 5, role: 'editor', document, members, count: 0 });
  return { stage, room, serverNow };
}

test("the server's clock is known from its last welcome, and runs", async () => {
  const stage = new Stage();
  const serverNow = serverClock(stage.connection);
  assert.equal(serverNow(), stage.now);
  await stage.open({ server: { version: 'x', at: new Date(stage.now + 5_000).toISOString() } });
  stage.pass(300);
  assert.equal(serverNow(), stage.now + 5_000);
  stage.hear({ type: 'welcome', session: 's1', user: { id: 'guest:ana', name: 'Ana' }, server: { version: 'x', at: new Date(stage.now - 20).toISOString() } });
  assert.equal(serverNow(), stage.now - 20);
});

test('a mute is over when it is over by the server, though nothing arrives then', async () => {
  for (const ahead of [0, 10 * MINUTE, -3 * DAY]) {
    const { stage, room, serverNow } = await chat({}, ahead);
    const ended = [];
    const mute = new Mute(stage.connection.around, serverNow, () => ended.push(mute.why(room, 'guest:ana')));
    const why = (until) => mute.why({ role: 'editor', document: { muted: { 'guest:ana': { until } } } }, 'guest:ana');
    assert.match(why(iso(stage.now + ahead + 5 * MINUTE)), /^You are muted here until /);
    stage.pass(5 * MINUTE - 1);
    assert.deepEqual(ended, []);
    stage.pass(1);
    assert.deepEqual(ended, [''], `${ahead}`);
    assert.equal(why(iso(stage.now + ahead)), '');
  }
});

test('a mute of a year is looked at again each day, and one for good never', async () => {
  const { stage, serverNow } = await chat();
  stage.connection.close(); // Nothing else happens in all that time.
  let looked = 0;
  const document = { muted: { 'guest:ana': { until: iso(stage.now + 30 * DAY) } } };
  const mute = new Mute(stage.connection.around, serverNow, () => void (looked++, mute.why({ role: 'editor', document }, 'guest:ana')));
  mute.why({ role: 'editor', document }, 'guest:ana');
  stage.pass(40 * DAY);
  assert.equal(looked, 30);
  assert.equal(mute.why({ role: 'editor', document: { muted: { 'guest:ana': {} } } }, 'guest:ana'), 'You are muted here');
  stage.pass(400 * DAY);
  assert.equal(looked, 30);
});

test('owners are never muted, and viewers may not write for another reason', () => {
  const mute = new Mute({ setTimeout: () => assert.fail(), clearTimeout() {} }, () => 0, () => {});
  const document = { muted: { 'guest:ana': {} } };
  assert.equal(mute.why({ role: 'owner', document }, 'guest:ana'), '');
  assert.equal(mute.why({ role: 'viewer', document }, 'guest:ana'), 'You may read here, but not write');
  assert.equal(mute.why({ role: 'editor', document }, 'guest:bo'), '');
});

test('a mute that was taken away does not ring any more', async () => {
  const { stage, serverNow } = await chat();
  const mute = new Mute(stage.connection.around, serverNow, () => assert.fail());
  mute.why({ role: 'editor', document: { muted: { 'guest:ana': { until: iso(stage.now + MINUTE) } } } }, 'guest:ana');
  mute.why({ role: 'editor', document: {} }, 'guest:ana');
  stage.pass(2 * MINUTE);
});

/** Who is in the room, and a line that says who types. */
async function typing() {
  const members = { s1: { user: 'guest:ana', name: 'Ana' }, s2: { user: 'bo', name: 'Bo' }, s3: { user: 'wei', name: 'Wei' }, s4: { user: 'ines', name: 'Ines' } };
  const { stage, room } = await chat({}, 0, members);
  const line = { textContent: '' };
  const shown = new Typing(room, line, () => 'guest:ana', stage.connection.around);
  const types = (from, on = true) => stage.hear({ type: 'signals', room: room.name, signals: [{ type: 'signal', from, topic: 'typing', data: { on } }] });
  return { stage, room, line, shown, types };
}

test('who does not say again that they type has stopped after five seconds', async () => {
  const { stage, line, types } = await typing();
  types('s2');
  assert.equal(line.textContent, 'Bo is typing');
  stage.pass(3_000);
  types('s3');
  assert.equal(line.textContent, 'Bo and Wei are typing');
  stage.pass(1_999);
  assert.equal(line.textContent, 'Bo and Wei are typing');
  stage.pass(1);
  assert.equal(line.textContent, 'Wei is typing');
  types('s3');
  types('s2');
  types('s4');
  assert.equal(line.textContent, 'Several people are typing');
  stage.pass(5_000);
  assert.equal(line.textContent, '');
});

test('who has sent it has stopped at once; I never type to myself', async () => {
  const { stage, room, line, types } = await typing();
  types('s1');
  types('s9');
  assert.equal(line.textContent, '');
  types('s2');
  stage.hear({ type: 'events', room: room.name, events: [{ seq: 6, name: 'message.posted', by: 'bo', at: '2026-11-22T10:00:00Z', key: 'k', patch: {} }] });
  assert.equal(line.textContent, '');
});

test('a word that they type and that comes behind their message holds until the one that they do not', async () => {
  const { line, types } = await typing();
  types('s2');
  types('s2', false);
  assert.equal(line.textContent, '');
});

test('whoever has typed says that they have sent it, and once', async () => {
  const { stage, shown } = await typing();
  const said = () => stage.said('signal').map(({ data }) => data.on);
  shown.stop();
  assert.deepEqual(said(), []);
  shown.say();
  shown.stop();
  shown.stop();
  assert.deepEqual(said(), [true, false]);
});

test('that I type is said every two seconds at most, and again after I have sent', async () => {
  const { stage, shown } = await typing();
  const said = () => stage.said('signal').filter(({ data }) => data.on).length;
  shown.say();
  stage.pass(1_999);
  shown.say();
  assert.equal(said(), 1);
  stage.pass(1);
  shown.say();
  assert.equal(said(), 2);
  shown.stop();
  shown.say();
  assert.equal(said(), 3);
});

test('a room that is left says nothing more of who types', async () => {
  const { stage, line, shown, types } = await typing();
  types('s2');
  shown.close();
  types('s3');
  stage.pass(10_000);
  assert.equal(line.textContent, '');
});

/** A document with these messages of Bo's, or of whom they name. */
const holding = (messages, read = {}, count = Math.max(0, ...Object.values(messages).map(({ n }) => n))) => ({
  chat: { info: { count } },
  messages: Object.fromEntries(Object.entries(messages).map(([id, m]) => [id, { by: 'bo', ...m }])),
  people: Object.fromEntries(Object.entries(read).map(([user, n]) => [user, { read: n }])),
});

test('unread is what others wrote behind what I have read, and was not deleted', () => {
  const document = holding({ m1: { n: 1 }, m2: { n: 2, mentions: { ana: 'Ana' } }, m3: { n: 3, by: 'ana' }, m4: { n: 4, deleted: {} }, m5: { n: 5, mentions: { ana: 'Ana', wei: 'Wei' } } }, { ana: 1, bo: 5, wei: 0 });
  assert.deepEqual(unread(document, 'ana'), { messages: 2, mentions: 2 });
  assert.deepEqual(unread(document, 'ana', 2), { messages: 1, mentions: 1 });
  assert.deepEqual(unread(document, 'bo'), { messages: 0, mentions: 0 });
  assert.deepEqual(unread(document, 'wei'), { messages: 4, mentions: 1 });
});

test('who was never here has nothing to catch up with', () => {
  assert.deepEqual(unread(holding({ m1: { n: 1, mentions: { ana: 'Ana' } } }), 'ana'), { messages: 0, mentions: 0 });
  assert.deepEqual(unread(undefined, 'ana'), { messages: 0, mentions: 0 });
  assert.deepEqual(unread({}, 'ana', 0), { messages: 0, mentions: 0 });
});

test('what the document has let go of is unread too, and a pinned message among it once', () => {
  const kept = { m8: { n: 8 }, m9: { n: 9, by: 'ana' }, m10: { n: 10 } };
  assert.deepEqual(unread(holding(kept, { ana: 3 }), 'ana'), { messages: 6, mentions: 0 });
  assert.deepEqual(unread(holding({ p: { n: 5, pinned: {} }, ...kept }, { ana: 3 }), 'ana'), { messages: 6, mentions: 0 });
  assert.deepEqual(unread(holding({ p: { n: 2, pinned: {} }, ...kept }, { ana: 3 }), 'ana'), { messages: 6, mentions: 0 });
  assert.deepEqual(unread(holding({}, { ana: 3 }, 10), 'ana'), { messages: 7, mentions: 0 });
});

test('a pinned message far before does not make the rest look older', () => {
  const all = lines(holding({ p: { n: 2, pinned: {} }, m10: { n: 10 }, m9: { n: 9 } }));
  assert.deepEqual(all.map(({ id }) => id), ['p', 'm9', 'm10']);
  assert.deepEqual(newest(all).map(({ id }) => id), ['m9', 'm10']);
  assert.deepEqual(newest([]), []);
});

test('a day is said as people say it, by the calendar of whoever looks', () => {
  const noon = new Date(2026, 10, 22, 12).getTime();
  assert.equal(dayOf(iso(new Date(2026, 10, 22, 0, 0, 1).getTime()), noon), 'Today');
  assert.equal(dayOf(iso(new Date(2026, 10, 21, 23, 59).getTime()), noon), 'Yesterday');
  assert.match(dayOf(iso(new Date(2026, 10, 20, 12).getTime()), noon), /20/);
  assert.doesNotMatch(dayOf(iso(new Date(2026, 10, 20, 12).getTime()), noon), /2026/);
  assert.match(dayOf(iso(new Date(2025, 10, 20, 12).getTime()), noon), /2025/);
});

test('messages of one person within five minutes and one day go together', () => {
  const m = (millis, more = {}) => ({ n: 1, by: 'bo', name: 'Bo', at: iso(new Date(2026, 10, 22, 23, 58).getTime() + millis), ...more });
  assert.ok(together(m(0), m(MINUTE)));
  for (const [before, after] of [[m(0), m(5 * MINUTE)], [m(0), m(MINUTE, { by: 'ana' })], [m(0), m(MINUTE, { thread: 't' })], [m(0, { deleted: {} }), m(MINUTE)], [m(0), m(2 * MINUTE)], [undefined, m(0)]]) {
    assert.ok(!together(before, after));
  }
});

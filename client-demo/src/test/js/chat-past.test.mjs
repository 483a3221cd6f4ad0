import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lines, newest, tombstone } from '../../main/resources/dev/tutti/pages/app/chat/model.js';
import { Past } from '../../main/resources/dev/tutti/pages/app/chat/past.js';
import { applyPatch } from '../../main/resources/dev/tutti/pages/tutti/patch.js';
import { Refusal } from '../../main/resources/dev/tutti/pages/tutti/refusal.js';

/** What the room's document keeps here: few, so that a short story goes beyond it. */
const KEPT = 10;
const TOMBSTONES = 3;
/** Events that one page of the history looks at. */
const EXAMINED = 150;

/** A room with its journal, and whoever looks at its past. `all` has every message as it is by now. */
class Story {
  events = [];
  all = new Map();
  confirmed = {};
  seq = 0;
  /** True where there is no connection. */
  cut = false;
  asked = 0;

  constructor() {
    this.past = new Past(this);
  }

  /** Events happen, of which the page hears as of one batch; `reset`: it hears only where they have led. */
  happens(patches, cause = 'event') {
    const events = patches.map((patch) => ({ seq: this.events.push({ seq: this.events.length + 1, patch }), patch }));
    for (const { patch } of events) this.confirmed = applyPatch(this.confirmed, patch);
    this.seq = this.events.length;
    return this.past.follow({ cause, events: cause === 'reset' ? [] : events });
  }

  post(id = `m${this.all.size + 1}`) {
    const n = this.all.size + 1;
    const m = { n, text: `text ${n}`, by: 'bo', name: 'Bo', at: '2026-11-22T10:00:00Z' };
    this.all.set(id, m);
    const { messages = {} } = this.decided;
    const free = lines({ messages }).filter((line) => !line.m.pinned);
    const gone = free.slice(0, Math.max(0, free.length + 1 - KEPT)).map((line) => [line.id, null]);
    return this.#decide({ messages: { ...Object.fromEntries(gone), [id]: m } });
  }

  /** The document as it will be when the patches that were decided have happened. */
  get decided() {
    return this.open ?? this.confirmed;
  }

  #decide(patch) {
    this.open = applyPatch(this.decided, patch);
    return patch;
  }

  change(id, change) {
    this.all.set(id, applyPatch(this.all.get(id), change));
    return this.#decide({ messages: { [id]: change } });
  }

  delete(id) {
    const mark = { by: 'olga', at: '2026-11-22T11:00:00Z' };
    if (this.decided.messages?.[id]) return this.change(id, tombstone(mark));
    this.all.set(id, applyPatch(this.all.get(id), tombstone(mark)));
    const there = Object.keys(this.decided.removed ?? {});
    const oldest = there.length >= TOMBSTONES ? { [there[0]]: null } : {};
    return this.#decide({ removed: { ...oldest, [id]: mark } });
  }

  async history({ before, limit, entity }) {
    this.asked++;
    await undefined;
    if (this.cut) throw new Refusal('offline', 'There is no connection.');
    const until = Math.min(before, this.events.length + 1);
    const from = Math.max(1, until - EXAMINED);
    const found = this.events.slice(from - 1, until - 1).filter(({ patch }) => patch[entity]).slice(-limit);
    const reached = found.length === limit ? found[0].seq : from;
    return { events: found, more: reached > 1, reached };
  }

  get shown() {
    return [...this.past.lines, ...newest(lines(this.confirmed))];
  }

  async reads(pages = Infinity) {
    let left = pages;
    return this.past.read(() => left-- > 0);
  }

  isShownAsItIs(seed) {
    const wanted = [...this.all].map(([id, m]) => ({ id, m })).slice(this.all.size - this.shown.length);
    assert.deepEqual(this.shown, wanted, `seed ${seed}`);
  }
}

/** @param {(story: Story) => any[]} patches */
const told = (...made) => {
  const story = new Story();
  for (const make of made) story.happens(make(story));
  return story;
};
const posts = (count) => (story) => Array.from({ length: count }, () => story.post());
const deletes = (...ids) => (story) => ids.map((id) => story.delete(id));
const ids = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => `m${from + i}`);

test('however many are deleted, none of them says again what it said', async () => {
  const story = told(posts(1_000), deletes(...ids(1, 900)));
  story.past = new Past(story); // Somebody comes who has heard of none of it.
  await story.reads();
  assert.equal(story.shown.length, 1_000);
  assert.ok(story.shown.slice(0, 900).every(({ m }) => m.deleted && m.text === undefined));
  story.isShownAsItIs();
});

test('what is deleted while somebody looks at it is gone at once, and stays gone', async () => {
  const story = told(posts(100));
  await story.reads();
  assert.equal(story.past.line('m1')?.m.text, 'text 1');
  story.happens(deletes('m1')(story));
  assert.equal(story.past.line('m1')?.m.text, undefined);
  for (const id of ids(2, 20)) story.happens(deletes(id)(story));
  assert.equal(Object.keys(story.confirmed.removed).length, TOMBSTONES);
  story.isShownAsItIs();
});

test('what is deleted between two pages is not there when its page comes', async () => {
  const story = told(posts(1_000));
  await story.reads(1);
  assert.ok(story.past.line('m500') === undefined);
  for (const id of ids(490, 510)) story.happens(deletes(id)(story));
  await story.reads();
  story.isShownAsItIs();
});

test('an edit, or a deletion, in the very batch in which the document lets go of a message is kept', async () => {
  const story = told(posts(KEPT));
  story.happens([story.change('m1', { text: 'put right', edited: 'x' }), story.delete('m2'), ...posts(4)(story)]);
  story.isShownAsItIs();
  assert.equal(story.past.line('m1').m.text, 'put right');
  assert.equal(story.past.line('m2').m.text, undefined);
});

test('a pinned message of the past is as it is now, whatever happens to it', async () => {
  const story = told(posts(3), (it) => [it.change('m2', { pinned: { by: 'olga' } })], posts(200));
  await story.reads(1);
  story.happens([story.change('m2', { reactions: { '👍': { bo: 'Bo' } } })]);
  await story.reads();
  story.isShownAsItIs();
  story.happens([story.delete('m2')]);
  assert.equal(story.past.line('m2').m.text, undefined);
  story.happens(posts(1)(story));
  story.isShownAsItIs();
});

test('where the document came anew the past is read again', async () => {
  const story = told(posts(100));
  await story.reads();
  assert.ok(story.happens(deletes('m1', 'm2', 'm3', 'm4', 'm5')(story), 'reset'));
  assert.deepEqual([story.past.lines, story.past.complete], [[], false]);
  await story.reads();
  story.isShownAsItIs();
  assert.equal(story.past.line('m1').m.text, undefined);
});

test('a page that came before the past was let go of is not taken', async () => {
  const story = told(posts(100));
  const reading = story.reads();
  story.happens(deletes('m1')(story), 'reset');
  await reading;
  story.isShownAsItIs();
});

test('more than the document keeps at once, in a room that was empty', async () => {
  const story = told(posts(KEPT * 3));
  assert.equal(story.past.complete, false);
  await story.reads();
  story.isShownAsItIs();
});

test('without a connection there is no past, until there is one', async () => {
  const story = told(posts(100));
  story.cut = true;
  assert.equal(await story.reads(), false);
  story.cut = false;
  assert.equal(await story.reads(), true);
  story.isShownAsItIs();
});

test('deletions are read in large pages, and no further back than the messages', async () => {
  const story = told(posts(1_000), deletes('m1'));
  await story.reads(1);
  assert.ok(story.asked <= 3, `${story.asked}`);
});

test('a long past that nobody looks at is let go of, and is right when it is read again', async () => {
  const story = told(posts(2_500));
  await story.reads();
  story.happens(deletes('m7')(story));
  story.past.rest();
  assert.equal(story.past.lines.length, 0);
  for (const id of ids(10, 20)) story.happens(deletes(id)(story));
  await story.reads();
  story.isShownAsItIs();
});

/** Mulberry32. @param {number} seed */
function chance(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

test('in whatever order things happen and are read, what is shown is what is', async () => {
  for (let seed = 1; seed <= 40; seed++) {
    const random = chance(seed);
    const story = told(posts(random(60)));
    const any = () => `m${1 + random(story.all.size || 1)}`;
    const kept = (id) => story.decided.messages?.[id] && !story.decided.messages[id].deleted;
    const patch = () => {
      const id = any();
      if (story.all.size === 0 || random(3) === 0) return [story.post()];
      if (random(2) === 0) return story.all.get(id).deleted ? [] : [story.delete(id)];
      if (!kept(id)) return [];
      return [story.change(id, [{ text: `edited ${random(100)}`, edited: 'x' }, { reactions: { '👍': { [`u${random(3)}`]: 'U' } } }, { pinned: { by: 'olga' } }, { pinned: null }][random(4)])];
    };
    for (let step = 0; step < 60; step++) {
      const reading = random(4) === 0 ? story.reads(1 + random(2)) : undefined;
      story.happens(Array.from({ length: random(12) }, patch).flat(), random(25) === 0 ? 'reset' : 'event');
      if (random(2) === 0) await reading;
      story.isShownAsItIs(seed);
    }
    await story.reads();
    story.isShownAsItIs(seed);
    assert.equal(story.shown.length, story.all.size, `seed ${seed}`);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ToastQueue } from '../../main/resources/dev/tutti/pages/app/toast.js';

/** A queue with a clock of its own, and what it has shown, in order. */
function stage() {
  let now = 0;
  let timers = [];
  const shown = [];
  const queue = new ToastQueue((toast) => shown.push(toast?.words), {
    now: () => now,
    setTimeout: (task, millis) => (timers.push({ task, at: now + millis }), timers.at(-1)),
    clearTimeout: (timer) => (timers = timers.filter((other) => other !== timer)),
  });
  const pass = (millis) => {
    const end = now + millis;
    for (let due; (due = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]); ) {
      timers = timers.filter((timer) => timer !== due);
      now = due.at;
      due.task();
    }
    now = end;
  };
  return { queue, shown, pass };
}
const undo = { label: 'Undo', run() {} };

test('five refusals at once are all seen, one after the other', () => {
  const { queue, shown, pass } = stage();
  for (const words of ['a', 'b', 'c', 'd', 'e']) queue.add(words);
  pass(60_000);
  assert.deepEqual(shown, ['a', 'b', 'c', 'd', 'e', undefined]);
});

test('a refusal does not take an undo away: it comes back until its time is over', () => {
  const { queue, shown, pass } = stage();
  queue.add('Archived.', undo);
  pass(1_000);
  queue.add('It is full.');
  pass(2_000);
  assert.deepEqual(shown, ['Archived.', 'It is full.']);
  pass(2_500);
  assert.equal(queue.shown.words, 'Archived.');
  pass(5_900);
  assert.equal(queue.shown.words, 'Archived.');
  pass(200);
  assert.equal(queue.shown, undefined);
});

test('the same words are not said twice, but stay longer', () => {
  const { queue, shown, pass } = stage();
  queue.add('Nothing to undo.');
  pass(4_000);
  queue.add('Nothing to undo.');
  pass(4_000);
  assert.equal(queue.shown.words, 'Nothing to undo.');
  pass(1_000);
  assert.deepEqual(shown, ['Nothing to undo.', undefined]);
});

test('two that can be undone are two, though their words are the same', () => {
  const { queue, shown, pass } = stage();
  queue.add('Archived.', undo);
  queue.add('Archived.', { ...undo });
  pass(2_500);
  assert.deepEqual(shown, ['Archived.', 'Archived.']);
  pass(60_000);
  assert.equal(queue.shown, undefined);
});

test('nothing changes under a pointer, and goes on when it has left', () => {
  const { queue, shown, pass } = stage();
  queue.add('a', undo);
  queue.add('b');
  queue.hold(true);
  pass(60_000);
  assert.deepEqual(shown, ['a']);
  queue.hold(false);
  pass(2_500);
  assert.equal(queue.shown.words, 'b');
});

test('what is taken away while it waits is never shown, and of very many the oldest are not', () => {
  const { queue, shown, pass } = stage();
  queue.add('first');
  const gone = queue.add('gone', undo);
  queue.remove(gone);
  for (let i = 0; i < 30; i++) queue.add(`no. ${i}`);
  pass(600_000);
  assert.ok(!shown.includes('gone') && !shown.includes('no. 9') && shown.includes('no. 10') && shown.includes('no. 29'), shown.join());
});

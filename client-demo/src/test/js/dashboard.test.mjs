import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aligned, lone } from '../../main/resources/dev/tutti/pages/app/dashboard/model.js';

const at = (...times) => times.map((time) => ({ time, value: time }));

test('each series has a value for each time, and goes on where others alone have a point', () => {
  assert.deepEqual(aligned([at(10, 30), at(20, 30)], 100), [[10, 20, 30], [10, undefined, 30], [undefined, 20, 30]]);
});

test('a pause is a gap from its beginning to its end, whatever others have meanwhile', () => {
  const [times, paused, other] = aligned([at(0, 10, 100, 110), at(0, 10, 20, 50, 90, 100, 110)], 40);
  assert.deepEqual(times, [0, 10, 11, 20, 50, 90, 100, 110]);
  assert.deepEqual(paused, [0, 10, null, null, null, null, 100, 110]);
  assert.deepEqual(other, [0, 10, undefined, 20, 50, 90, 100, 110]);
});

test('one point and none make no gap', () => {
  assert.deepEqual(aligned([at(5), []], 1), [[5], [5], [undefined]]);
});

test('a point between two pauses is alone, also where other lines go on', () => {
  assert.deepEqual(lone([7]), [0]);
  assert.deepEqual(lone([7, 8]), []);
  assert.deepEqual(lone([1, null, 2, null, 3, undefined, 4]), [0, 2]);
  assert.deepEqual(lone([undefined, 1, undefined, null, 2, 3, null, undefined, 4, undefined]), [1, 8]);
  assert.deepEqual(lone([]), []);
});

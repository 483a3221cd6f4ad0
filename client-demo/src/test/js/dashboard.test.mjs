import { execFileSync } from 'node:child_process';
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

test('tiles and axes tell the time in one way, that of who looks', () => {
  const model = new URL('../../main/resources/dev/tutti/pages/app/dashboard/model.js', import.meta.url);
  const told = (locale) => JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', `
    import { clock, clockIn } from '${model}';
    const time = new Date(2026, 10, 23, 15, 4, 5).getTime();
    console.log(JSON.stringify([clock(time, time), ...[600, 86_400, 604_800].map((window) => clockIn(time, window))]));
  `], { env: { ...process.env, LC_ALL: locale }, encoding: 'utf8' })).map((words) => words.replace(/\s/gu, ' '));
  const [words, week] = [(all) => all.slice(0, 3), (all) => all[3]];
  assert.deepEqual(words(told('en_US.UTF-8')), ['3:04 PM', '3:04:05 PM', '3:04 PM']);
  assert.deepEqual(words(told('de_DE.UTF-8')), ['15:04', '15:04:05', '15:04']);
  assert.match(week(told('en_US.UTF-8')), /^Mon\W+3:04 PM$/);
  assert.match(week(told('de_DE.UTF-8')), /^Mo\W+15:04$/);
});

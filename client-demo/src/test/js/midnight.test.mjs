import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachDay } from '../../main/resources/dev/tutti/pages/app/midnight.js';

const HOUR = 3_600_000;

/** A page that was opened at this time of the clock on the wall, here. */
function opened(...time) {
  const page = { clock: new Date(...time).getTime(), left: 0, days: [] };
  eachDay(() => page.days.push(new Date(page.clock).toString().slice(0, 24)), {
    now: () => page.clock,
    setTimeout: (task, millis) => Object.assign(page, { task, left: millis }),
    clearTimeout: () => (page.task = undefined),
    onWake: (listener) => ((page.wakes = listener), () => {}),
  });
  /** Time passes, in which the page is awake. */
  page.lives = (millis) => {
    for (let rest = millis; ;) {
      const step = Math.min(rest, page.left);
      rest -= step;
      page.clock += step;
      page.left -= step;
      if (page.left > 0) return;
      page.task();
    }
  };
  return page;
}

test('a day begins at midnight, once, and not before', () => {
  const page = opened(2026, 10, 22, 23, 58, 30);
  page.lives(89_999);
  assert.deepEqual(page.days, []);
  page.lives(1);
  assert.deepEqual(page.days, ['Mon Nov 23 2026 00:00:00']);
  page.lives(23 * HOUR);
  assert.equal(page.days.length, 1);
  page.lives(HOUR);
  assert.deepEqual(page.days.slice(1), ['Tue Nov 24 2026 00:00:00']);
});

test('a laptop that slept over midnight is told as soon as it wakes, or within a minute where nobody says so', () => {
  const page = opened(2026, 10, 22, 20);
  page.clock += 10 * HOUR; // Its timers stood still for so long.
  page.wakes(true);
  assert.deepEqual(page.days, ['Mon Nov 23 2026 06:00:00']);
  page.clock += 24 * HOUR;
  page.lives(60_000);
  assert.equal(page.days.length, 2);
});

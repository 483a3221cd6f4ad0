import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Renewal } from '../../main/resources/dev/tutti/pages/app/renewal.js';
import { Stage, settled } from './stage.mjs';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A page of edition a, that somebody looks at: what the browser would do is noted down. */
async function open({ connected = true, busy = () => false } = {}) {
  const stage = new Stage({ outbox: 'memory' });
  await stage.open();
  const page = { stage, served: 'a', asked: 0, visible: true, typed: false, open: false, sure: true, loads: [], offers: 0, questions: 0 };
  const { now, setTimeout, clearTimeout } = stage.connection.around;
  const kept = new Map();
  page.renewal = new Renewal(connected ? stage.connection : undefined, busy, {
    edition: 'a',
    async served() {
      page.asked++;
      if (page.served === undefined) throw new Error('Nothing was answered.');
      return page.served;
    },
    reload: () => page.loads.push(now()),
    kept: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) },
    visible: () => page.visible,
    onVisible: (listener) => (page.turned = listener),
    random: () => stage.chance,
    offer: (accepted) => (page.offers++, page.accept = accepted),
    typed: () => page.typed,
    open: () => page.open,
    sure: async () => (page.questions++, page.sure),
    now, setTimeout, clearTimeout,
  });
  page.shows = (visible) => {
    page.visible = visible;
    page.turned();
  };
  /** Time passes, in which the server lives as it does. */
  page.passes = async (millis) => {
    for (let left = millis; left > 0; left -= 500) {
      if (stage.connection.status.state === 'saved') stage.hear({ type: 'ping' });
      stage.pass(Math.min(500, left));
      await settled();
    }
  };
  /** The server is replaced by another one, which has this edition. */
  page.restarts = async (edition) => {
    page.served = edition;
    stage.cut();
    await page.passes(2_000);
    await stage.open();
  };
  return page;
}

test('whoever looks is told once, and it is loaded only when they want it', async () => {
  const page = await open();
  await page.restarts('b');
  await page.passes(4_000);
  assert.equal(page.asked, 0, 'not all who are welcomed at once ask at once');
  await page.passes(2_000);
  assert.equal(page.asked, 1);
  await page.passes(2 * HOUR);
  assert.equal(page.offers, 1);
  assert.deepEqual(page.loads, []);
  page.accept();
  assert.equal(page.loads.length, 1);
  assert.equal(page.questions, 0);
});

test('what is typed is not thrown away unasked', async () => {
  const page = await open();
  await page.restarts('b');
  await page.passes(MINUTE);
  page.typed = true;
  page.sure = false;
  page.accept();
  await settled();
  assert.equal(page.questions, 1);
  assert.deepEqual(page.loads, []);
  page.sure = true;
  page.accept();
  await settled();
  assert.equal(page.loads.length, 1);
});

test('a page that was hidden for a while loads itself anew, but not where something is at stake', async () => {
  const at = { busy: false };
  const page = await open({ busy: () => at.busy });
  page.shows(false);
  page.typed = true;
  await page.restarts('b');
  await page.passes(10 * MINUTE);
  page.open = true;
  page.typed = false;
  await page.passes(2 * MINUTE);
  at.busy = true;
  page.open = false;
  await page.passes(2 * MINUTE);
  page.stage.connection.room('board:demo').send('rename', {}).catch(() => {}); // Nobody answers it.
  at.busy = false;
  await page.passes(2 * MINUTE);
  assert.deepEqual(page.loads, []);
  assert.equal(page.offers, 0);
  page.shows(true);
  await page.passes(MINUTE);
  assert.equal(page.offers, 1, 'whoever comes back is told');
});

test('it is not loaded by itself behind somebody who looks away for a moment, nor from a server that is away', async () => {
  const page = await open();
  await page.restarts('b');
  page.shows(false);
  await page.passes(4 * MINUTE);
  assert.deepEqual(page.loads, []);
  page.served = undefined;
  await page.passes(10 * MINUTE);
  assert.deepEqual(page.loads, []);
  page.served = 'b';
  await page.passes(MINUTE);
  assert.equal(page.loads.length, 1);
});

test('one that stays another is not loaded again and again', async () => {
  const page = await open();
  page.shows(false);
  await page.restarts('b');
  await page.passes(10 * MINUTE);
  assert.equal(page.loads.length, 1);
});

test('a page without a connection asks once an hour', async () => {
  const page = await open({ connected: false });
  await page.passes(59 * MINUTE);
  page.served = 'b';
  assert.equal(page.asked, 0);
  await page.passes(2 * MINUTE);
  assert.equal(page.asked, 1);
  assert.equal(page.offers, 1);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Wall } from '../../main/resources/dev/tutti/pages/app/dashboard/wall.js';
import { Stage, joined, settled } from './stage.mjs';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WEEK = 168 * HOUR;

/** A screen on a wall: what the browser would do is noted down. */
async function hung({ served = 'a', ...more } = {}) {
  const stage = new Stage({ outbox: 'memory' });
  const room = await joined(stage);
  const screen = { stage, room, said: '', locks: [], reloads: [], asked: 0, served, visible: true, kept: new Map() };
  const { now, setTimeout, clearTimeout } = stage.connection.around;
  const around = {
    visible: () => screen.visible,
    onVisible: (listener) => (screen.seen = listener),
    wakeLock: {
      async request(kind) {
        if (screen.noLock) throw new Error('The battery is low.');
        const lock = { kind, released: false, release: async () => void (lock.released = true) };
        screen.locks.push(lock);
        return lock;
      },
    },
    edition: 'a',
    async served() {
      screen.asked++;
      if (screen.served === undefined) throw new Error('Nothing was answered.');
      return screen.served;
    },
    reload: () => screen.reloads.push(now()),
    kept: { getItem: (key) => screen.kept.get(key) ?? null, setItem: (key, value) => screen.kept.set(key, value) },
    now, setTimeout, clearTimeout,
    ...more,
  };
  screen.hang = () => {
    screen.wall = new Wall(stage.connection, room, (words) => (screen.said = words), around);
    screen.wall.watch(true);
    return settled();
  };
  await screen.hang();
  return screen;
}

/** Time passes in small steps, in which the server lives as it does, so that promises go on too. */
async function passes({ stage }, millis, step = 30_000) {
  for (let left = millis; left > 0; left -= step) {
    if (stage.connection.status.state === 'saved') stage.hear({ type: 'ping' });
    stage.pass(Math.min(step, left));
    await settled();
  }
}

test('a connection that was closed for good is tried again for weeks, and why it was is said', async () => {
  const screen = await hung();
  const { stage } = screen;
  stage.hear({ type: 'bye', code: 4401, reason: 'The token has expired.', reconnect: false, retryAfterMillis: 0 });
  stage.cut(4401, 'The token has expired.');
  assert.equal(stage.connection.status.state, 'closed');
  assert.equal(screen.said, '', 'for a moment nothing is said');
  stage.pass(5_000);
  assert.match(screen.said, /^No connection since .+\. The token has expired\. It is tried again by itself\.$/);
  stage.pass(25_000);
  for (let look = 2; look < WEEK / 30_000; look++) {
    assert.equal(stage.sockets.length, look, 'one try at each look');
    stage.socket.readyState = 1;
    stage.hear({ type: 'bye', code: 4401, reason: 'The token has expired.', reconnect: false, retryAfterMillis: 0 });
    stage.cut(4401, 'The token has expired.');
    stage.pass(30_000);
  }
  assert.match(screen.said, /^No connection since .+ The token has expired/);
  await stage.open();
  assert.equal(screen.said, '');
});

test('a server that is away is tried at least every fifteen seconds, however long', async () => {
  const screen = await hung();
  const { stage } = screen;
  stage.chance = 1;
  stage.cut();
  for (let i = 0; i < 5_000; i++) {
    const before = stage.sockets.length;
    stage.pass(15_000);
    assert.ok(stage.sockets.length > before, `try ${i}`);
    stage.cut();
  }
  assert.match(screen.said, /^No connection since/);
  stage.pass(15_000);
  await stage.open();
  assert.equal(screen.said, '');
});

test('a dashboard that was closed to it is asked for again until it is open', async () => {
  const screen = await hung();
  const { stage, room } = screen;
  stage.hear({ type: 'unsubscribed', room: room.name, code: 'forbidden', message: 'Ana has no access.' });
  assert.equal(screen.said, 'It is tried again by itself.');
  for (let i = 0; i < 3; i++) {
    stage.pass(30_000);
    stage.pass(15_000); // Whatever pause was drawn is over.
    await stage.open();
    const [asked] = stage.said('subscribe');
    assert.equal(asked.room, room.name);
    if (i < 2) stage.hear({ type: 'refused', id: asked.id, code: 'forbidden', message: 'Ana has no access.' });
    else stage.hear({ type: 'subscribed', id: asked.id, room: room.name, epoch: 'e1', seq: 5, role: 'viewer', events: [], members: {}, count: 0 });
  }
  assert.equal(room.refusal, undefined);
  assert.equal(screen.said, '');
});

test('another edition is loaded, once the server has answered with it', async () => {
  const screen = await hung();
  const { stage } = screen;
  assert.equal(screen.asked, 1);
  await passes(screen, HOUR - MINUTE);
  assert.equal(screen.asked, 1, 'not before an hour has passed');
  await passes(screen, 2 * MINUTE);
  assert.equal(screen.asked, 2);
  screen.served = undefined; // A server that is away must not be loaded: the browser would show its own page.
  await passes(screen, 3 * HOUR);
  assert.deepEqual(screen.reloads, []);
  const tried = screen.asked;
  assert.ok(tried > 60, `asked again every minute: ${tried}`);
  screen.served = 'b';
  stage.cut();
  stage.pass(15_000);
  await stage.open();
  await settled();
  assert.deepEqual(screen.reloads, [stage.now]);
});

test('while instances of two editions answer by turns it is not loaded more than every five minutes', async () => {
  const screen = await hung({ served: 'b' });
  assert.equal(screen.reloads.length, 1);
  // Loaded anew, by the other instance: its page is the old one still.
  for (let i = 0; i < 20; i++) {
    await screen.hang();
    await passes(screen, 30_000);
  }
  const pauses = screen.reloads.slice(1).map((at, index) => at - screen.reloads[index]);
  assert.ok(screen.reloads.length >= 2);
  assert.ok(pauses.filter((pause) => pause > 0).every((pause) => pause >= 300_000), `${pauses}`);
});

test('where files have no edition nothing is asked', async () => {
  const screen = await hung({ edition: undefined });
  await passes(screen, 3 * HOUR);
  assert.equal(screen.asked, 0);
});

test('the screen is kept awake, and asked for again when it was let go of', async () => {
  const screen = await hung();
  const [first] = screen.locks;
  assert.equal(first.kind, 'screen');
  await passes(screen, HOUR);
  assert.equal(screen.locks.length, 1, 'one is enough');
  screen.visible = false;
  first.released = true; // As browsers do with pages that are hidden.
  await passes(screen, HOUR);
  assert.equal(screen.locks.length, 1);
  screen.visible = true;
  screen.seen();
  await settled();
  assert.equal(screen.locks.length, 2);
  screen.locks[1].released = true; // As some devices do to save the battery.
  screen.noLock = true;
  await passes(screen, HOUR);
  screen.noLock = false;
  await passes(screen, MINUTE);
  assert.equal(screen.locks.length, 3);
  screen.wall.watch(false);
  await settled();
  assert.ok(screen.locks.every(({ released }) => released));
});

test('a page that is no screen on a wall any more is left alone', async () => {
  const screen = await hung();
  const { stage } = screen;
  screen.wall.watch(false);
  screen.served = 'b';
  const asked = screen.asked;
  stage.hear({ type: 'bye', code: 4403, reason: 'No.', reconnect: false, retryAfterMillis: 0 });
  stage.cut(4403, 'No.');
  stage.pass(WEEK);
  await settled();
  assert.equal(stage.connection.status.state, 'closed');
  assert.deepEqual([screen.said, screen.asked, screen.reloads], ['', asked, []]);
});

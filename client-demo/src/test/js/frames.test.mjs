import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Frames } from '../../main/resources/dev/tutti/pages/app/frames.js';

/** A page whose next frame comes when the test says so; `drawn` counts. */
function page() {
  const waiting = [];
  globalThis.requestAnimationFrame = (task) => waiting.push(task);
  const it = { drawn: 0, frame: () => waiting.splice(0).forEach((task) => task()), asked: () => waiting.length };
  it.frames = new Frames(() => it.drawn++);
  return it;
}

test('what somebody else did is drawn at once', () => {
  const it = page();
  it.frames.now();
  assert.equal(it.drawn, 1);
  it.frame();
  assert.equal(it.drawn, 1);
});

test('a burst is drawn once, and once more with the frame', () => {
  const it = page();
  for (let i = 0; i < 50; i++) it.frames.now();
  assert.equal(it.drawn, 1);
  it.frame();
  assert.equal(it.drawn, 2);
});

test('all else waits for the frame, and costs nothing more where something was drawn meanwhile', () => {
  const it = page();
  it.frames.soon();
  it.frames.soon();
  assert.equal(it.drawn, 0);
  it.frames.now();
  assert.equal(it.drawn, 1);
  it.frame();
  assert.equal(it.drawn, 1);
});

test('a page at rest asks for no frame', () => {
  const it = page();
  it.frames.now();
  it.frame();
  assert.equal(it.asked(), 0);
  it.frames.now();
  assert.equal(it.drawn, 2);
});

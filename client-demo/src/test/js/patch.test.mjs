import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyPatch } from '../../main/resources/dev/tutti/pages/tutti/patch.js';

/** RFC 7396, appendix A: original, patch, result. */
const CASES = [
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [['a', 'b'], ['c', 'd'], ['c', 'd']],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
];

for (const [original, patch, result] of CASES) {
  test(`${JSON.stringify(original)} + ${JSON.stringify(patch)} = ${JSON.stringify(result)}`, () => {
    assert.deepEqual(applyPatch(original, patch), result);
  });
}

test('what a patch does not touch stays the same object', () => {
  const document = { tickets: { t1: { title: 'a' }, t2: { title: 'b' } }, columns: {} };
  const patched = applyPatch(document, { tickets: { t1: { title: 'c' } } });
  assert.equal(patched.tickets.t2, document.tickets.t2);
  assert.equal(patched.columns, document.columns);
  assert.equal(document.tickets.t1.title, 'a');
});

test('a patch reaches no prototype', () => {
  const hostile = JSON.parse('{"__proto__":{"evil":1},"constructor":{"prototype":{"evil":1}},"prototype":1,"a":{"__proto__":{"evil":1}}}');
  const patched = applyPatch({}, hostile);
  assert.deepEqual(Object.keys(patched), ['a']);
  assert.equal(patched.evil, undefined);
  assert.equal(patched.a.evil, undefined);
  assert.equal({}.evil, undefined);
});

test('names of Object.prototype are ordinary keys', () => {
  assert.deepEqual(applyPatch({}, { toString: { a: 1 } }), { toString: { a: 1 } });
});

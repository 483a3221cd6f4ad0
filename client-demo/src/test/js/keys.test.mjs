import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uuid7 } from '../../main/resources/dev/tutti/pages/tutti/uuid7.js';

test('the example of RFC 9562, appendix A.6', () => {
  const random = new Uint8Array([0, 0, 0, 0, 0, 0, 0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
  assert.equal(uuid7(0x017f22e279b0, random), '017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
});

test('later keys sort later', () => {
  assert.ok(uuid7(1_700_000_000_000) < uuid7(1_700_000_000_001));
});

test('keys differ within one millisecond', () => {
  const keys = new Set(Array.from({ length: 1000 }, () => uuid7(1_700_000_000_000)));
  assert.equal(keys.size, 1000);
});

/**
 * A UUID of version 7 (RFC 9562): the milliseconds since 1970, then randomness, so that keys made
 * later sort later.
 *
 * @param {number} now milliseconds since 1970 @param {Uint8Array} [random] 16 random bytes
 */
export function uuid7(now = Date.now(), random = crypto.getRandomValues(new Uint8Array(16))) {
  const bytes = random.slice(0, 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const time = Math.floor(now).toString(16).padStart(12, '0');
  return (time + hex.slice(12)).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

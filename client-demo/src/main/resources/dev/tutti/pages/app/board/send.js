/**
 * Sends a command of the board; refusals become toasts.
 *
 * @callback Send
 * @param {string} name
 * @param {Record<string, any>} args
 * @param {Record<string, any>} [expect] what I believed when I began
 * @returns {Promise<{seq: number}>}
 */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** An id for a new thing: short, and unlike any other. */
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

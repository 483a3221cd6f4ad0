/** Of what the server allows: the rest is for what is on its way and for its other clock. */
const SHARE = 0.9;

/**
 * Keeps below the rate that the server allows. One refused there and the next one taken would
 * change their order; so nothing is sent that would be refused.
 */
export class Pace {
  #perMilli = 0;
  #burst = Infinity;
  #left = Infinity;
  #at = 0;

  /** A new connection begins with a full burst. @param {any} limits of `welcome` @param {number} now */
  begin({ maxMessagesPerSecond = 200, maxBurst = 400 } = {}, now) {
    this.#perMilli = (SHARE * maxMessagesPerSecond) / 1000;
    this.#left = this.#burst = SHARE * maxBurst;
    this.#at = now;
  }

  /** Something is sent, whatever it is. @param {number} now */
  take(now) {
    this.#refill(now);
    this.#left -= 1;
  }

  /** @param {number} now @returns {number} milliseconds until the next command may go */
  wait(now) {
    this.#refill(now);
    return this.#left >= 1 ? 0 : Math.ceil((1 - this.#left) / this.#perMilli);
  }

  /** @param {number} now */
  #refill(now) {
    this.#left = Math.min(this.#burst, this.#left + (now - this.#at) * this.#perMilli);
    this.#at = now;
  }
}

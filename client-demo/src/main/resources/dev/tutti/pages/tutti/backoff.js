/** The longest pause before the first attempt, and before any attempt. */
const FIRST_MILLIS = 400;
const LONGEST_MILLIS = 15_000;
/** A connection that lasted this long was a good one: the next attempt starts from the beginning. */
const STEADY_MILLIS = 10_000;

/** Full jitter: each pause is random between nothing and a bound that doubles. */
export class Backoff {
  #attempts = 0;

  /** @param {() => number} random from 0 up to 1 */
  constructor(random) {
    this.random = random;
  }

  /** @returns {number} milliseconds to wait before the next attempt */
  next() {
    const bound = Math.min(LONGEST_MILLIS, FIRST_MILLIS * 2 ** this.#attempts);
    this.#attempts = Math.min(this.#attempts + 1, 16);
    return Math.round(this.random() * bound);
  }

  /** @param {number} millis how long the connection had been open */
  lasted(millis) {
    if (millis >= STEADY_MILLIS) this.#attempts = 0;
  }
}

/** One thing that will happen later, or not. */
export class Timer {
  /** @type {any} */
  #running;

  /** @param {import('./types.js').Surroundings} around */
  constructor(around) {
    this.around = around;
  }

  get running() {
    return this.#running !== undefined;
  }

  /** What was to happen before does not. @param {number} millis @param {() => void} task */
  start(millis, task) {
    this.stop();
    this.#running = this.around.setTimeout(() => {
      this.#running = undefined;
      task();
    }, millis);
  }

  stop() {
    this.around.clearTimeout(this.#running);
    this.#running = undefined;
  }
}

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

  /** @param {() => number} ticks milliseconds by a clock that nobody sets */
  constructor(ticks) {
    this.ticks = ticks;
  }

  /** A new connection begins with a full burst. @param {any} limits of `welcome` */
  begin({ maxMessagesPerSecond = 200, maxBurst = 400 } = {}) {
    this.#perMilli = (SHARE * maxMessagesPerSecond) / 1000;
    this.#left = this.#burst = SHARE * maxBurst;
    this.#at = this.ticks();
  }

  /** Something is sent, whatever it is. */
  take() {
    this.#refill();
    this.#left -= 1;
  }

  /** @returns {number} milliseconds until the next command may go */
  get wait() {
    this.#refill();
    return this.#left >= 1 ? 0 : Math.ceil((1 - this.#left) / this.#perMilli);
  }

  #refill() {
    const now = this.ticks();
    this.#left = Math.min(this.#burst, this.#left + (now - this.#at) * this.#perMilli);
    this.#at = now;
  }
}

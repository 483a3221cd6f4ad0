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

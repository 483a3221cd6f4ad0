import { Timer } from './timing.js';

/**
 * Who of a user's tabs sends the commands of one room: the one that holds the lock. Tabs that are
 * connected queue for it, so when the leading one is closed or loses its connection, the next leads.
 * Without locks every tab leads, and the server takes each key only once.
 */
export class Lane {
  leads = false;
  /** Whether the one that leads has said that it is awake, since it was asked. */
  heard = false;
  /** The current request for the lock; another one makes it void. @type {{abort: AbortController, held: boolean, release(): void} | undefined} */
  #tenure;

  /**
   * @param {string} name @param {import('./types.js').Surroundings} around
   * @param {() => Promise<void>} begin before it leads @param {() => void} led
   */
  constructor(name, around, begin, led) {
    this.name = name;
    this.locks = around.locks;
    this.patience = new Timer(around);
    this.begin = begin;
    this.led = led;
  }

  /** Whether it leads, or is about to. */
  get holds() {
    return this.#tenure?.held ?? false;
  }

  /** Queues for the lead. */
  seek() {
    if (!this.#tenure) this.#request({});
  }

  /** Takes the lead from a tab that does not answer; what both have sent happens once, by its key. */
  seize() {
    if (this.holds || !this.#tenure) return;
    this.leave();
    this.#request({ steal: true });
  }

  /** Gives the lead, or the place in the queue, away. */
  leave() {
    this.leads = false;
    this.patience.stop();
    const tenure = this.#tenure;
    this.#tenure = undefined;
    tenure?.abort.abort();
    tenure?.release();
  }

  /** @param {{steal?: boolean}} how */
  #request({ steal }) {
    const abort = new AbortController();
    const tenure = { abort, held: false, release() {} };
    this.#tenure = tenure;
    const lead = () => this.#lead(tenure);
    if (!this.locks) return void lead();
    const options = steal ? { steal } : { signal: abort.signal };
    this.locks.request(this.name, options, lead).catch(() => {
      if (tenure !== this.#tenure) return; // Given away; else it was taken.
      this.leave();
      this.seek();
    });
  }

  /** @param {{held: boolean, release(): void}} tenure */
  async #lead(tenure) {
    if (tenure !== this.#tenure) return;
    tenure.held = true;
    await this.begin();
    if (tenure !== this.#tenure) return;
    this.leads = true;
    const over = new Promise((resolve) => (tenure.release = () => resolve(undefined)));
    this.led();
    await over;
  }
}

/**
 * The network as a developer wants it: slow, or deaf. It stands in the connection's gate, where
 * what does not pass is lost.
 *
 * @typedef {import('../../tutti.js').Connection} Connection
 */
export class Network {
  /** How much longer each message takes, each way, in milliseconds. */
  delayMillis = 0;
  #dropping = false;
  /** True once something was lost: then the connection is no good any more. */
  #lossy = false;
  /** Until when messages are on their way, so that none overtakes another; milliseconds since 1970. */
  #busyUntil = { in: 0, out: 0 };

  /** @param {Pick<Connection, 'gate' | 'cut'>} connection @param {{now(): number, setTimeout(task: () => void, millis: number): any}} [clock] */
  constructor(connection, clock = { now: () => Date.now(), setTimeout: (task, millis) => globalThis.setTimeout(task, millis) }) {
    this.connection = connection;
    this.clock = clock;
    connection.gate = (direction, _, pass) => this.#carry(direction, pass);
  }

  /** Nothing gets through, and nothing says so. Afterwards the connection is cut, since it has gaps. */
  get dropping() {
    return this.#dropping;
  }

  set dropping(on) {
    this.#dropping = on;
    if (!on && this.#lossy) this.cut();
  }

  /** Breaks the connection without a goodbye. */
  cut() {
    this.#lossy = false;
    this.connection.cut();
  }

  /** @param {'in' | 'out'} direction @param {() => void} pass */
  #carry(direction, pass) {
    const now = this.clock.now();
    const due = Math.max(this.#busyUntil[direction], now + this.delayMillis);
    const land = () => {
      if (this.#dropping) this.#lossy = true;
      else pass();
    };
    if (due <= now) return land();
    this.#busyUntil[direction] = due;
    this.clock.setTimeout(land, due - now);
    return undefined;
  }
}

import { attribute, write } from './dom.js';

const plural = (/** @type {number} */ n) => (n === 1 ? '1 change' : `${n} changes`);

/**
 * What the pill tells: the connection's status, but nothing is called saved before there is something to look at, and known what an earlier page left.
 * @typedef {Omit<import('../tutti/connection.js').Status, 'state'> & {state: import('../tutti/connection.js').Status['state'] | 'loading'}} Told
 * @param {import('../tutti/connection.js').Status} status
 * @param {Pick<import('../tutti.js').Room, 'document' | 'refusal'>} room
 * @returns {Told}
 */
export const told = (status, room) => {
  const loading = status.state === 'saved' ? room.document === undefined && !room.refusal : status.state === 'saving' && status.waiting === 0;
  return loading ? { ...status, state: 'loading' } : status;
};

/** @param {Told} status @param {number} now milliseconds since 1970 */
export function words({ state, waiting, outbox, retryAt, reason, degraded }, now = Date.now()) {
  switch (state) {
    case 'connecting': return 'Connecting';
    case 'loading': return 'Loading';
    case 'saved': return degraded ? 'Saved, others may see it a little later' : 'Saved';
    case 'saving': return 'Saving';
    case 'closed': return `${reason || 'Closed'} Try again`;
    default: {
      if (waiting > 0) return `Offline, ${plural(waiting)} waiting${outbox === 'memory' ? ', in this page only' : ''}`;
      const seconds = Math.ceil(((retryAt ?? now) - now) / 1000);
      return seconds > 0 ? `Reconnecting in ${seconds} s, try now` : 'Reconnecting';
    }
  }
}

/**
 * Whether to leave the page now would lose something. What is being saved is on its way already, and nobody is kept for that.
 * @param {import('../tutti/connection.js').Status} status
 */
export const isAtStake = ({ state, waiting, outbox }) => state !== 'saving' && waiting > 0 && outbox === 'memory';

/** Keeps the pill equal to the connection's status, and lets nobody leave unasked who would lose something. */
export class StatusPill {
  /** @type {any} */
  #timer;

  /** @param {HTMLElement} pill @param {import('../tutti.js').Connection} connection @param {import('../tutti.js').Room} room */
  constructor(pill, connection, room) {
    this.pill = pill;
    this.connection = connection;
    this.room = room;
    connection.on('status', () => this.draw());
    pill.addEventListener('click', () => connection.tryNow());
    window.addEventListener('beforeunload', (leaving) => isAtStake(connection.status) && leaving.preventDefault());
    this.turn(room);
  }

  /** To another room of the page. @param {import('../tutti.js').Room} room */
  turn(room) {
    this.room = room;
    room.ready.finally(() => this.draw()).catch(() => {});
    this.draw();
  }

  draw() {
    const status = told(this.connection.status, this.room);
    clearTimeout(this.#timer);
    attribute(this.pill, 'aria-busy', status.state === 'saving' || status.state === 'loading' ? 'true' : 'false');
    // Saving shows only when it lasts: on a good line it is over before anybody could read it.
    const quick = status.state === 'saving' && this.pill.dataset.state === 'saved';
    if (quick) this.#timer = setTimeout(() => this.#show(told(this.connection.status, this.room)), 250);
    else this.#show(status);
    if (status.state === 'offline') this.#timer = setTimeout(() => this.draw(), 500);
  }

  /** @param {Told} status */
  #show(status) {
    attribute(this.pill, 'data-state', status.state);
    write(this.pill, words(status));
    const trip = status.roundTripMillis === undefined ? '' : `Round trip ${Math.round(status.roundTripMillis)} ms. `;
    attribute(this.pill, 'title', `${trip}Sequence ${this.room.seq}.${status.state === 'offline' ? ' Click to try now.' : ''}`);
  }
}

import { Refusal } from './refusal.js';
import { Timer } from './timing.js';

/** Pauses after `too_fast` and `unavailable` that name none, in milliseconds. */
const HOLD_MILLIS = 500;
/** Of the requests that the server lets be open; the rest is for others than commands. */
const SHARE = 0.9;
/** What is around an order in a message. */
const AROUND_BYTES = 256;
const NOBODY = { resolve() {}, reject() {} };

/**
 * Commands that have no answer yet, in the order in which they were made, over all rooms. Each is
 * sent once per connection and again, with its key, on the next one. Many are on their way at once,
 * as many as the server takes.
 *
 * @typedef {import('./types.js').Entry} Entry
 * @typedef {import('./types.js').Order} Order
 * @typedef {import('./types.js').Outcome} Outcome
 */
export class Outbox {
  /** By place. @type {Map<string, Entry>} */
  #entries = new Map();
  /** Whose these are, and what others have waiting: they may come back. @type {string | undefined} */
  #user = undefined;
  /** @type {Map<string, Map<string, Entry>>} */
  #others = new Map();
  /** Sent and not answered, by id. @type {Map<number | undefined, Entry>} */
  #flying = new Map();
  /** Places of late: what is stored of them is only not yet gone. @type {Set<string>} */
  #settled = new Set();
  #window = 1;
  #maxBytes = 65_536;
  /** Rooms that took some of what was on its way and not the rest, and their pauses: one at a time keeps order. @type {Map<string, Timer>} */
  #careful = new Map();

  /** Stores what is in here and says who sends it; none while it opens, null where there is none. @type {any} */
  keeper = undefined;
  /** @type {number | undefined} */
  roundTripMillis = undefined;

  /** @param {import('./link.js').Link} link @param {(entry: Entry, outcome: Outcome) => void} told */
  constructor(link, told) {
    this.link = link;
    this.told = told;
    this.pause = new Timer(link.around);
  }

  get size() {
    return this.#entries.size;
  }

  get flying() {
    return this.#flying.size;
  }

  /** @returns {readonly Entry[]} */
  get entries() {
    return [...this.#entries.values()];
  }

  /** @param {string} room */
  ordersOf(room) {
    return this.entries.filter((entry) => entry.room === room).map(({ order }) => order);
  }

  /**
   * From now on it is this user's. What the one before has waiting stays theirs, and stays; what was
   * made before anybody was named is the first one's.
   *
   * @param {string} user @returns {boolean} whether it was another's
   */
  handTo(user) {
    const before = this.#user;
    this.#user = user;
    if (before === undefined || before === user) return false;
    this.#others.set(before, new Map([...this.#entries].filter(([, { mine }]) => mine)));
    this.#entries = this.#others.get(user) ?? new Map();
    return true;
  }

  /** Why an order is never sent: it would end the connection, or not be told apart from one that waits. @param {string} room @param {Order} order */
  refuses(room, order) {
    if (this.#entries.has(placeOf(room, order.key))) return new Refusal('key_reused', 'A command with this key waits already.');
    const bytes = new TextEncoder().encode(JSON.stringify(order)).length;
    if (bytes + AROUND_BYTES > this.#maxBytes) return new Refusal('too_large', 'This is too large to be sent.');
    return undefined;
  }

  /** @param {string} room @param {Order} order @param {import('./types.js').Settle} settle */
  add(room, order, settle) {
    this.#entries.set(placeOf(room, order.key), { room, order, mine: true, settle });
    this.flush();
    /** Behind the sending, which it would hold up; the key keeps both apart. */
    this.keeper?.added(room, order);
  }

  /** Another tab of mine has added it. @param {string} room @param {Order} order */
  mirrored(room, order) {
    const place = placeOf(room, order.key);
    if (!this.#settled.has(place) && !this.#entries.has(place)) this.#entries.set(place, { room, order, mine: false, settle: NOBODY });
  }

  /** What is stored for a room, in its order; what is only here goes behind it. @param {string} room @param {Order[]} orders */
  restored(room, orders) {
    const others = new Map(this.#entries);
    this.#entries.clear();
    for (const order of orders) {
      const place = placeOf(room, order.key);
      const known = others.get(place);
      if (known) this.#entries.set(place, known);
      else this.mirrored(room, order);
    }
    for (const [place, entry] of others) this.#entries.set(place, entry);
  }

  /** @param {{maxInFlight?: number, maxMessageBytes?: number}} [limits] */
  opened({ maxInFlight = 64, maxMessageBytes = this.#maxBytes } = {}) {
    this.#window = Math.ceil(SHARE * maxInFlight);
    this.#maxBytes = maxMessageBytes;
    this.#careful.clear();
  }

  /** Nothing sent so far will be answered: the connection is gone. */
  lost() {
    this.pause.stop();
    this.#recall(this.#flying.values());
  }

  /** Sends what is not sent, in order, as far as window and pace let it. */
  flush() {
    const { link } = this;
    if (!link.open || this.pause.running || this.keeper === undefined) return;
    for (const entry of this.#entries.values()) {
      if (this.#flying.size >= this.#window) return;
      if (entry.id !== undefined || this.keeper?.leads(entry.room) === false || this.#waits(entry.room)) continue;
      const millis = link.pace.wait;
      if (millis > 0) return this.pause.start(millis, () => this.flush());
      entry.id = link.nextId();
      entry.sentAt = link.around.now();
      this.#flying.set(entry.id, entry);
      if (this.#flying.size === 1) link.watch();
      link.write({ type: 'command', id: entry.id, room: entry.room, ...entry.order });
    }
  }

  /** @param {{id: number, seq: number}} message */
  accepted({ id, seq }) {
    this.#settle(this.#flying.get(id), { seq });
  }

  /** Its event has come, which is as good as an answer. @param {string} room @param {string} key @param {number} seq */
  confirmed(room, key, seq) {
    const entry = this.#entries.get(placeOf(room, key));
    if (entry?.sentAt) this.roundTripMillis = Math.max(0, this.link.around.now() - entry.sentAt);
    this.#settle(entry, { seq });
  }

  /** @param {number} id @param {Refusal} refusal @returns {boolean} whether it was about a command */
  refused(id, refusal) {
    const entry = this.#flying.get(id);
    if (!entry) return false;
    if (refusal.code === 'too_fast' || refusal.code === 'unavailable') this.#hold(entry, refusal);
    else this.#settle(entry, { refusal });
    return true;
  }

  /** Another tab of mine has had the answer. @param {string} room @param {string} key @param {Outcome} outcome */
  settledElsewhere(room, key, outcome) {
    const place = placeOf(room, key);
    this.#remember(place);
    this.#settle(this.#entries.get(place), outcome, null);
  }

  /** Not a no: it goes again after a pause, and all behind it in its room. @param {Entry} entry @param {Refusal} refusal */
  #hold(entry, { details }) {
    const { entries } = this;
    const { room } = entry;
    this.#recall(entries.slice(entries.indexOf(entry)).filter((it) => it.room === room));
    const pause = this.#careful.get(room) ?? new Timer(this.link.around);
    this.#careful.set(room, pause);
    pause.start(details.retryAfterMillis ?? HOLD_MILLIS, () => this.flush());
  }

  /** @param {string} room */
  #waits(room) {
    const pause = this.#careful.get(room);
    return pause && (pause.running || [...this.#flying.values()].some((it) => it.room === room));
  }

  /** @param {Iterable<Entry>} entries */
  #recall(entries) {
    for (const entry of entries) {
      this.#flying.delete(entry.id);
      entry.id = undefined;
    }
  }

  /** @param {Entry | undefined} entry @param {Outcome} outcome @param {any} keeper who is told */
  #settle(entry, outcome, keeper = this.keeper) {
    if (!entry) return;
    const { room, order: { key } } = entry;
    const place = placeOf(room, key);
    this.#entries.delete(place);
    this.#recall([entry]);
    this.#remember(place);
    if (this.size === 0) this.#careful.clear();
    this.told(entry, outcome);
    if (outcome.refusal) entry.settle.reject(outcome.refusal);
    else entry.settle.resolve({ seq: outcome.seq });
    keeper?.settled(room, key, outcome);
  }

  /** @param {string} place */
  #remember(place) {
    this.#settled.add(place);
    const [oldest] = this.#settled;
    if (this.#settled.size > 1000) this.#settled.delete(oldest);
  }
}

/** A key counts in its room. @param {string} room @param {string} key */
const placeOf = (room, key) => `${room} ${key}`;

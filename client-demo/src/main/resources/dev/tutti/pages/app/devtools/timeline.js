/** How many rows are kept. */
const KEPT = 300;
/** A key that says to be older was not made by a clock. */
const DAY = 86_400_000;
/** Over how many commands the median is taken. */
const SAMPLES = 50;

/**
 * One line of the timeline. Of a command: `at` when it was made, `millis` until its event or answer
 * was here, `sentAt` when it last left. Of an event by another: `millis` since the server decided it, by two clocks.
 *
 * @typedef {{
 *   kind: 'command' | 'event' | 'connection', at: number, name: string, detail: any,
 *   state?: 'waiting' | 'done' | 'refused', seq?: number, millis?: number, by?: string, sent?: number, sentAt?: number, code?: string,
 * }} Row
 */

/** When a command was made: a key of version 7 says so, in milliseconds since 1970. @param {string} key @param {number} otherwise */
export function madeAt(key, otherwise) {
  const made = Number.parseInt(key.slice(0, 8) + key.slice(9, 13), 16);
  return made <= otherwise && made > otherwise - DAY ? made : otherwise;
}

/** Makes rows of the messages of one connection. Pure: the clock is in the frames. */
export class Timeline {
  /** Oldest first. @type {Row[]} */
  rows = [];
  /** Commands without an end, by key. @type {Map<string, Row>} */
  #open = new Map();
  /** Keys of commands by the request's id, on this connection. @type {Map<number, string>} */
  #ids = new Map();
  /** @type {number[]} */
  #trips = [];

  /** The middle of the last round trips, in milliseconds. */
  get median() {
    const sorted = this.#trips.toSorted((a, b) => a - b);
    return sorted.length === 0 ? undefined : sorted[Math.floor(sorted.length / 2)];
  }

  clear() {
    this.rows = this.rows.filter((row) => row.state === 'waiting');
  }

  /** @param {string} key how often a command has left the page */
  timesSent(key) {
    return this.#open.get(key)?.sent ?? 0;
  }

  /** @param {string} name @param {number} at @param {any} [detail] */
  connection(name, at, detail) {
    if (name === 'offline') this.#ids.clear();
    this.#add({ kind: 'connection', at, name, detail });
  }

  /** @param {{direction: 'in' | 'out', at: number, message: any}} traffic */
  heard({ direction, at, message }) {
    if (direction === 'out') return message.type === 'command' ? this.#sent(at, message) : undefined;
    switch (message.type) {
      case 'events': return message.events.forEach((/** @type {any} */ event) => this.#event(at, event));
      case 'subscribed': return message.events
        ? this.#caughtUp(at, message)
        : this.connection(`document at ${message.seq}`, at, message);
      case 'accepted': return this.#end(at, this.#ids.get(message.id), 'done', message);
      case 'refused': return this.#end(at, this.#ids.get(message.id), 'refused', message);
      case 'reset': return this.connection(`reset to ${message.seq}`, at, message);
      case 'role': return this.connection(`role ${message.role}`, at, message);
      case 'bye': return this.connection(`bye ${message.code}`, at, message);
      default: return undefined;
    }
  }

  /** @param {number} at @param {any} message */
  #sent(at, message) {
    this.#ids.set(message.id, message.key);
    const known = this.#open.get(message.key);
    if (known) {
      Object.assign(known, { sent: (known.sent ?? 0) + 1, sentAt: at });
      return;
    }
    /** @type {Row} */
    const row = { kind: 'command', at: madeAt(message.key, at), name: message.name, detail: message, state: 'waiting', sent: 1, sentAt: at };
    this.#open.set(message.key, row);
    this.#add(row);
  }

  /** @param {number} at @param {any} message */
  #caughtUp(at, message) {
    this.connection(`resumed at ${message.seq}`, at, { ...message, events: message.events.length });
    for (const event of message.events) this.#event(at, event);
  }

  /** @param {number} at @param {any} event */
  #event(at, event) {
    if (this.#open.has(event.key)) return this.#end(at, event.key, 'done', event);
    const millis = Math.max(0, at - Date.parse(event.at));
    return this.#add({ kind: 'event', at, name: event.name, by: event.by, seq: event.seq, millis, detail: event });
  }

  /** @param {number} at @param {string | undefined} key @param {'done' | 'refused'} state @param {any} message */
  #end(at, key, state, message) {
    const row = key === undefined ? undefined : this.#open.get(key);
    if (key === undefined || row === undefined) return;
    if (message.code === 'too_fast' || message.code === 'unavailable') return; // It will be sent again.
    this.#open.delete(key);
    Object.assign(row, { state, millis: at - row.at, seq: message.seq, code: message.code, detail: { command: row.detail, answer: message } });
    this.#trips = [...this.#trips, at - (row.sentAt ?? row.at)].slice(-SAMPLES);
  }

  /** @param {Row} row */
  #add(row) {
    this.rows.push(row);
    if (this.rows.length > KEPT) this.rows.splice(0, this.rows.length - KEPT);
  }
}

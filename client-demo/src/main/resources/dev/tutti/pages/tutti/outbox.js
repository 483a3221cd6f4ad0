/**
 * Commands that have no answer yet, in the order in which they were made, over all rooms. Each is
 * sent once per connection and again, with its key, on the next one.
 *
 * This one lives in memory. One that survives a reload stores {@link Order}s, which are plain data.
 *
 * @typedef {import('./replica.js').Order} Order
 * @typedef {import('./room.js').Room} Room
 * @typedef {{room: Room, order: Order, id?: number, sentAt?: number}} Entry `id` while it is sent
 */
export class Outbox {
  /** @type {Entry[]} */
  #entries = [];

  get size() {
    return this.#entries.length;
  }

  /** @param {Room} room @param {Order} order */
  add(room, order) {
    this.#entries.push({ room, order });
  }

  /** Nothing sent so far will be answered: the connection is gone. */
  lost() {
    for (const entry of this.#entries) entry.id = undefined;
  }

  /** The oldest not sent, while fewer than `window` are in flight. @param {number} window */
  next(window) {
    const index = this.#entries.findIndex(({ id }) => id === undefined);
    return index >= 0 && index < window ? this.#entries[index] : undefined;
  }

  /** Takes out the one that was sent with this id. @param {number} id */
  answered(id) {
    return this.#remove((entry) => entry.id === id);
  }

  /** Takes out the one with this key: its event has come. @param {string} key */
  confirmed(key) {
    return this.#remove((entry) => entry.order.key === key);
  }

  /** Takes the one with this id back among the unsent, with all that were made after it. @param {number} id */
  hold(id) {
    const index = this.#entries.findIndex((entry) => entry.id === id);
    if (index < 0) return;
    for (const entry of this.#entries.slice(index)) entry.id = undefined;
  }

  /** @param {number | undefined} id absent where the server could not read it */
  has(id) {
    return id !== undefined && this.#entries.some((entry) => entry.id === id);
  }

  /** @param {Room} room */
  forget(room) {
    this.#entries = this.#entries.filter((entry) => entry.room !== room);
  }

  /** @param {(entry: Entry) => boolean} which @returns {Entry | undefined} */
  #remove(which) {
    const index = this.#entries.findIndex(which);
    return index < 0 ? undefined : this.#entries.splice(index, 1)[0];
  }
}

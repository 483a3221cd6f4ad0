import { Lane } from './lane.js';
import { Refusal } from './refusal.js';
import { Shelf } from './shelf.js';
import { Timer } from './timer.js';

/** How long a leading tab may take to say that it heard, before it counts as frozen; in milliseconds. */
const PATIENCE_MILLIS = 2_000;

/**
 * One outbox for all tabs of one user: each tab mirrors it, and for each room one tab at a time, which
 * must be connected, sends what is in it. Loaded only where there is something to store in.
 *
 * @typedef {import('./types.js').Order} Order
 * @typedef {import('./types.js').Outcome} Outcome
 * @typedef {{
 *   outbox: import('./outbox.js').Outbox, online: boolean,
 *   rooms(): Iterable<string>, restored(room: string): void, changed(): void,
 * }} Owner
 */
export class Keeper {
  /** @type {Map<string, Lane>} */
  #lanes = new Map();
  /** Where commands are stored; undefined before it is open and where that fails. @type {Shelf | undefined} */
  #shelf;
  #channel;
  #online;
  #ready = false;
  #closed = false;

  /** @param {string} scope server and user @param {import('./types.js').Surroundings} around @param {Owner} owner */
  constructor(scope, around, owner) {
    this.scope = scope;
    this.around = around;
    this.owner = owner;
    this.#online = owner.online;
    this.patience = new Timer(around);
    this.#channel = around.channel?.(`tutti ${scope}`);
    if (this.#channel) this.#channel.onmessage = ({ data }) => this.#heard(data);
    void this.#start();
  }

  /** Whether a reload would find what is pending. */
  get stores() {
    return this.#shelf !== undefined;
  }

  /** Whether this tab sends the room's commands. @param {string} room */
  leads(room) {
    return this.#lanes.get(room)?.leads ?? false;
  }

  /** Somebody cares for this room. @param {string} room */
  joined(room) {
    if (!this.#ready) return;
    if (!this.#lanes.has(room)) {
      const { locks } = this.around;
      this.#lanes.set(room, new Lane(`tutti ${this.scope} ${room}`, locks, () => this.#begin(room), () => this.owner.outbox.flush()));
    }
    if (this.#online) this.#lanes.get(room)?.seek();
  }

  /** @param {boolean} online only a connected tab leads */
  connected(online) {
    this.#online = online;
    this.patience.stop();
    for (const lane of this.#lanes.values()) online ? lane.seek() : lane.leave();
  }

  /** @param {string} room @param {Order} order */
  added(room, order) {
    this.#put(room, order);
    this.#tell({ room, added: order });
    this.joined(room);
    const lane = this.#lanes.get(room);
    if (this.#online && lane && !lane.leads && !this.patience.running) this.patience.start(PATIENCE_MILLIS, () => lane.seize());
  }

  /** The others hear of it when it is no longer stored, so that none reads it after having heard. @param {string} room @param {string} key @param {Outcome} outcome */
  settled(room, key, { seq, refusal }) {
    const { code, message, details } = refusal ?? {};
    const told = { room, settled: key, seq, refusal: refusal && { code, message, details } };
    const leads = this.leads(room);
    const gone = this.#shelf?.remove(room, key) ?? Promise.resolve();
    void gone.catch(() => {}).then(() => leads && this.#tell(told));
  }

  /** The page is of another user: what it has made is not this one's to keep. */
  disowned() {
    const { outbox } = this.owner;
    for (const { room, order, mine } of outbox.entries) if (mine) void this.#shelf?.remove(room, order.key);
    outbox.disown();
    for (const room of this.owner.rooms()) this.owner.restored(room);
    this.close();
  }

  close() {
    this.#closed = true;
    this.connected(false);
    this.#channel?.close();
    this.#channel = undefined;
    this.#shelf?.close();
  }

  async #start() {
    const { outbox } = this.owner;
    try {
      const shelf = await Shelf.open(/** @type {IDBFactory} */ (this.around.indexedDB), this.scope);
      if (this.#closed) return shelf.close();
      this.#shelf = shelf;
      for (const { room, order, mine } of outbox.entries) if (mine) this.#put(room, order);
      const rows = await this.#shelf.all();
      for (const room of new Set(rows.map((row) => row.room))) this.#restore(room, rows);
    } catch {
      this.#broken();
    }
    this.#ready = true;
    for (const room of new Set([...outbox.entries.map(({ room }) => room), ...this.owner.rooms()])) this.joined(room);
    this.owner.changed();
  }

  /** The lead begins with what is stored: the tab that had it may have known more. @param {string} room */
  async #begin(room) {
    try {
      if (this.#shelf) this.#restore(room, await this.#shelf.all());
    } catch {
      this.#broken();
    }
  }

  /** @param {string} room @param {import('./shelf.js').Row[]} rows of all rooms */
  #restore(room, rows) {
    this.owner.outbox.restored(room, rows.filter((row) => row.room === room).map(({ order }) => order));
    this.owner.restored(room);
  }

  /** @param {string} room @param {Order} order */
  #put(room, order) {
    this.#shelf?.put(room, order).catch(() => this.#broken());
  }

  /** No place, or not allowed: from now on memory has to do, and the status says so. */
  #broken() {
    this.#shelf = undefined;
    this.owner.changed();
  }

  /** @param {Record<string, any>} message */
  #tell(message) {
    this.#channel?.postMessage(message);
  }

  /** @param {any} message of another tab */
  #heard({ room, added, settled, seq, refusal, taken }) {
    const { outbox } = this.owner;
    if (added) {
      outbox.mirrored(room, added);
      this.owner.restored(room);
      this.joined(room);
      if (this.leads(room)) this.#tell({ room, taken: added.key });
      outbox.flush();
    } else if (settled) {
      outbox.settledElsewhere(settled, refusal ? { refusal: new Refusal(refusal.code, refusal.message, refusal.details) } : { seq });
    }
    if (taken || settled) this.patience.stop();
  }
}

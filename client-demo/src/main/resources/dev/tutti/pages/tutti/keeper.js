import { Lane } from './lane.js';
import { Refusal } from './refusal.js';
import { Shelf } from './shelf.js';
import { Timer } from './timing.js';

/** How long the browser may take to open what it stores before memory has to do until it has, in milliseconds. */
const OPENING_MILLIS = 2_000;
/** How long a leading tab may take to say that it heard, before it counts as frozen; in milliseconds. */
const PATIENCE_MILLIS = 2_000;
/** When storing is tried again after it failed, in milliseconds. */
const AGAIN_MILLIS = 30_000;

/**
 * One outbox for all tabs of one user: each tab mirrors it, and for each room one tab at a time, which
 * must be connected, sends what is in it. Loaded only where there is something to store in.
 *
 * @typedef {import('./types.js').Order} Order
 * @typedef {import('./types.js').Outcome} Outcome
 * @typedef {{
 *   outbox: import('./outbox.js').Outbox, online: boolean,
 *   rooms: Map<string, import('./room.js').Room>, changed(): void,
 * }} Owner
 */
export class Keeper {
  /** @type {Map<string, Lane>} */
  #lanes = new Map();
  /** Where commands are stored; undefined before it is open and where that fails. @type {Shelf | undefined} */
  #shelf;
  /** Whether all that waits is on the shelf. */
  #stores = false;
  #channel;
  #online;
  #closed = false;

  /** Whether what an earlier page left is known, or cannot be. */
  ready = false;

  /** @param {string} scope server and user @param {import('./types.js').Surroundings} around @param {Owner} owner */
  constructor(scope, around, owner) {
    this.scope = scope;
    this.around = around;
    this.owner = owner;
    this.#online = owner.online;
    this.again = new Timer(around);
    this.#channel = around.channel?.(`tutti ${scope}`);
    if (this.#channel) this.#channel.onmessage = ({ data }) => this.#heard(data);
    void this.#start();
  }

  /** Whether a reload would find what is pending. */
  get stores() {
    return this.#stores;
  }

  /** Whether this tab sends the room's commands. @param {string} room */
  leads(room) {
    return this.#lanes.get(room)?.leads ?? false;
  }

  /** Somebody cares for this room. @param {string} room */
  joined(room) {
    if (!this.ready) return;
    if (!this.#lanes.has(room)) {
      this.#lanes.set(room, new Lane(`tutti ${this.scope} ${room}`, this.around, () => this.#begin(room), () => this.owner.outbox.flush()));
    }
    if (this.#online) this.#lanes.get(room)?.seek();
    this.#watch(room);
  }

  /** @param {boolean} online only a connected tab leads */
  connected(online) {
    this.#online = online;
    for (const [room, lane] of this.#lanes) {
      if (online) lane.seek();
      else lane.leave();
      this.#watch(room);
    }
  }

  /** @param {string} room @param {Order} order */
  added(room, order) {
    this.#put(room, order);
    this.#tell({ room, added: order });
    this.joined(room);
  }

  /** The others hear of it when it is no longer stored, so that none reads it after having heard. @param {string} room @param {string} key @param {Outcome} outcome */
  settled(room, key, { seq, refusal }) {
    const { code, message, details } = refusal ?? {};
    const told = { room, settled: key, seq, refusal: refusal && { code, message, details } };
    const leads = this.leads(room);
    const gone = this.#shelf?.remove(room, key) ?? Promise.resolve();
    void gone.catch(() => {}).then(() => leads && this.#tell(told));
  }

  close() {
    this.#closed = true;
    this.connected(false);
    this.again.stop();
    this.#channel?.close();
    this.#channel = undefined;
    this.#shelf?.close();
  }

  async #start() {
    /** Where it fails, the timer has something else to do. */
    await Promise.race([this.#open(), new Promise((over) => this.again.start(OPENING_MILLIS, () => over(undefined)))]);
    if (this.#closed) return;
    const { outbox, rooms } = this.owner;
    this.ready = true;
    for (const room of new Set([...outbox.entries.map(({ room }) => room), ...rooms.keys()])) this.joined(room);
    this.owner.changed();
  }

  /** What waits here goes on the shelf, and what is there waits here. */
  async #open() {
    const { outbox } = this.owner;
    try {
      const shelf = await Shelf.open(this.around, this.scope, () => this.#broken());
      if (this.#closed) return shelf.close();
      this.#shelf = shelf;
      await Promise.all(outbox.entries.map(({ room, order, mine }) => mine && shelf.put(room, order)));
      const rows = await shelf.all();
      if (this.#closed || this.#shelf !== shelf) return;
      this.#stores = true;
      for (const room of new Set(rows.map((row) => row.room))) {
        this.#restore(room, rows);
        this.joined(room);
      }
      outbox.flush(); // It may have come late, to a tab that leads already.
      this.owner.changed();
    } catch {
      this.#broken();
    }
  }

  /** The lead begins with what is stored: the tab that had it may have known more. @param {string} room */
  async #begin(room) {
    try {
      const rows = await this.#shelf?.all();
      if (rows && !this.#closed) this.#restore(room, rows);
    } catch {
      this.#broken();
    }
  }

  /** @param {string} room @param {import('./shelf.js').Row[]} rows of all rooms */
  #restore(room, rows) {
    this.owner.outbox.restored(room, rows.filter((row) => row.room === room).map(({ order }) => order));
    this.#show(room);
  }

  /** @param {string} room */
  #show(room) {
    this.owner.rooms.get(room)?.restored(this.owner.outbox.ordersOf(room));
    this.owner.changed();
  }

  /** As long as something waits that another tab is to send, that tab has to say that it is awake. @param {string} room */
  #watch(room) {
    const lane = this.#lanes.get(room);
    const depends = () => this.#online && lane?.leads === false && this.owner.outbox.ordersOf(room).length > 0;
    if (!lane || lane.patience.running || !depends()) return;
    lane.heard = false;
    this.#tell({ room, asked: true });
    lane.patience.start(PATIENCE_MILLIS, () => {
      if (!lane.heard && depends()) lane.seize();
      this.#watch(room);
    });
  }

  /** @param {string} room @param {Order} order */
  #put(room, order) {
    this.#shelf?.put(room, order).catch(() => this.#broken());
  }

  /** No place, not allowed, or taken away: for now memory has to do, and the status says so. */
  #broken() {
    this.#shelf?.close();
    this.#shelf = undefined;
    this.#stores = false;
    if (this.#closed) return;
    this.again.start(AGAIN_MILLIS, () => void this.#open());
    this.owner.changed();
  }

  /** @param {Record<string, any>} message */
  #tell(message) {
    this.#channel?.postMessage(message);
  }

  /** @param {any} message of another tab */
  #heard({ room, added, settled, seq, refusal, asked, awake }) {
    const { outbox } = this.owner;
    const lane = this.#lanes.get(room);
    if (added) {
      outbox.mirrored(room, added);
      this.#show(room);
      this.joined(room);
      outbox.flush();
    } else if (settled) {
      outbox.settledElsewhere(room, settled, refusal ? { refusal: new Refusal(refusal.code, refusal.message, refusal.details) } : { seq });
    } else if (asked && lane?.holds) {
      this.#tell({ room, awake: true });
    } else if (awake && lane) {
      lane.heard = true;
    }
  }
}

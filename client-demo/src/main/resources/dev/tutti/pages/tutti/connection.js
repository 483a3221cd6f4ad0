import { Emitter } from './emitter.js';
import { Link } from './link.js';
import { Outbox } from './outbox.js';
import { parse } from './patch.js';
import { Refusal } from './refusal.js';
import { Room } from './room.js';
import { browser } from './surroundings.js';
import { Backoff } from './timing.js';

/** Refusals of a room behind which there may be one a moment later. */
const PASSING = new Set(['unavailable', 'internal']);

/**
 * One WebSocket to any instance, kept alive: it connects again by itself, resumes its rooms, and
 * sends again what has no answer. Events: {@link ConnectionEvents}.
 *
 * @typedef {import('./types.js').Options} Options
 * @typedef {import('./types.js').Status} Status
 * @typedef {import('./types.js').ConnectionEvents} ConnectionEvents
 * @typedef {import('./types.js').Predict} Predict
 */
export class Connection {
  /** @type {Emitter<ConnectionEvents>} */
  #events = new Emitter();
  #link;
  #outbox;
  /** @type {Map<string, Room>} */
  #rooms = new Map();
  /** Loaded when it is needed. @type {import('./keeper.js').Keeper | null | undefined} */
  #keeper = undefined;
  /** Whose outbox it is: a user id, or `guest`, who is the same person under whatever id. Another object each time it is opened. @type {{user: string} | null | undefined} */
  #keptFor = undefined;

  /** Who the server takes me for, from the first `welcome` on. @type {{id: string, name: string} | undefined} */
  user = undefined;
  /** This connection's own member key in each room. @type {string | undefined} */
  session = undefined;
  /** For developers: whatever goes in or out passes here, or is late, or is lost. @type {import('./types.js').Gate | undefined} */
  gate = undefined;

  /** @param {string | URL} url @param {Options} options */
  constructor(url, options) {
    this.url = absolute(url);
    this.options = options;
    /** @type {import('./types.js').Surroundings} */
    this.around = { ...browser(), ...options.surroundings };
    this.#link = new Link(this.url, options, this.around, this.#owner());
    this.#outbox = new Outbox(this.#link, (entry, outcome) => this.#told(entry, outcome));
    this.tryNow();
  }

  /**
   * @template {keyof ConnectionEvents} K
   * @param {K} name @param {(value: ConnectionEvents[K]) => void} listener @returns {() => void} stops listening
   */
  on(name, listener) {
    return this.#events.on(name, listener);
  }

  /**
   * The room of this name; joined at the first call.
   *
   * @param {string} name @param {{predictions?: Record<string, Predict>}} [options] `predictions` by
   *   command: register them by name here, so that they are made again after a reload
   */
  room(name, { predictions } = {}) {
    const known = this.#rooms.get(name);
    if (known) return known;
    const room = new Room(name, this.#line(name), predictions);
    this.#rooms.set(name, room);
    room.restored(this.#outbox.ordersOf(name));
    this.#keeper?.joined(name);
    if (this.#link.open) this.#subscribe(room);
    return room;
  }

  /** @returns {Status} */
  get status() {
    const { state: link, retryAt, reason, code, degraded } = this.#link;
    const { size: waiting, roundTripMillis, keeper = {} } = this.#outbox;
    const state = link === 'open' ? (waiting || (keeper && !keeper.ready) ? 'saving' : 'saved') : link;
    const text = state === 'offline' && waiting ? `offline, ${waiting} waiting` : state;
    return { state, text, waiting, outbox: keeper?.stores ? 'stored' : 'memory', degraded, retryAt, reason, code, roundTripMillis };
  }

  /** My commands without an answer, oldest first, over all rooms and tabs. */
  get pending() {
    return this.#outbox.entries;
  }

  /** Connects now rather than at `status.retryAt`; also after a final close. */
  tryNow() {
    const user = this.#link.isGuest ? 'guest' : this.options.user;
    if (user && !this.#keptFor) void this.#keep(user);
    this.#link.connect();
  }

  /** Replaces the token before it expires, without a new connection. @param {string} token */
  authenticate(token) {
    this.options.token = token;
    if (this.#link.open) this.#link.write({ type: 'hello', token });
  }

  /** Goes on under another display name; for a guest. @param {string} name */
  rename(name) {
    this.options.name = name;
    if (this.#link.open) this.#link.write({ type: 'hello', name });
  }

  /** Cuts the connection, as a network would; it comes back by itself. */
  cut() {
    this.#link.drop('Cut.');
  }

  /** Ends it, until `tryNow`. What is pending and stored is sent then, or when the next page comes. */
  close() {
    this.#link.close();
    this.#keeper?.close();
    this.#outbox.keeper = this.#keeper = this.#keptFor = undefined;
  }

  /** @returns {import('./types.js').LinkOwner} */
  #owner() {
    const connection = this;
    return {
      welcomed: (welcome, again) => this.#welcomed(welcome, again),
      heard: (message) => this.#receive(message),
      changed: () => this.#changed(),
      lost: () => this.#lost(),
      awaiting: () => this.#outbox.flying > 0,
      passed: (direction, text) => {
        if (!this.#events.has('traffic')) return;
        this.#events.emit('traffic', { direction, at: this.around.now(), message: parse(text), bytes: text.length });
      },
      probe: () => {
        const [room] = this.#rooms.values();
        /** Any answer calms the timer. */
        void room?.history({ limit: 1 }).catch(() => {});
        return room !== undefined;
      },
      get gate() {
        return connection.gate;
      },
    };
  }

  /** @param {string} room @returns {import('./types.js').Line} */
  #line(room) {
    return {
      send: (order, settle) => {
        this.#outbox.add(room, order, settle);
        this.#changed();
      },
      refuses: (order) => this.#outbox.refuses(room, order),
      request: (message) => new Promise((resolve, reject) => this.#link.ask({ room, ...message }, { resolve, reject })),
      tell: (message) => void (this.#link.open && this.#link.write({ room, ...message })),
      confirmed: (key, seq) => this.#outbox.confirmed(room, key, seq),
      leave: () => this.#leave(room),
      newKey: this.around.newKey,
      restart: () => this.#link.drop('An event was missing.'),
    };
  }

  /** @param {any} message */
  #receive(message) {
    const room = this.#rooms.get(message.room);
    const { id, code, details } = message;
    if (message.type === 'status') this.#link.degraded = message.degraded;
    else if (message.type === 'accepted') this.#outbox.accepted(message);
    else if (message.type === 'refused') {
      const refusal = new Refusal(code, message.message, details);
      if (!this.#outbox.refused(id, refusal)) this.#link.answered(id)?.reject(refusal);
    } else if (message.type === 'unsubscribed' && id === undefined) {
      room?.closed(new Refusal(code ?? 'forbidden', message.message ?? 'You have no access any more.'));
    } else if (id !== undefined) this.#link.answered(id)?.resolve(message);
    else room?.heard(message);
    this.#outbox.flush();
    if (message.type === 'events' || message.type === 'status') this.#changed();
  }

  /** @param {any} welcome @param {boolean} again */
  #welcomed(welcome, again) {
    this.user = welcome.user;
    this.session = welcome.session;
    this.#events.emit('welcome', welcome);
    if (again) return;
    this.#outbox.opened(welcome.limits);
    void this.#keep(this.#link.isGuest ? 'guest' : welcome.user.id);
    for (const room of this.#rooms.values()) this.#subscribe(room);
    this.#keeper?.connected(true);
    this.#outbox.flush();
    this.#changed();
  }

  #lost() {
    this.#outbox.lost();
    this.#keeper?.connected(false);
    this.#changed();
  }

  /** One that is not to be had now is tried again, alone. What waits for it is not touched: each command is answered for itself. @param {Room} room */
  #subscribe(room, backoff = new Backoff(this.around.random)) {
    const { session } = this;
    const held = room.epoch === undefined ? {} : { after: room.seq, epoch: room.epoch };
    this.#link.ask({ type: 'subscribe', room: room.name, ...held }, {
      resolve: (message) => room.loaded(message),
      reject: (refusal) => {
        const { code, details } = refusal;
        if (code === 'offline') return;
        const pause = details.retryAfterMillis ?? 0;
        if (!pause && !PASSING.has(code)) return room.closed(refusal);
        const again = () => this.session === session && this.#rooms.get(room.name) === room && this.#subscribe(room, backoff);
        this.around.setTimeout(again, pause + backoff.next());
      },
    });
  }

  /** A room that was one too many has a place now. @param {string} name */
  #leave(name) {
    this.#rooms.delete(name);
    this.#link.ask({ type: 'unsubscribe', room: name }, { resolve() {}, reject() {} });
    for (const room of this.#rooms.values()) if (room.refusal?.code === 'too_fast') this.#subscribe(room);
  }

  /** @param {import('./types.js').Entry} entry @param {import('./types.js').Outcome} outcome */
  #told({ room, order }, outcome) {
    this.#rooms.get(room)?.told(order.key, outcome);
    if (outcome.refusal) this.#events.emit('refused', { room, order, refusal: outcome.refusal });
    this.#changed();
  }

  /** Opens the stored outbox of this user; where there is none, memory has to do. @param {string} user */
  async #keep(user) {
    const { around, options } = this;
    const stores = around.indexedDB && options.outbox !== 'memory';
    if (this.#keptFor?.user === user) return;
    const mine = (this.#keptFor = { user });
    this.#keeper?.close();
    this.#outbox.keeper = this.#keeper = stores ? undefined : null;
    if (this.#outbox.handTo(user)) for (const room of this.#rooms.values()) room.handedOver(this.#outbox.ordersOf(room.name));
    if (!stores) return;
    try {
      const { Keeper } = await import('./keeper.js');
      /** Closed meanwhile, or the server has taken me for someone else. */
      if (this.#keptFor !== mine) return;
      this.#outbox.keeper = this.#keeper = new Keeper(`${this.url} ${user}`, around, { outbox: this.#outbox, rooms: this.#rooms, online: this.#link.open, changed: () => this.#changed() });
    } catch {
      /** It could not be fetched: the next `welcome` tries again. */
      if (this.#keptFor === mine) this.#outbox.keeper = this.#keptFor = null;
    }
    this.#outbox.flush();
  }

  #changed() {
    this.#events.emit('status', this.status);
  }
}

/** @param {string | URL} url @returns {string} with the scheme `ws` or `wss` */
function absolute(url) {
  const full = new URL(url, globalThis.location?.href);
  full.protocol = full.protocol.replace(/^http/, 'ws');
  return full.href;
}

/**
 * Connects, and stays connected.
 *
 * @param {string | URL} url for example `/v1/ws` @param {Options} [options]
 */
export function connect(url, options = {}) {
  return new Connection(url, options);
}

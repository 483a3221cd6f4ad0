import { Backoff } from './backoff.js';
import { Emitter } from './emitter.js';
import { Outbox } from './outbox.js';
import { Refusal } from './refusal.js';
import { Room } from './room.js';
import { browser } from './surroundings.js';

/** A silence of this many ping intervals means that the connection is dead. */
const SILENT_PINGS = 2.5;
/** How long the handshake and `welcome` may take, in milliseconds. */
const OPENING_MILLIS = 10_000;
/** How long the answer to a probe may take, in milliseconds. */
const PROBE_MILLIS = 4_000;
/** Pauses after `too_fast` and `unavailable` that name none, in milliseconds. */
const HOLD_MILLIS = 500;
/** Close codes after which connecting again would end the same way. */
const FINAL = new Set([1002, 1003, 1007, 1009, 4400, 4401, 4403]);
const UNAUTHORIZED = 4401;
const GUEST = 'tutti.guest';

/**
 * @typedef {import('./replica.js').Order} Order
 * @typedef {import('./replica.js').Predict} Predict
 * @typedef {{
 *   name?: string, token?: string, getToken?: () => string | Promise<string>, client?: string,
 *   surroundings?: Partial<import('./surroundings.js').Surroundings>,
 * }} Options `name` is a guest's; `getToken` is asked before each connection
 * @typedef {{
 *   state: 'connecting' | 'saved' | 'saving' | 'offline' | 'closed',
 *   waiting: number, retryAt?: number, reason?: string, roundTripMillis?: number,
 * }} Status `waiting` commands without an answer; `retryAt` in milliseconds since 1970
 */

/**
 * One WebSocket to any instance, kept alive: it connects again by itself, resumes its rooms, and
 * sends again what has no answer. Events: `status` {Status}, `welcome`.
 */
export class Connection {
  #events = new Emitter();
  #outbox = new Outbox();
  /** @type {Map<string, Room>} */
  #rooms = new Map();
  /** Requests other than commands, by id. @type {Map<number, {resolve: (answer: any) => void, reject: (refusal: Refusal) => void}>} */
  #requests = new Map();
  #lastId = 0;
  /** @type {any} */
  #socket = undefined;
  /** True from `welcome` to the end of the socket. */
  #open = false;
  /** True once nothing will connect again by itself. */
  #closed = false;
  #everOpen = false;
  #openedAt = 0;
  #heardAt = 0;
  #pingMillis = 25_000;
  #window = 64;
  /** The server's wish from its last `bye`. @type {{reconnect: boolean, retryAfterMillis: number} | undefined} */
  #bye = undefined;
  /** @type {number | undefined} */
  #retryAt = undefined;
  /** @type {string | undefined} */
  #reason = undefined;
  /** @type {number | undefined} */
  #roundTripMillis = undefined;
  /** One timer each: silence, next attempt, held commands. @type {Record<string, any>} */
  #timers = {};

  /** Who the server takes me for, from the first `welcome` on. @type {{id: string, name: string} | undefined} */
  user = undefined;
  /** This connection's own member key in each room. @type {string | undefined} */
  session = undefined;

  /** @param {string | URL} url @param {Options} options */
  constructor(url, options) {
    this.url = absolute(url);
    this.options = options;
    /** @type {import('./surroundings.js').Surroundings} */
    this.around = { ...browser(), ...options.surroundings };
    this.backoff = new Backoff(this.around.random);
    this.around.onWake((online) => this.#woken(online));
    void this.#connect();
  }

  /** @param {string} name @param {(value: any) => void} listener @returns {() => void} */
  on(name, listener) {
    return this.#events.on(name, listener);
  }

  /**
   * The room of this name; joined at the first call.
   *
   * @param {string} name @param {{predictions?: Record<string, Predict>}} [options]
   */
  room(name, { predictions } = {}) {
    const known = this.#rooms.get(name);
    if (known) return known;
    const room = new Room(name, this.#line(), predictions);
    this.#rooms.set(name, room);
    if (this.#open) this.#subscribe(room);
    return room;
  }

  /** @returns {Status} */
  get status() {
    const waiting = this.#outbox.size;
    const rest = { waiting, roundTripMillis: this.#roundTripMillis };
    if (this.#closed) return { state: 'closed', reason: this.#reason, ...rest };
    if (this.#open) return { state: waiting > 0 ? 'saving' : 'saved', ...rest };
    if (!this.#everOpen && this.#retryAt === undefined) return { state: 'connecting', ...rest };
    return { state: 'offline', retryAt: this.#retryAt, reason: this.#reason, ...rest };
  }

  /** Connects now rather than at `status.retryAt`; also after a final close. */
  tryNow() {
    if (this.#socket) return;
    this.#closed = false;
    void this.#connect();
  }

  /** Replaces the token before it expires, without a new connection. @param {string} token */
  authenticate(token) {
    this.options.token = token;
    if (this.#open) this.#write({ type: 'hello', token });
  }

  /** Goes on under another display name; for a guest. @param {string} name */
  rename(name) {
    this.options.name = name;
    this.#drop('A new name.');
    this.tryNow();
  }

  /** Ends it for good; pending commands are not sent any more. */
  close() {
    this.#closed = true;
    this.#timer('retry');
    this.#drop('Closed.');
  }

  /** @returns {import('./room.js').Line} */
  #line() {
    return {
      send: (room, order) => {
        this.#outbox.add(room, order);
        this.#flush();
        this.#changed();
      },
      request: (message) => this.#request(message),
      tell: (message) => void (this.#open && this.#write(message)),
      leave: (room) => this.#leave(room),
      newKey: this.around.newKey,
      restart: () => this.#drop('An event was missing.'),
    };
  }

  async #connect() {
    this.#timer('retry');
    this.#retryAt = undefined;
    this.#bye = undefined;
    const socket = new this.around.WebSocket(this.url, ['tutti.v1.json']);
    this.#socket = socket;
    this.#changed();
    socket.onopen = () => void this.#hello(socket);
    socket.onmessage = (/** @type {{data: string}} */ { data }) => {
      if (socket === this.#socket) this.#heard(data);
    };
    socket.onclose = (/** @type {{code: number, reason: string}} */ { code, reason }) => {
      if (socket === this.#socket) this.#lost(code, reason);
    };
    this.#timer('silence', OPENING_MILLIS, () => this.#drop('The server did not answer.'));
  }

  /** @param {any} socket */
  async #hello(socket) {
    const { getToken, token, name, client } = this.options;
    const given = getToken ? await getToken() : (token ?? this.around.storage?.getItem(GUEST));
    if (socket !== this.#socket) return;
    this.#write({ type: 'hello', token: given ?? undefined, name, client: client ?? 'tutti.js' });
  }

  /** @param {string} data */
  #heard(data) {
    const message = JSON.parse(data);
    this.#heardAt = this.around.now();
    if (this.#open) this.#watch();
    this.#receive(message);
  }

  /** @param {any} message */
  #receive(message) {
    const room = this.#rooms.get(message.room);
    switch (message.type) {
      case 'welcome': return this.#welcomed(message);
      case 'subscribed': return this.#answer(message.id)?.resolve(message);
      case 'history': return this.#answer(message.id)?.resolve(message);
      case 'events': return room && this.#happened(room, message.events);
      case 'accepted': return this.#accepted(message);
      case 'refused': return this.#refused(message);
      case 'reset': return room?.loaded(message);
      case 'presence': return room?.membersChanged(message);
      case 'signal': return room?.signalled(message);
      case 'signals': return message.signals.forEach((/** @type {any} */ signal) => room?.signalled(signal));
      case 'role': return room?.roleChanged(message.role);
      case 'unsubscribed': return this.#unsubscribed(room, message);
      case 'ping': return this.#write({ type: 'pong' });
      case 'bye': return void (this.#bye = message);
      default: return undefined; // A newer server may say more.
    }
  }

  /** @param {any} welcome */
  #welcomed(welcome) {
    this.user = welcome.user;
    this.session = welcome.session;
    if (welcome.token) this.around.storage?.setItem(GUEST, welcome.token);
    this.#events.emit('welcome', welcome);
    if (this.#open) return; // A new token on the same connection.
    this.#open = this.#everOpen = true;
    this.#openedAt = this.around.now();
    this.#reason = undefined;
    this.#pingMillis = welcome.pingMillis ?? this.#pingMillis;
    this.#window = Math.min(64, welcome.limits?.maxInFlight ?? 64);
    this.#watch();
    for (const room of this.#rooms.values()) this.#subscribe(room);
    this.#flush();
    this.#changed();
  }

  /** @param {Room} room */
  #subscribe(room) {
    const held = room.epoch === undefined ? {} : { after: room.seq, epoch: room.epoch };
    this.#ask({ type: 'subscribe', room: room.name, ...held }, (message) => room.loaded(message), (refusal) => {
      if (refusal.code === 'too_fast' || refusal.code === 'unavailable') this.#drop(refusal.message);
      else if (refusal.code !== 'offline') this.#lose(room, refusal);
    });
  }

  /** There is no such room, or not for me. @param {Room} room @param {Refusal} refusal */
  #lose(room, refusal) {
    this.#outbox.forget(room);
    room.closed(refusal);
    this.#changed();
  }

  /** @param {Room} room */
  #leave(room) {
    this.#rooms.delete(room.name);
    this.#outbox.forget(room);
    if (this.#open) this.#request({ type: 'unsubscribe', room: room.name }).catch(() => {});
    this.#changed();
  }

  /** @param {Room | undefined} room @param {any} message */
  #unsubscribed(room, message) {
    if (message.id !== undefined) return this.#answer(message.id)?.resolve(message);
    if (room) this.#lose(room, new Refusal(message.code ?? 'forbidden', message.message ?? 'You have no access any more.'));
    return undefined;
  }

  /** @param {Room} room @param {any[]} events */
  #happened(room, events) {
    for (const { key } of events) {
      const entry = this.#outbox.confirmed(key);
      if (entry?.sentAt) this.#roundTripMillis = this.around.now() - entry.sentAt;
    }
    room.happened(events);
    this.#flush();
    this.#changed();
  }

  /** @param {{id: number, seq: number}} message */
  #accepted({ id, seq }) {
    const entry = this.#outbox.answered(id);
    entry?.room.accepted(entry.order.key, seq);
    this.#flush();
    this.#changed();
  }

  /** @param {any} message */
  #refused({ id, code, message, details }) {
    const refusal = new Refusal(code, message, details);
    if (!this.#outbox.has(id)) return this.#answer(id)?.reject(refusal);
    if (code === 'too_fast' || code === 'unavailable') {
      this.#outbox.hold(id);
      const pause = details?.retryAfterMillis ?? HOLD_MILLIS;
      return this.#timer('hold', pause, () => this.#flush());
    }
    const entry = this.#outbox.answered(id);
    entry?.room.refused(entry.order, refusal);
    this.#flush();
    this.#changed();
  }

  /** Sends what is not sent, in order, as far as the window lets it. */
  #flush() {
    if (!this.#open || this.#timers.hold !== undefined) return;
    for (let entry; (entry = this.#outbox.next(this.#window)); ) {
      entry.id = ++this.#lastId;
      entry.sentAt = this.around.now();
      this.#write({ type: 'command', id: entry.id, room: entry.room.name, ...entry.order });
    }
  }

  /** @param {Record<string, any>} message @returns {Promise<any>} */
  #request(message) {
    return new Promise((resolve, reject) => this.#ask(message, resolve, reject));
  }

  /**
   * The answer is handed on at once, not a turn later: what follows it may build on it.
   *
   * @param {Record<string, any>} message
   * @param {(answer: any) => void} resolve @param {(refusal: Refusal) => void} reject
   */
  #ask(message, resolve, reject) {
    if (!this.#open) return reject(new Refusal('offline', 'There is no connection at the moment.'));
    const id = ++this.#lastId;
    this.#requests.set(id, { resolve, reject });
    this.#write({ ...message, id });
  }

  /** @param {number} id */
  #answer(id) {
    const request = this.#requests.get(id);
    this.#requests.delete(id);
    return request;
  }

  /** @param {Record<string, any>} message */
  #write(message) {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(message));
  }

  #watch() {
    this.#timer('silence', SILENT_PINGS * this.#pingMillis, () => this.#drop('The server fell silent.'));
  }

  /** The network changed, or the page is seen again after timers may have slept. @param {boolean} online */
  #woken(online) {
    if (this.#closed) return;
    if (!this.#socket) return online ? this.tryNow() : undefined;
    if (!this.#open) return;
    if (this.around.now() - this.#heardAt > SILENT_PINGS * this.#pingMillis) {
      return this.#drop('The connection slept.');
    }
    const [room] = this.#rooms.values();
    if (!room) return;
    this.#timer('silence', PROBE_MILLIS, () => this.#drop('The connection is gone.'));
    room.history({ limit: 1 }).catch(() => {}); // Any answer calms the timer.
  }

  /** Gives the socket up without waiting for its close. @param {string} reason */
  #drop(reason) {
    const socket = this.#socket;
    if (!socket) return this.#changed();
    this.#lost(undefined, reason);
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  /** @param {number | undefined} code @param {string} reason */
  #lost(code, reason) {
    const wasOpen = this.#open;
    this.#socket = undefined;
    this.#open = false;
    this.#timer('silence');
    this.#timer('hold');
    this.#outbox.lost();
    const requests = [...this.#requests.values()];
    this.#requests.clear();
    for (const { reject } of requests) reject(new Refusal('offline', 'The connection was lost.'));
    if (wasOpen) this.backoff.lasted(this.around.now() - this.#openedAt);
    this.#reason = this.#bye?.reconnect === false || code !== 1006 ? reason : undefined;
    if (!this.#closed) this.#retry(code);
    this.#changed();
  }

  /** @param {number | undefined} code */
  #retry(code) {
    const stale = code === UNAUTHORIZED && this.around.storage?.getItem(GUEST);
    if (stale) this.around.storage?.removeItem(GUEST);
    else if (this.#bye ? !this.#bye.reconnect : code !== undefined && FINAL.has(code)) {
      this.#closed = true;
      return;
    }
    const pause = Math.max(this.backoff.next(), this.#bye?.retryAfterMillis ?? 0);
    this.#retryAt = this.around.now() + pause;
    this.#timer('retry', pause, () => void this.#connect());
  }

  /** Starts, restarts or (without a task) stops a timer. @param {string} name @param {number} [millis] @param {() => void} [task] */
  #timer(name, millis, task) {
    this.around.clearTimeout(this.#timers[name]);
    this.#timers[name] = undefined;
    if (!task) return;
    this.#timers[name] = this.around.setTimeout(() => {
      this.#timers[name] = undefined;
      task();
    }, millis ?? 0);
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

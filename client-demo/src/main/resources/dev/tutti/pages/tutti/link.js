import { Backoff } from './backoff.js';
import { Pace } from './pace.js';
import { parse } from './patch.js';
import { Refusal } from './refusal.js';
import { Timer } from './timer.js';

/** A silence of this many ping intervals means that the connection is dead. */
const SILENT_PINGS = 2.5;
/** How long the handshake and `welcome`, any answer, and that to a probe may take, in milliseconds. */
const OPENING_MILLIS = 10_000;
const ANSWER_MILLIS = 15_000;
const PROBE_MILLIS = 4_000;
/** Close codes after which connecting again would end the same way. */
const FINAL = new Set([1002, 1003, 1007, 1009, 4400, 4401, 4403]);
const UNAUTHORIZED = 4401;
/** The server goes away, and has told each of its clients its own time to come back. */
const RESTARTING = 1012;
const GUEST = 'tutti.guest';

/**
 * One WebSocket to any instance: says hello, notices silence, and connects again by itself. It knows
 * nothing of rooms.
 */
export class Link {
  /** Requests other than commands, by id. @type {Map<number, import('./types.js').Settle>} */
  #requests = new Map();
  #lastId = 0;
  /** @type {any} */
  #socket = undefined;
  #closed = false;
  /** True once it was open, or failed to be: then it is offline rather than connecting. */
  #begun = false;
  #openedAt = 0;
  #heardAt = 0;
  #pingMillis = 25_000;
  /** The server's wish from its last `bye`. @type {{code: number, reconnect: boolean, retryAfterMillis: number} | undefined} */
  #bye = undefined;

  /** True from `welcome` to the end of the socket. */
  open = false;
  /** What the server last said of itself. */
  degraded = false;
  /** @type {number | undefined} */
  retryAt = undefined;
  /** @type {string | undefined} */
  reason = undefined;

  /**
   * @param {string} url @param {import('./types.js').Options} options
   * @param {import('./types.js').Surroundings} around @param {import('./types.js').LinkOwner} owner
   */
  constructor(url, options, around, owner) {
    this.url = url;
    this.options = options;
    this.around = around;
    this.owner = owner;
    this.pace = new Pace();
    this.backoff = new Backoff(around.random);
    this.silence = new Timer(around);
    this.retry = new Timer(around);
    around.onWake((online) => this.#woken(online));
  }

  /** @returns {'connecting' | 'open' | 'offline' | 'closed'} */
  get state() {
    if (this.#closed) return 'closed';
    if (this.open) return 'open';
    return this.#begun ? 'offline' : 'connecting';
  }

  /** Connects now, unless it is connected or about to be. */
  connect() {
    if (this.#socket) return;
    this.#closed = false;
    this.retry.stop();
    this.retryAt = this.#bye = undefined;
    const socket = new this.around.WebSocket(this.url, ['tutti.v1.json']);
    this.#socket = socket;
    socket.onopen = () => void this.#hello(socket);
    socket.onmessage = (/** @type {{data: string}} */ { data }) =>
      this.#through('in', data, () => socket === this.#socket && this.#heard(data));
    socket.onclose = (/** @type {{code: number, reason: string}} */ { code, reason }) => {
      if (socket === this.#socket) this.#lost(code, reason);
    };
    this.silence.start(OPENING_MILLIS, () => this.drop('The server did not answer.'));
    this.owner.changed();
  }

  /** Ends it for good. */
  close() {
    this.#closed = true;
    this.retry.stop();
    this.drop('Closed.');
  }

  /** Gives the socket up without waiting for its close, and connects again later. @param {string} reason */
  drop(reason) {
    const socket = this.#socket;
    if (!socket) return this.owner.changed();
    this.#lost(undefined, reason);
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  /** A number that no other message of this page has. */
  nextId() {
    return ++this.#lastId;
  }

  /** @param {Record<string, any>} message lost where there is no connection */
  write(message) {
    const socket = this.#socket;
    if (socket?.readyState !== 1) return;
    const text = JSON.stringify(message);
    this.pace.take(this.around.now());
    this.#through('out', text, () => socket.readyState === 1 && socket.send(text));
  }

  /**
   * The answer is handed on at once, not a turn later: what follows it may build on it.
   *
   * @param {Record<string, any>} message @param {import('./types.js').Settle} settle
   */
  ask(message, settle) {
    if (!this.open) return settle.reject(new Refusal('offline', 'There is no connection at the moment.'));
    const id = this.nextId();
    this.#requests.set(id, settle);
    this.write({ ...message, id });
  }

  /** The request of this id, which is answered now. @param {number} id */
  answered(id) {
    const request = this.#requests.get(id);
    this.#requests.delete(id);
    return request;
  }

  /** Listens for silence anew: something was heard, or an answer is due from now on. */
  watch() {
    const millis = SILENT_PINGS * this.#pingMillis;
    const limit = this.owner.awaiting() ? Math.min(millis, ANSWER_MILLIS) : millis;
    this.silence.start(limit, () => this.drop('The server fell silent.'));
  }

  /** @param {any} socket */
  async #hello(socket) {
    const { getToken, token, name, client = 'tutti.js' } = this.options;
    try {
      const given = getToken ? await getToken() : (token ?? this.around.storage?.getItem(GUEST));
      if (socket === this.#socket) this.write({ type: 'hello', token: given ?? undefined, name, client });
    } catch {
      if (socket === this.#socket) this.drop('There is no token at the moment.');
    }
  }

  /** @param {'in' | 'out'} direction @param {string} text @param {() => void} pass */
  #through(direction, text, pass) {
    const passed = () => {
      this.owner.passed(direction, text);
      pass();
    };
    if (this.owner.gate) this.owner.gate(direction, text, passed);
    else passed();
  }

  /** @param {string} data */
  #heard(data) {
    const message = parse(data);
    this.#heardAt = this.around.now();
    if (message.type === 'welcome') this.#welcomed(message);
    else if (message.type === 'ping') this.write({ type: 'pong' });
    else if (message.type === 'bye') this.#bye = message;
    else this.owner.heard(message);
    if (this.open) this.watch();
  }

  /** @param {any} welcome */
  #welcomed(welcome) {
    const again = this.open; // A new token on the same connection.
    if (welcome.token) this.around.storage?.setItem(GUEST, welcome.token);
    this.#pingMillis = welcome.pingMillis ?? this.#pingMillis;
    this.open = this.#begun = true;
    if (!again) this.degraded = false;
    this.reason = undefined;
    if (!again) {
      this.#openedAt = this.around.now();
      this.pace.begin(welcome.limits, this.#openedAt);
    }
    this.owner.welcomed(welcome, again);
  }

  /** The network changed, or the page is seen again after timers may have slept. @param {boolean} online */
  #woken(online) {
    if (this.#closed) return;
    if (!this.#socket) return online ? this.connect() : undefined;
    if (!this.open) return;
    if (this.around.now() - this.#heardAt > SILENT_PINGS * this.#pingMillis) this.drop('The connection slept.');
    else if (this.owner.probe()) this.silence.start(PROBE_MILLIS, () => this.drop('The connection is gone.'));
  }

  /** @param {number | undefined} code @param {string} reason */
  #lost(code, reason) {
    if (this.open) this.backoff.lasted(this.around.now() - this.#openedAt);
    this.open = false;
    this.#begun = true;
    this.#socket = undefined;
    this.silence.stop();
    this.reason = this.#bye?.reconnect === false || code !== 1006 ? reason : undefined;
    if (!this.#closed) this.#later(code);
    const requests = [...this.#requests.values()];
    this.#requests.clear();
    for (const { reject } of requests) reject(new Refusal('offline', 'The connection was lost.'));
    this.owner.lost();
  }

  /** @param {number | undefined} code */
  #later(code) {
    const { storage, now } = this.around;
    if (code === UNAUTHORIZED && storage?.getItem(GUEST)) storage.removeItem(GUEST);
    else if (this.#bye ? !this.#bye.reconnect : code !== undefined && FINAL.has(code)) {
      this.#closed = true;
      return;
    }
    const wished = this.#bye?.retryAfterMillis ?? 0;
    const pause = this.#bye?.code === RESTARTING ? wished : Math.max(this.backoff.next(), wished);
    this.retryAt = now() + pause;
    this.retry.start(pause, () => this.connect());
  }
}

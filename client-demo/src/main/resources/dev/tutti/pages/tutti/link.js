import { Guest } from './guest.js';
import { parse } from './patch.js';
import { Refusal } from './refusal.js';
import { Backoff, Pace, Timer } from './timing.js';

/** A silence of this many ping intervals means that the connection is dead. */
const SILENT_PINGS = 2.5;
/** How long the handshake and `welcome`, any answer, and that to a probe may take, in milliseconds. */
const OPENING_MILLIS = 10_000;
const ANSWER_MILLIS = 15_000;
const PROBE_MILLIS = 4_000;
/** Close codes after which connecting again would end the same way. */
const FINAL = new Set([1002, 1003, 1007, 1009, 4400, 4401, 4403]);
const UNAUTHORIZED = 4401;
/** So many tokens in a row may be refused before it gives up asking for another. */
const MOST_REFUSED = 5;
/** Of final ends, what a program may want to know. @type {Record<number, 'unauthorized' | 'forbidden'>} */
const CODES = { [UNAUTHORIZED]: 'unauthorized', 4403: 'forbidden' };
/** The server goes away, and has told each of its clients its own time to come back. */
const RESTARTING = 1012;

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
  /** Stops listening to the network and the page; undefined while it is closed. @type {(() => void) | undefined} */
  #unwatch = undefined;
  /** True once it was open, or failed to be: then it is offline rather than connecting. */
  #begun = false;
  #openedAt = 0;
  #heardAt = 0;
  /** The server has asked not to be connected to before. */
  #notBefore = 0;
  /** What I am known by, or tried to be, and how many were refused since the last welcome. @type {string | undefined} */
  #token = undefined;
  #refused = 0;
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
  /** Why it is closed for good, in a word. @type {'unauthorized' | 'forbidden' | undefined} */
  code = undefined;

  /**
   * @param {string} url @param {import('./types.js').Options} options
   * @param {import('./types.js').Surroundings} around @param {import('./types.js').LinkOwner} owner
   */
  constructor(url, options, around, owner) {
    this.url = url;
    this.options = options;
    this.around = around;
    this.owner = owner;
    this.guest = new Guest(around.storage);
    this.pace = new Pace(around.ticks);
    this.backoff = new Backoff(around.random);
    this.silence = new Timer(around);
    this.retry = new Timer(around);
  }

  /** Whether it says no token but a guest's own. */
  get isGuest() {
    return !this.options.token && !this.options.getToken;
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
    this.#unwatch ??= this.around.onWake((online) => this.#woken(online));
    this.retry.stop();
    this.retryAt = this.code = this.#bye = undefined;
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
    this.#end();
    this.retry.stop();
    this.drop('Closed.');
  }

  #end() {
    this.#closed = true;
    this.#unwatch?.();
    this.#unwatch = undefined;
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
    this.pace.take();
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
      const given = getToken ? await getToken() : (token ?? this.guest.token);
      if (socket !== this.#socket) return;
      this.#token = given;
      this.write({ type: 'hello', token: given, name, client });
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
    this.#heardAt = this.around.ticks();
    if (message.type === 'welcome') this.#welcomed(message);
    else if (message.type === 'ping') this.write({ type: 'pong' });
    else if (message.type === 'bye') this.#bye = message;
    else this.owner.heard(message);
    if (this.open) this.watch();
  }

  /** @param {any} welcome */
  #welcomed(welcome) {
    /** A new token on the same connection. */
    const again = this.open;
    if (welcome.token && this.isGuest) this.guest.token = this.#token = welcome.token;
    this.#pingMillis = welcome.pingMillis ?? this.#pingMillis;
    this.open = this.#begun = true;
    this.reason = undefined;
    this.#refused = 0;
    if (!again) {
      this.degraded = false;
      this.#openedAt = this.around.ticks();
      this.pace.begin(welcome.limits);
    }
    this.owner.welcomed(welcome, again);
  }

  /** The network changed, or the page is seen again after timers may have slept. @param {boolean} online */
  #woken(online) {
    if (this.#closed) return;
    const { ticks } = this.around;
    const left = this.#notBefore - ticks();
    if (!this.#socket) return online ? (left > 0 ? this.#retry(left) : this.connect()) : undefined;
    if (!this.open) return;
    if (ticks() - this.#heardAt > SILENT_PINGS * this.#pingMillis) this.drop('The connection slept.');
    else if (this.owner.probe()) this.silence.start(PROBE_MILLIS, () => this.drop('The connection is gone.'));
  }

  /** @param {number | undefined} code @param {string} reason */
  #lost(code, reason) {
    if (this.open) this.backoff.lasted(this.around.ticks() - this.#openedAt);
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
  #later(code = 0) {
    const bye = this.#bye;
    const why = bye?.code ?? code;
    if ((bye ? !bye.reconnect : FINAL.has(why)) && !(why === UNAUTHORIZED && this.#hasAnother())) {
      this.code = CODES[why];
      return this.#end();
    }
    const wished = bye?.retryAfterMillis ?? 0;
    this.#notBefore = this.around.ticks() + wished;
    this.#retry(why === RESTARTING ? wished : Math.max(this.backoff.next(), wished));
  }

  /** @param {number} millis */
  #retry(millis) {
    this.retryAt = this.around.now() + millis;
    this.retry.start(millis, () => this.connect());
  }

  /** Whether there may be another token than the one that is not taken, or not any more. */
  #hasAnother() {
    const { getToken, token } = this.options;
    if (getToken) return ++this.#refused < MOST_REFUSED;
    const said = this.#token;
    if (token) return token !== said;
    if (this.guest.token !== said) return true;
    this.guest.token = undefined;
    return said !== undefined;
  }
}

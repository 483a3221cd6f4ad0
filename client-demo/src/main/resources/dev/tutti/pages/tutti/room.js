import { Emitter } from './emitter.js';
import { applyPatch } from './patch.js';
import { Refusal } from './refusal.js';
import { Replica } from './replica.js';

/**
 * @typedef {import('./replica.js').Order} Order
 * @typedef {import('./replica.js').Predict} Predict
 * @typedef {import('./replica.js').Event} Event
 * @typedef {{
 *   send(room: Room, order: Order): void,
 *   request(message: Record<string, any>): Promise<any>,
 *   tell(message: Record<string, any>): void,
 *   leave(room: Room): void,
 *   newKey(): string,
 *   restart(): void,
 * }} Line what a room needs of its connection
 */

/**
 * One shared document, live. Events: `change` {document, previous, events, cause}, `event` (each
 * confirmed event), `refused` {order, refusal}, `members`, `signal` {from, topic, data}, `role`,
 * `closed` (a Refusal: no access, or no such room).
 */
export class Room {
  #replica = new Replica();
  #events = new Emitter();
  #line;
  /** Promises of commands, by key. @type {Map<string, {resolve: Function, reject: Function}>} */
  #unanswered = new Map();
  /** @type {{resolve: Function, reject: Function}} */
  #ready = { resolve() {}, reject() {} };

  /** Who is here: session → member. @type {Record<string, any>} */
  members = {};
  /** How many sessions are here; a very full room lists only some. */
  memberCount = 0;
  /** My own presence, sent again after a reconnect. @type {Record<string, any>} */
  presence = {};
  /** @type {string | undefined} */
  role = undefined;
  /** Why the room cannot be had, once it is known. @type {Refusal | undefined} */
  refusal = undefined;

  /** @param {string} name @param {Line} line @param {Record<string, Predict>} predictions by command */
  constructor(name, line, predictions = {}) {
    this.name = name;
    this.predictions = predictions;
    this.#line = line;
    /** Resolves with this room when its document is here. @type {Promise<Room>} */
    this.ready = new Promise((resolve, reject) => (this.#ready = { resolve, reject }));
    this.ready.catch(() => {});
  }

  /** The document with my own pending changes; undefined until it has come. Treat as immutable. */
  get document() {
    return this.#replica.view;
  }

  /** The document as the server has it at `seq`. */
  get confirmed() {
    return this.#replica.confirmed;
  }

  get seq() {
    return this.#replica.seq;
  }

  get epoch() {
    return this.#replica.epoch;
  }

  /** My commands that are not confirmed yet, oldest first. @returns {readonly Order[]} */
  get pending() {
    return this.#replica.pending;
  }

  /** @param {string} name @param {(value: any) => void} listener @returns {() => void} */
  on(name, listener) {
    return this.#events.on(name, listener);
  }

  /**
   * Asks for a change. The prediction shows in `document` before this returns; the promise resolves
   * when the change is durable and rejects with a {@link Refusal}. It waits through lost connections.
   *
   * @param {string} name @param {Record<string, any>} args
   * @param {{expect?: Record<string, any>, predict?: Predict, key?: string}} [options]
   * @returns {Promise<{seq: number}> & {key: string}}
   */
  send(name, args, { expect, predict = this.predictions[name], key = this.#line.newKey() } = {}) {
    const order = { key, name, args, ...(expect && { expect }) };
    const answer = new Promise((resolve, reject) => this.#unanswered.set(key, { resolve, reject }));
    answer.catch(() => {}); // A refusal is also told by `refused`; nobody has to await.
    this.#changing('local', () => this.#replica.add({ ...order, predict }));
    this.#line.send(this, order);
    return Object.assign(answer, { key });
  }

  /** Past events, ascending. @param {{before?: number, after?: number, limit?: number}} [page] */
  history({ before, after, limit = 50 } = {}) {
    return this.#line.request({ type: 'history', room: this.name, before, after, limit });
  }

  /** Says what I am doing, to the members: a merge patch over my state. @param {any} state */
  setPresence(state) {
    this.presence = applyPatch(this.presence, state);
    this.#line.tell({ type: 'presence', room: this.name, state });
  }

  /** Says something that may be lost: the latest wins. @param {string} topic @param {any} data */
  signal(topic, data) {
    this.#line.tell({ type: 'signal', room: this.name, topic, data });
  }

  /** Leaves the room. What is pending is forgotten. */
  leave() {
    this.#line.leave(this);
  }

  // The rest is called by the connection.

  /** @param {any} message `subscribed` or `reset` */
  loaded(message) {
    if (message.role) this.role = message.role;
    if (message.document) {
      const { document, seq, epoch } = message;
      this.#changing('reset', () => this.#replica.load(document, seq, epoch));
    } else {
      this.happened(message.events ?? []);
    }
    if (message.members) this.#met(message.members, message.count);
    if (message.type === 'subscribed' && Object.keys(this.presence).length > 0) this.setPresence(this.presence);
    this.refusal = undefined;
    this.#ready.resolve(this);
  }

  /** @param {Event[]} events */
  happened(events) {
    /** @type {{applied: Event[], gap: boolean}} */
    let outcome = { applied: [], gap: false };
    this.#changing('event', () => (outcome = this.#replica.apply(events)), events);
    for (const event of outcome.applied) {
      this.#settle(event.key)?.resolve({ seq: event.seq });
      this.#events.emit('event', event);
    }
    if (outcome.gap) this.#line.restart();
  }

  /** @param {string} key @param {number} seq */
  accepted(key, seq) {
    this.#changing('event', () => this.#replica.accept(key, seq));
    this.#settle(key)?.resolve({ seq });
  }

  /** @param {Order} order @param {Refusal} refusal */
  refused(order, refusal) {
    this.#changing('refused', () => this.#replica.refuse(order.key));
    this.#settle(order.key)?.reject(refusal);
    this.#events.emit('refused', { order, refusal });
  }

  /** @param {{members: any, count?: number, complete?: boolean}} message a patch, or all of them */
  membersChanged({ members, count, complete = false }) {
    this.#met(applyPatch(complete ? {} : this.members, members), count);
  }

  /** @param {any} signal */
  signalled(signal) {
    this.#events.emit('signal', signal);
  }

  /** @param {string} role */
  roleChanged(role) {
    this.role = role;
    this.#events.emit('role', role);
  }

  /** @param {Refusal} refusal */
  closed(refusal) {
    this.refusal = refusal;
    for (const order of [...this.#replica.pending]) this.refused(order, refusal);
    this.#ready.reject(refusal);
    this.#events.emit('closed', refusal);
  }

  /** @param {any} members @param {number} [count] */
  #met(members, count = Object.keys(members).length) {
    this.members = members;
    this.memberCount = count;
    this.#events.emit('members', members);
  }

  /** @param {string} key */
  #settle(key) {
    const answer = this.#unanswered.get(key);
    this.#unanswered.delete(key);
    return answer;
  }

  /** @param {string} cause @param {() => void} change @param {Event[]} events */
  #changing(cause, change, events = []) {
    const previous = this.document;
    change();
    const document = this.document;
    if (document !== previous) this.#events.emit('change', { document, previous, events, cause });
  }
}

import { Emitter } from './emitter.js';
import { applyPatch } from './patch.js';
import { Refusal } from './refusal.js';
import { Replica } from './replica.js';
import { UNDO, Undo } from './undo.js';

/**
 * One shared document, live. Events, {@link RoomEvents}: `change`, `event` (each that is confirmed),
 * `refused`, `members`, `signal`, `role`, `undo` (`canUndo` or `canRedo` may have changed), `closed` (no
 * access, no such room, or one room too many).
 *
 * @typedef {import('./types.js').Change} Change
 * @typedef {import('./types.js').DocumentChange} DocumentChange
 * @typedef {import('./types.js').Event} Event
 * @typedef {import('./types.js').Line} Line
 * @typedef {import('./types.js').Order} Order
 * @typedef {import('./types.js').Predict} Predict
 * @typedef {import('./types.js').Signal} Signal
 * @typedef {import('./types.js').RoomEvents} RoomEvents
 */
export class Room {
  #replica = new Replica();
  /** @type {Emitter<RoomEvents>} */
  #events = new Emitter();
  #undo = new Undo(this);
  #line;
  /** @type {import('./types.js').Settle} */
  #ready = { resolve() {}, reject() {} };
  #left = false;

  /** Who is here: session → member. @type {Record<string, import('./types.js').Member>} */
  members = {};
  /** How many sessions are here; a very full room lists only some. */
  memberCount = 0;
  /** My own presence, sent again after a reconnect. @type {Record<string, any>} */
  presence = {};
  /** @type {'viewer' | 'editor' | 'owner' | undefined} */
  role = undefined;
  /** Why the room cannot be had, once it is known. @type {Refusal | undefined} */
  refusal = undefined;

  /** @param {string} name @param {Line} line @param {Record<string, Predict>} predictions by command */
  constructor(name, line, predictions = {}) {
    this.name = name;
    /** @type {Record<string, Predict>} */
    this.predictions = Object.assign(Object.create(null), predictions);
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

  get canUndo() {
    return this.#undo.canUndo;
  }

  get canRedo() {
    return this.#undo.canRedo;
  }

  /**
   * @template {keyof RoomEvents} K
   * @param {K} name @param {(value: RoomEvents[K]) => void} listener @returns {() => void} stops listening
   */
  on(name, listener) {
    return this.#events.on(name, listener);
  }

  /**
   * Asks for a change. The prediction shows in `document` before this returns. What is returned is
   * the promise that the change is durable, with `local`, the promise that it shows.
   *
   * @param {string} name @param {Record<string, any>} [args] plain data
   * @param {import('./types.js').SendOptions} [options] @returns {Change}
   */
  send(name, args = {}, { expect, predict = this.predictions[name], key = this.#line.newKey(), undoable = name !== UNDO } = {}) {
    /** @type {Order} */
    let order = { key, name, args: {} };
    /** @type {Refusal | undefined} */
    let refusal;
    try {
      order = JSON.parse(JSON.stringify({ ...order, args, expect }));
      refusal = this.#line.refuses(order);
    } catch (error) {
      refusal = new Refusal('invalid', `This cannot be sent as JSON: ${error}`);
    }
    if (!refusal && !this.#left) this.#changing('local', () => void (refusal = this.#replica.add({ ...order, predict })));
    const durable = refusal ? Promise.reject(refusal) : new Promise((resolve, reject) => this.#line.send(order, { resolve, reject }));
    const local = refusal ? Promise.reject(refusal) : this.ready.then(() => this.document);
    /** Nobody has to await. */
    for (const promise of [durable, local]) promise.catch(() => {});
    if (refusal) this.#events.emit('refused', { order, refusal });
    else if (undoable) this.#undo.did(key, durable);
    return Object.assign(durable, { key, local, durable });
  }

  /**
   * Takes my last change of this page back, by a new one. Where someone has changed the same since, it
   * is refused as `stale`, with a sentence. One that is still pending is waited for.
   *
   * @param {string} [key] of that change, where it is not the last one
   * @returns {Promise<{seq: number} | undefined>} undefined where there is nothing to take back
   */
  undo(key) {
    return this.#undo.undo(key);
  }

  /** Takes my last undo back; like {@link undo}. */
  redo() {
    return this.#undo.redo();
  }

  /**
   * Past events, ascending; of one `entity` alone, such as `tickets/t1`, where it is named.
   *
   * @param {{before?: number, after?: number, limit?: number, entity?: string}} [page]
   * @returns {Promise<any>} `history`: `events`, whether there are `more`, and where to go on (`before`), if it is told
   */
  history(page = {}) {
    return this.#line.request({ limit: 50, ...page, type: 'history' });
  }

  /** Says what I am doing, to the members: a merge patch over my state. @param {Record<string, any>} state */
  setPresence(state) {
    this.presence = applyPatch(this.presence, state);
    this.#line.tell({ type: 'presence', state });
  }

  /** Says something that may be lost: the latest wins. @param {string} topic @param {any} data */
  signal(topic, data) {
    this.#line.tell({ type: 'signal', topic, data });
  }

  /** Leaves the room for good; `connection.room` joins it anew. What is pending is still sent, but shows here no more. */
  leave() {
    if (this.#left) return;
    this.#left = true;
    this.#replica.queue([]);
    this.#line.leave();
  }

  /* The rest is called by the connection. */

  /** My commands without an answer, as the outbox has them. @param {Order[]} orders */
  restored(orders) {
    this.#changing('local', () => this.#replica.queue(orders.map((order) => ({ ...order, predict: this.predictions[order.name] }))));
  }

  /** The page is another user's now, and these are what that one has waiting. @param {Order[]} orders */
  handedOver(orders) {
    this.#undo = new Undo(this);
    this.undoChanged();
    this.restored(orders);
  }

  /** @param {any} message `subscribed` or `reset` */
  loaded(message) {
    /** Before anybody is told who is here, and looks whether I may be. */
    this.refusal = undefined;
    if (message.role) this.role = message.role;
    if (message.document) {
      const { document, seq, epoch } = message;
      this.#changing('reset', () => this.#replica.load(document, seq, epoch));
    } else {
      this.happened(message.events ?? []);
    }
    if (message.members) this.#met(message.members, message.count);
    if (message.type === 'subscribed' && Object.keys(this.presence).length > 0) this.setPresence(this.presence);
    this.#ready.resolve(this);
  }

  /** @param {Event[]} events */
  happened(events) {
    /** @type {{applied: Event[], gap: boolean}} */
    let outcome = { applied: [], gap: false };
    this.#changing('event', () => (outcome = this.#replica.apply(events)).applied);
    for (const event of outcome.applied) {
      this.#line.confirmed(event.key, event.seq);
      this.#events.emit('event', event);
    }
    if (outcome.gap) this.#line.restart();
  }

  /** @param {string} key @param {import('./types.js').Outcome} outcome */
  told(key, { seq, refusal }) {
    const order = this.#replica.pending.find((pending) => pending.key === key);
    if (!order) return;
    if (!refusal) return this.#changing('event', () => this.#replica.accept(key, /** @type {number} */ (seq)));
    this.#changing('refused', () => this.#replica.refuse(key));
    this.#events.emit('refused', { order, refusal });
  }

  /** @param {any} message what a room alone is concerned with; a newer server may say more */
  heard(message) {
    switch (message.type) {
      case 'events': return this.happened(message.events);
      case 'reset': return this.loaded(message);
      case 'presence': return this.#met(applyPatch(message.complete ? {} : this.members, message.members), message.count);
      case 'signal': return this.#events.emit('signal', message);
      case 'signals':
        for (const signal of message.signals) this.#events.emit('signal', signal);
        break;
      case 'role':
        this.#events.emit('role', (this.role = message.role));
    }
  }

  undoChanged() {
    this.#events.emit('undo', { canUndo: this.canUndo, canRedo: this.canRedo });
  }

  /** @param {Refusal} refusal */
  closed(refusal) {
    this.refusal = refusal;
    this.#ready.reject(refusal);
    this.#events.emit('closed', refusal);
  }

  /** @param {any} members @param {number} [count] */
  #met(members, count = Object.keys(members).length) {
    this.members = members;
    this.memberCount = count;
    this.#events.emit('members', members);
  }

  /** @param {DocumentChange['cause']} cause @param {() => Event[] | void} change says which events it was */
  #changing(cause, change) {
    const replica = this.#replica;
    const { seen: previous, changes } = replica;
    const events = change() ?? [];
    if (replica.changes === changes || replica.confirmed === undefined) return;
    this.#events.emit('change', { get document() { return replica.view; }, previous, events, cause });
  }
}

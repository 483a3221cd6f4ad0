import { applyPatch } from './patch.js';
import { Refusal } from './refusal.js';

/**
 * One room's document as this client knows it:
 *
 *   confirmed (at `seq`, from the server) + pending (my commands, in order) = view
 *
 * The view is computed again from the confirmed document after either has changed, so a refusal
 * takes back its own prediction and nothing else. It is computed when it is looked at: a burst of
 * events costs one prediction of what is pending, not one each. No I/O, no clock.
 *
 * @typedef {import('./types.js').Event} Event
 * @typedef {import('./types.js').Order} Order
 * @typedef {import('./types.js').Pending} Pending
 * @typedef {import('./types.js').Predict} Predict
 */
export class Replica {
  /** The server's document at `seq`; undefined until the first one has come. @type {any} */
  confirmed = undefined;
  /** The view as it was last looked at. @type {any} */
  seen = undefined;
  /** Counts what may have changed the view. */
  changes = 0;
  /** The count for which `seen` is computed. */
  #computed = 0;
  seq = 0;
  /** @type {string | undefined} */
  epoch = undefined;
  /** In the order in which they were sent. @type {Pending[]} */
  pending = [];

  /** What to show. */
  get view() {
    if (this.#computed !== this.changes && this.confirmed !== undefined) this.seen = this.pending.reduce(tried, this.confirmed);
    this.#computed = this.changes;
    return this.seen;
  }

  /** Replaces what is held. @param {any} document @param {number} seq @param {string} [epoch] */
  load(document, seq, epoch) {
    this.confirmed = applyPatch({}, document);
    this.seq = seq;
    this.epoch = epoch;
    this.#forgetConfirmed();
    this.changes++;
  }

  /**
   * Applies the events that follow; those already held are ignored.
   *
   * @param {Event[]} events
   * @returns {{applied: Event[], gap: boolean}} a gap means that an event is missing before the rest
   */
  apply(events) {
    const applied = [];
    let gap = false;
    for (const event of events) {
      if (event.seq <= this.seq) continue;
      gap = event.seq !== this.seq + 1;
      if (gap) break;
      this.confirmed = applyPatch(this.confirmed, event.patch);
      this.seq = event.seq;
      this.pending = this.pending.filter((order) => order.key !== event.key);
      applied.push(event);
    }
    if (applied.length > 0) {
      this.#forgetConfirmed();
      this.changes++;
    }
    return { applied, gap };
  }

  /** @param {Pending} order @returns {Refusal | undefined} where its own prediction says no; then it is not added */
  add(order) {
    try {
      const before = this.view;
      if (before !== undefined) this.seen = predicted(before, order);
      if (this.seen !== before) this.#computed = ++this.changes;
    } catch (error) {
      if (error instanceof Refusal) return error;
      console.warn('Not predicted:', order.name, error);
    }
    this.pending.push(order);
    return undefined;
  }

  /** What is pending, anew and in this order; those that are here stay who they are. @param {Pending[]} orders */
  queue(orders) {
    const known = new Map(this.pending.map((order) => [order.key, order]));
    const accepted = this.pending.filter(({ key, acceptedAt }) => acceptedAt && !orders.some((order) => order.key === key));
    const before = this.pending;
    this.pending = [...accepted, ...orders.map((order) => known.get(order.key) ?? order)];
    if (before.length !== this.pending.length || before.some((order, i) => order !== this.pending[i])) this.changes++;
  }

  /** The server has stored it as `seq`: it stays predicted until that event is held. @param {string} key @param {number} seq */
  accept(key, seq) {
    const order = this.pending.find((pending) => pending.key === key);
    if (order === undefined) return;
    order.acceptedAt = seq;
    this.#forgetConfirmed();
  }

  /** Takes back this one prediction. @param {string} key */
  refuse(key) {
    this.pending = this.pending.filter((order) => order.key !== key);
    this.changes++;
  }

  #forgetConfirmed() {
    const before = this.pending.length;
    this.pending = this.pending.filter(({ acceptedAt }) => !(acceptedAt && acceptedAt <= this.seq));
    if (this.pending.length !== before) this.changes++;
  }
}

/** @param {any} document @param {Pending} order */
function predicted(document, { predict, args }) {
  const patch = predict?.(document, args);
  return patch ? applyPatch(document, patch) : document;
}

/** @param {any} document @param {Pending} order */
function tried(document, order) {
  try {
    return predicted(document, order);
  } catch {
    /** What it was about is gone: the server will say so. */
    return document;
  }
}

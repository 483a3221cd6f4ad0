import { applyPatch } from './patch.js';

/**
 * A command that this client has asked for and that the confirmed document does not hold yet. The
 * fields of {@link Order} are plain data, so that they can be stored and sent again after a reload.
 *
 * @typedef {{key: string, name: string, args: Record<string, any>, expect?: Record<string, any>}} Order
 * @typedef {(document: any, args: any) => (Record<string, any> | null | undefined)} Predict
 * @typedef {Order & {predict?: Predict, acceptedAt?: number}} Pending
 * @typedef {{seq: number, name: string, by: string, at: string, key: string, patch: any}} Event
 */

/**
 * One room's document as this client knows it:
 *
 *   confirmed (at `seq`, from the server) + pending (my commands, in order) = view
 *
 * The view is computed again from the confirmed document whenever either changes, so a refusal
 * takes back its own prediction and nothing else. No I/O, no clock.
 */
export class Replica {
  /** The server's document at `seq`; undefined until the first one has come. @type {any} */
  confirmed = undefined;
  /** What to show. @type {any} */
  view = undefined;
  seq = 0;
  /** @type {string | undefined} */
  epoch = undefined;
  /** In the order in which they were sent. @type {Pending[]} */
  pending = [];

  /** Replaces what is held. @param {any} document @param {number} seq @param {string} [epoch] */
  load(document, seq, epoch) {
    this.confirmed = applyPatch({}, document);
    this.seq = seq;
    this.epoch = epoch;
    this.#forgetConfirmed();
    this.#rebase();
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
      this.#rebase();
    }
    return { applied, gap };
  }

  /** @param {Pending} order */
  add(order) {
    this.pending.push(order);
    if (this.confirmed !== undefined) this.view = predicted(this.view, order);
  }

  /** The server has stored it as `seq`: it stays predicted until that event is held. */
  accept(/** @type {string} */ key, /** @type {number} */ seq) {
    const order = this.pending.find((pending) => pending.key === key);
    if (order === undefined) return;
    order.acceptedAt = seq;
    this.#forgetConfirmed();
    this.#rebase();
  }

  /** Takes back this one prediction. @param {string} key */
  refuse(key) {
    this.pending = this.pending.filter((order) => order.key !== key);
    this.#rebase();
  }

  #forgetConfirmed() {
    this.pending = this.pending.filter(({ acceptedAt }) => !(acceptedAt && acceptedAt <= this.seq));
  }

  #rebase() {
    if (this.confirmed !== undefined) this.view = this.pending.reduce(predicted, this.confirmed);
  }
}

/** @param {any} document @param {Pending} order */
function predicted(document, order) {
  try {
    const patch = order.predict?.(document, order.args);
    return patch ? applyPatch(document, patch) : document;
  } catch {
    return document; // What it was about is gone: the server will say so.
  }
}

/** How many changes can be taken back. */
const DEPTH = 100;
/** The engine's own command: the inverse of an event's patch, refused where someone has changed it. */
export const UNDO = 'change.undo';
/** After these the same wish may be granted later, so the change stays on its stack. */
const NOT_NOW = new Set(['rule', 'forbidden']);

/**
 * My own changes of this page, and what I took back. An undo is an event like any other, so a redo
 * is the undo of an undo.
 *
 * @typedef {{key: string, stored: Promise<{seq: number}>}} Mine
 */
export class Undo {
  /** @type {Mine[]} */
  #done = [];
  /** @type {Mine[]} */
  #undone = [];
  /** One wish is sent behind the other, whatever their changes wait for. @type {Promise<any>} */
  #asked = Promise.resolve();

  /** @param {import('./room.js').Room} room */
  constructor(room) {
    this.room = room;
  }

  get canUndo() {
    return this.#done.length > 0;
  }

  get canRedo() {
    return this.#undone.length > 0;
  }

  /** I have asked for something new. @param {string} key @param {Promise<{seq: number}>} stored */
  did(key, stored) {
    this.#undone = [];
    this.#push(this.#done, { key, stored });
  }

  /** @param {string} [key] of a change that is taken back in the place of the last */
  undo(key) {
    return this.#take(this.#done, this.#undone, key);
  }

  redo() {
    return this.#take(this.#undone, this.#done);
  }

  /** @param {Mine[]} stack @param {Mine} mine */
  #push(stack, mine) {
    stack.push(mine);
    if (stack.length > DEPTH) stack.shift();
    mine.stored.catch(() => this.#drop(stack, mine));
    this.room.undoChanged();
  }

  /** @param {Mine[]} stack @param {Mine} mine */
  #drop(stack, mine) {
    const at = stack.indexOf(mine);
    if (at >= 0) stack.splice(at, 1);
    this.room.undoChanged();
  }

  /** @param {Mine[]} from @param {Mine[]} to @param {string} [key] @returns {Promise<any>} */
  #take(from, to, key) {
    const mine = key ? from.find((one) => one.key === key) : from.at(-1);
    if (!mine) return Promise.resolve();
    this.#drop(from, mine);
    const asked = this.#asked.then(() => mine.stored).then(({ seq }) => [this.room.send(UNDO, { seq })]);
    this.#asked = asked.catch(() => {});
    const stored = asked.then(([change]) => change);
    this.#push(to, { key: '', stored });
    /** Nobody has to await; `refused` tells it too. */
    stored.catch(({ code }) => NOT_NOW.has(code) && this.#push(from, mine));
    return stored;
  }
}

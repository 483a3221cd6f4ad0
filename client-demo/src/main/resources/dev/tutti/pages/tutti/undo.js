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

  undo() {
    return this.#take(this.#done, () => this.#undone);
  }

  redo() {
    return this.#take(this.#undone, () => this.#done);
  }

  /** @param {Mine[]} stack @param {Mine} mine */
  #push(stack, mine) {
    stack.push(mine);
    if (stack.length > DEPTH) stack.shift();
    mine.stored.catch(() => {
      const at = stack.indexOf(mine);
      if (at >= 0) stack.splice(at, 1);
      this.room.undoChanged();
    });
    this.room.undoChanged();
  }

  /** @param {Mine[]} from @param {() => Mine[]} to */
  #take(from, to) {
    const taken = this.#taking(from, to);
    /** Nobody has to await; `refused` tells it too. */
    taken.catch(() => {});
    return taken;
  }

  /** @param {Mine[]} from @param {() => Mine[]} to */
  async #taking(from, to) {
    const mine = from.pop();
    if (!mine) return undefined;
    this.room.undoChanged();
    const { seq } = await mine.stored;
    const change = this.room.send(UNDO, { seq });
    try {
      const stored = await change;
      this.#push(to(), { key: change.key, stored: change });
      return stored;
    } catch (refusal) {
      if (NOT_NOW.has(/** @type {any} */ (refusal).code)) this.#push(from, mine);
      throw refusal;
    }
  }
}

import * as receipts from './receipts.js';

/** Read positions leave at most so often, in milliseconds; */
const READ_MILLIS = 700;
/** and of all who are in the room together a hundred a second, since each goes to everybody. */
const READ_MILLIS_EACH = 10;

/** How far I have read in a room: told to it now and then, or kept in this browser. */
export class Position {
  #markedAt = 0;
  /** @type {any} */
  #timer;

  /** @param {import('../../tutti.js').Room} room @param {() => string} me @param {{again(): void, kept(): void}} owner `again` is to say where I am by then */
  constructor(room, me, owner) {
    this.room = room;
    this.me = me;
    this.owner = owner;
  }

  /** The number of the last message that I have read; undefined where I have never been here. */
  get upto() {
    return receipts.readUpTo(this.room.confirmed, this.room.name, this.me());
  }

  /** I have seen everything up to this message. @param {number} n */
  mark(n) {
    const { room, upto } = this;
    if (upto !== undefined && n <= upto) return;
    if (room.pending.some(({ name }) => name === 'read.mark')) return;
    clearTimeout(this.#timer);
    const wait = this.#markedAt + Math.max(READ_MILLIS, room.memberCount * READ_MILLIS_EACH) - Date.now();
    if (wait > 0) {
      this.#timer = setTimeout(this.owner.again, wait);
      return;
    }
    this.#markedAt = Date.now();
    if (receipts.areTold()) room.send('read.mark', { upto: n }, { undoable: false }).catch(() => {});
    else {
      receipts.keep(room.name, n);
      this.owner.kept();
    }
  }

  close() {
    clearTimeout(this.#timer);
  }
}

import { applyPatch } from '../../tutti/patch.js';

/** @typedef {import('./model.js').Line} Line */

/** Events that are asked for at once: the most that a server gives. */
const PAGE = 200;
/** So many lines are kept of a past that nobody looks at, in a page that is open for weeks. */
const KEPT = 2_000;

/**
 * The messages before those that the document holds, as far as somebody has scrolled: read from the
 * room's history, newest first, and joined to the live end by their numbers.
 */
export class Past {
  /** In order, without a gap up to the first that the document holds. @type {Line[]} */
  lines = [];
  /** True when there is nothing older. */
  complete = false;

  #known = new Set();
  /** What happened later to messages whose beginning is not read yet, newest first. @type {Map<string, any[]>} */
  #later = new Map();
  /** @type {number | undefined} */
  #before;
  /** @type {Promise<void> | undefined} */
  #coming;
  #life = 0;

  /** @param {{seq: number, history(page: any): Promise<any>}} room */
  constructor(room) {
    this.room = room;
  }

  /**
   * The document has moved on: keeps what it let go of. Where it jumped, what is here is no longer
   * joined to it, and is read again.
   *
   * @param {Line[]} was the newest messages before @param {Line[]} now
   */
  follow(was, now) {
    const first = now[0]?.m.n ?? 1;
    const gone = was.filter(({ id, m }) => m.n < first && !this.#known.has(id));
    if (gone.length > 0) this.#keep([...this.lines, ...gone]);
    const last = this.lines.at(-1);
    if (last !== undefined && last.m.n !== first - 1) this.#forget();
    if (first === 1) this.complete = true;
  }

  /** Nobody looks at it: where it has become long it is let go of, and read again when somebody scrolls. */
  rest() {
    if (this.lines.length > KEPT) this.#forget();
  }

  /** Reads a page more. One at a time. @param {Line[]} held what the document holds @returns {Promise<void>} */
  load(held) {
    if (this.complete) return Promise.resolve();
    this.#coming ??= this.#read(held).finally(() => (this.#coming = undefined));
    return this.#coming;
  }

  /** @param {Line[]} held */
  async #read(held) {
    const life = this.#life;
    const page = await this.room.history({ before: this.#before ?? this.room.seq + 1, limit: PAGE, entity: 'messages' });
    if (life !== this.#life) return;
    this.take(page.events, held);
    this.#before = page.reached;
    this.complete = !page.more;
  }

  /** Takes events that are older than all before. @param {any[]} events ascending @param {Line[]} held */
  take(events, held) {
    const there = new Set(held.map(({ id }) => id));
    /** @type {Line[]} */
    const found = [];
    for (const { patch } of events.toReversed()) {
      for (const [id, change] of Object.entries(patch.messages ?? {})) {
        if (change === null || there.has(id) || this.#known.has(id)) continue; // null: the document let go of it
        const later = this.#later.get(id) ?? [];
        if (change.n === undefined) this.#later.set(id, [...later, change]);
        else {
          this.#later.delete(id);
          found.push({ id, m: later.reduceRight((m, then) => applyPatch(m, then), change) });
        }
      }
    }
    this.#keep([...found.toReversed(), ...this.lines]);
  }

  /** @param {Line[]} lines */
  #keep(lines) {
    this.lines = lines;
    this.#known = new Set(lines.map(({ id }) => id));
  }

  #forget() {
    this.#keep([]);
    this.#later.clear();
    this.#before = undefined;
    this.complete = false;
    this.#life++;
  }
}

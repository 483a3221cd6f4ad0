import { applyPatch } from '../../tutti/patch.js';
import { Refusal } from '../../tutti/refusal.js';
import { lines, newest, tombstone } from './model.js';

/** @typedef {import('./model.js').Line} Line */

/** Events that are asked for at once: the most that a server gives. */
const PAGE = 200;
/** So many lines are kept of a past that nobody looks at, in a page that is open for weeks. */
const KEPT = 2_000;

/**
 * The messages before those that the document holds, as far as somebody has scrolled: read from the
 * room's history, newest first, and joined to the live end by their numbers.
 *
 * A message is shown when all that happened to it since is known. What happened before the reading
 * began is read before it, since one reads backwards; what happens meanwhile is heard. Deletions of
 * messages that the document has let go of stand in another collection, of which it keeps the latest
 * alone; so they are read too, as far back as the messages are.
 */
export class Past {
  /** In order, without a gap up to the first that the document holds. @type {Line[]} */
  lines = [];
  /** True when there is nothing older. */
  complete = false;

  /** The same by id. @type {Map<string, Line>} */
  #known = new Map();
  /** The newest messages that the document holds, as it is confirmed. @type {Line[]} */
  #held = [];
  /** What happened later to messages whose beginning is not read yet, newest first. @type {Map<string, any[]>} */
  #later = new Map();
  /** Deleted when the document had let go of them: who did it, and when. @type {Map<string, any>} */
  #buried = new Map();
  /** Messages are read down to here, @type {number | undefined} */
  #before;
  /** and burials down to here. @type {number | undefined} */
  #buriedBefore;
  /** @type {Promise<void> | undefined} */
  #coming;
  #life = 0;

  /** @param {{seq: number, confirmed: any, history(page: any): Promise<any>}} room */
  constructor(room) {
    this.room = room;
    this.complete = this.#holds() === 1;
  }

  /**
   * The document has moved on: keeps what it let go of. Where it came anew, or jumped, nobody knows
   * what happened meanwhile to what is here, and it is read again.
   *
   * @param {{cause: string, events: any[]}} change
   * @returns {boolean} whether what was here is gone
   */
  follow({ cause, events }) {
    if (cause !== 'reset' && events.length === 0) return false;
    const was = this.#held;
    const first = this.#holds();
    this.#append(was.filter(({ id, m }) => m.n < first && !this.#known.has(id)));
    for (const { patch } of events) this.#happened(patch);
    const last = this.lines.at(-1)?.m.n ?? (this.complete ? 0 : first - 1);
    const lost = this.lines.length > 0;
    const joined = cause !== 'reset' && last === first - 1;
    if (!joined) this.#forget();
    if (first === 1) this.complete = true;
    return lost && !joined;
  }

  /** Nobody looks at it: where it has become long it is let go of, and read again when somebody scrolls. */
  rest() {
    if (this.lines.length > KEPT && this.#coming === undefined) this.#forget();
  }

  /** @param {string} id */
  line(id) {
    return this.#known.get(id);
  }

  /**
   * Reads page after page, for as long as more is wanted and there is more. One page at a time, whoever asks.
   *
   * @param {() => boolean} wanted @param {() => void} [came] after each page
   * @returns {Promise<boolean>} false without a connection: then there is no past
   */
  async read(wanted, came = () => {}) {
    while (wanted() && !this.complete) {
      this.#coming ??= this.#page().finally(() => (this.#coming = undefined));
      try {
        await this.#coming;
      } catch (error) {
        if (error instanceof Refusal) return false;
        throw error;
      }
      came();
    }
    return true;
  }

  async #page() {
    const life = this.#life;
    this.#before ??= this.room.seq + 1;
    this.#buriedBefore ??= this.#before;
    const page = await this.room.history({ before: this.#before, limit: PAGE, entity: 'messages' });
    for (let before = this.#buriedBefore; life === this.#life && before > page.reached; this.#buriedBefore = before) {
      const deleted = await this.room.history({ before, limit: PAGE, entity: 'removed' });
      if (life !== this.#life) return;
      for (const { patch } of deleted.events) this.#bury(patch);
      before = deleted.reached;
    }
    if (life !== this.#life) return;
    this.#take(page.events);
    this.#before = page.reached;
    this.complete = !page.more;
  }

  /** Takes events that are older than all before. @param {any[]} events ascending */
  #take(events) {
    const held = new Set(this.#held.map(({ id }) => id));
    /** @type {Line[]} */
    const found = [];
    for (const { patch } of events.toReversed()) {
      for (const [id, change] of changes(patch)) {
        if (held.has(id) || this.#known.has(id)) continue;
        const later = this.#later.get(id) ?? [];
        if (change.n === undefined) this.#later.set(id, [...later, change]);
        else {
          this.#later.delete(id);
          const m = later.reduceRight((m, then) => applyPatch(m, then), change);
          found.push({ id, m: this.#buried.has(id) ? applyPatch(m, tombstone(this.#buried.get(id))) : m });
        }
      }
    }
    for (const line of found) this.#known.set(line.id, line);
    this.lines = [...found.toReversed(), ...this.lines];
  }

  /** Something has happened just now. @param {any} patch */
  #happened(patch) {
    this.#bury(patch);
    for (const [id, change] of changes(patch)) {
      if (this.#known.has(id)) this.#change(id, change);
      // Of what the document keeps though it is old: it is pinned.
      else if (this.#before !== undefined && change.n === undefined && !this.#held.some((line) => line.id === id)) {
        this.#later.set(id, [change, ...(this.#later.get(id) ?? [])]);
      }
    }
  }

  /** @param {any} patch */
  #bury(patch) {
    for (const [id, mark] of Object.entries(patch.removed ?? {})) {
      if (mark === null || this.#buried.has(id)) continue; // null: the document let go of the tombstone.
      this.#buried.set(id, mark);
      if (this.#known.has(id)) this.#change(id, tombstone(mark));
    }
  }

  /** @param {string} id @param {any} change */
  #change(id, change) {
    const was = /** @type {Line} */ (this.#known.get(id));
    const line = { id, m: applyPatch(was.m, change) };
    this.#known.set(id, line);
    this.lines = this.lines.with(this.lines.indexOf(was), line);
  }

  /** @param {Line[]} gone */
  #append(gone) {
    if (gone.length === 0) return;
    for (const line of gone) this.#known.set(line.id, line);
    this.lines = [...this.lines, ...gone];
  }

  /** @returns {number} the number of the first message that the document holds */
  #holds() {
    this.#held = newest(lines(this.room.confirmed));
    return this.#held[0]?.m.n ?? 1;
  }

  #forget() {
    this.lines = [];
    this.#known.clear();
    this.#later.clear();
    this.#buried.clear();
    this.#before = this.#buriedBefore = undefined;
    this.complete = false;
    this.#life++;
  }
}

/** What an event did to messages, other than that the document let go of them. @param {any} patch */
const changes = (patch) => Object.entries(patch.messages ?? {}).filter(([, change]) => change !== null);

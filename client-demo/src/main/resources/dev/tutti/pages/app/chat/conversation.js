import { announce } from './announce.js';
import { Actions } from './actions.js';
import { Composer } from './composer.js';
import { Failed } from './failed.js';
import * as model from './model.js';
import { Past } from './past.js';
import * as receipts from './receipts.js';
import * as rows from './row.js';
import { Timeline } from './timeline.js';
import { Typing } from './typing.js';
import { newId } from '../board/send.js';
import { attribute, write } from '../dom.js';
import { peopleOf } from '../people.js';
import { ask } from '../sheet.js';

/** Read positions leave at most so often, in milliseconds; */
const READ_MILLIS = 700;
/** and of all who are in the room together a hundred a second, since each goes to everybody. */
const READ_MILLIS_EACH = 10;
/** Faces of who has read are shown in rooms of at most so many people. */
const MOST_SEEN = 60;
/** Pages of the history that a jump reads at most. */
const MOST_PAGES = 60;

/** @param {string} id @returns {any} */
const at = (id) => document.getElementById(id);

/** One room as it is looked at: its messages, what is written into it, who types, what is read. */
export class Conversation {
  /** @type {model.Line[]} */
  #newest = [];
  /** What others wrote behind this number was new when the room was opened. @type {number | undefined} */
  #freshAfter;
  /** True from when texts are drawn with their formats. */
  formats = false;
  #seenUpTo = 0;
  #markedAt = 0;
  /** @type {any} */
  #timer;
  #scheduled = false;
  /** @type {(() => void)[]} */
  #stops;

  /**
   * @param {import('../../tutti.js').Connection} connection @param {import('../../tutti.js').Room} room
   * @param {{say(words: string, action?: any): void, thread(id: string): void, inThread(): boolean, drawn(): void, read(): void}} owner
   */
  constructor(connection, room, owner) {
    this.connection = connection;
    this.room = room;
    this.owner = owner;
    this.past = new Past(room);
    this.timeline = new Timeline(at('scroller'), at('lines'), {
      key: (line, before) => rows.keyOf(line, before, this.#about(line)),
      row: (element, line, before) => rows.draw(element, line, before, this.#about(line)),
      older: () => void this.#older(),
      moved: () => this.#moved(),
    });
    this.failed = new Failed(room.name, at('failed'), ({ text, thread }) => this.post(text, thread));
    this.typing = new Typing(room, at('typing'), () => this.me);
    at('composer').replaceChildren();
    this.composer = new Composer(at('composer'), {
      draft: `tutti.draft.${room.name}`, label: 'Write a message', people: () => this.people(), post: (text) => this.post(text),
      edit: (id, text) => void this.send('message.edit', { message: id, text }), typing: () => this.typing.say(), last: () => this.#mine(),
    });
    this.actions = new Actions(at('lines'), this);
    this.jump = () => this.timeline.toEnd();
    at('jump').addEventListener('click', this.jump);
    this.toFresh = () => void this.showNumber((this.#freshAfter ?? 0) + 1);
    at('unread').addEventListener('click', this.toFresh);
    const read = () => this.#moved();
    document.addEventListener('visibilitychange', read);
    addEventListener('focus', read);
    this.#stops = [
      () => document.removeEventListener('visibilitychange', read), () => removeEventListener('focus', read),
      () => at('jump').removeEventListener('click', this.jump), () => at('unread').removeEventListener('click', this.toFresh),
      room.on('change', () => this.#schedule()),
      room.on('members', () => this.#schedule()),
      room.on('role', () => this.#schedule()),
      room.on('event', (event) => this.#heard(event)),
      room.on('refused', ({ order, refusal }) => this.#refused(order, refusal)),
      connection.on('status', () => this.#schedule()),
    ];
    if (room.document !== undefined) this.#opened();
    else void room.ready.then(() => this.#opened(), () => {});
  }

  get me() {
    return this.connection.user?.id ?? 'me';
  }

  /** Everyone whom the room knows, and who is here: names by id. */
  people() {
    const found = new Map(Object.entries(this.room.document?.people ?? {}).map(([id, { name }]) => [id, name]));
    for (const { id, name } of peopleOf(this.room.members).values()) found.set(id, name);
    found.delete(this.me);
    return found;
  }

  /** Every line that is here, older ones too. */
  lines() {
    return [...this.past.lines, ...this.#newest];
  }

  /** @param {string} id @returns {model.Line | undefined} */
  line(id) {
    const m = this.room.document?.messages?.[id];
    return m ? { id, m } : this.past.lines.find((line) => line.id === id);
  }

  #opened() {
    const read = receipts.readUpTo(this.room.document, this.room.name, this.me);
    const count = model.count(this.room.document);
    if (read !== undefined && read < count) this.#freshAfter = read;
    if (read === undefined) this.#mark(count); // Who comes for the first time has nothing to catch up with.
    this.#draw();
    this.timeline.toEnd();
    at('talk').classList.add('ready');
  }

  #schedule() {
    if (this.#scheduled || this.room.document === undefined) return;
    this.#scheduled = true;
    requestAnimationFrame(() => {
      this.#scheduled = false;
      if (this.#stops.length > 0) this.#draw();
    });
  }

  #draw() {
    const was = this.#newest;
    this.#newest = model.newest(model.lines(this.room.document));
    this.past.follow(was, this.#newest);
    if (this.timeline.atEnd && !this.owner.inThread()) this.past.rest();
    this.redraw();
  }

  /** Draws again what differs, also where only what surrounds the messages does. */
  redraw() {
    const { document } = this.room;
    this.pending = new Set(this.room.pending.map(({ args }) => args.message));
    const few = Object.keys(document?.people ?? {}).length <= MOST_SEEN;
    this.seen = few ? model.readers(document, (user) => user !== this.me) : new Map();
    const lines = this.lines();
    attribute(at('talk'), 'data-empty', lines.length === 0);
    at('beginning').hidden = !(this.past.complete || this.#newest[0]?.m.n === 1) || lines.length === 0;
    this.timeline.set(lines);
    this.composer.forbid(this.#whyNot());
    this.#moved();
    this.owner.drawn();
  }

  #whyNot() {
    if (this.room.role === 'viewer') return 'You may read here, but not write';
    const mute = this.room.document?.muted?.[this.me];
    return mute && !(Date.parse(mute.until) < Date.now()) && this.room.role !== 'owner' ? 'You are muted here' : '';
  }

  /** @param {model.Line} line @param {boolean} inThread @returns {rows.About} */
  #about({ id, m }, inThread = false) {
    const fresh = !inThread && this.#freshAfter !== undefined && m.n === this.#firstFresh();
    return {
      me: this.me, inThread, fresh, pending: this.pending?.has(id) ?? false, removed: Boolean(this.room.document?.removed?.[id]), formats: this.formats,
      quoted: inThread || !m.thread ? undefined : this.line(m.thread) ?? 'gone', seen: inThread ? [] : (this.seen?.get(m.n) ?? []).filter((/** @type {any} */ user) => user.id !== m.by),
    };
  }

  /** @param {model.Line} line */
  aboutInThread(line) {
    return this.#about(line, true);
  }

  /** The first that was new and is not mine. */
  #firstFresh() {
    const after = this.#freshAfter;
    return after === undefined ? undefined : this.#newest.find(({ m }) => m.n > after && m.by !== this.me)?.m.n;
  }

  async #older() {
    if (this.past.complete || this.#newest.length === 0) return;
    at('loading').hidden = false;
    try {
      // The first pages tell of messages that the document holds too, and others may be short.
      while (this.timeline.atBeginning && !this.past.complete && this.#stops.length > 0) {
        await this.past.load(this.#newest);
        this.redraw();
      }
    } catch {
      // Without a connection there is no past; the next scrolling asks again.
    } finally {
      at('loading').hidden = true;
    }
  }

  /** Brings a message into sight, and reads the history for it. @param {number} n */
  async showNumber(n) {
    for (let page = 0; page < MOST_PAGES && (this.lines()[0]?.m.n ?? 0) > n && !this.past.complete; page++) await this.past.load(this.#newest);
    const line = this.lines().find(({ m }) => m.n >= n);
    if (line) this.show(line.id);
  }

  /** @param {string} id */
  show(id) {
    this.timeline.set(this.lines());
    const row = this.timeline.show(id);
    row?.focus({ preventScroll: true });
    row?.classList.add('shown');
    setTimeout(() => row?.classList.remove('shown'), 1_600);
  }

  #moved() {
    if (this.room.document === undefined) return;
    const count = model.count(this.room.document);
    const { atEnd } = this.timeline;
    const looking = document.visibilityState === 'visible' && document.hasFocus();
    if (atEnd) this.#seenUpTo = count;
    if (looking) this.#mark(atEnd ? count : this.timeline.lastInSight());
    const fresh = count - this.#seenUpTo;
    at('jump').hidden = atEnd;
    write(at('jump'), fresh > 0 ? `${fresh} new, jump` : 'Jump to the latest');
    const first = this.#firstFresh();
    at('unread').hidden = !(first !== undefined && this.timeline.isAbove(first));
  }

  /** @param {number} upto */
  #mark(upto) {
    const read = receipts.readUpTo(this.room.confirmed, this.room.name, this.me);
    if (read !== undefined && upto <= read) return;
    if (this.room.pending.some(({ name }) => name === 'read.mark')) return;
    clearTimeout(this.#timer);
    const wait = this.#markedAt + Math.max(READ_MILLIS, this.room.memberCount * READ_MILLIS_EACH) - Date.now();
    if (wait > 0) {
      this.#timer = setTimeout(() => this.#moved(), wait);
      return;
    }
    this.#markedAt = Date.now();
    if (receipts.areTold()) this.room.send('read.mark', { upto }, { undoable: false }).catch(() => {});
    else {
      receipts.keep(this.room.name, upto);
      this.owner.read();
    }
  }

  #mine() {
    const line = this.lines().findLast(({ m }) => m.by === this.me && !m.deleted);
    return line && { id: line.id, text: line.m.text ?? '' };
  }

  /** @param {string} name @param {Record<string, any>} args */
  send(name, args) {
    return this.room.send(name, args, { undoable: false }).catch(() => undefined); // What was refused is told by the room.
  }

  /** @param {string} text @param {string} [thread] */
  post(text, thread) {
    this.typing.stop();
    if (this.#freshAfter !== undefined && this.timeline.atEnd) this.#freshAfter = undefined;
    void this.send('message.post', { message: newId(), text, ...(thread && { thread }) });
    if (!thread) this.timeline.toEnd();
  }

  /** @param {any} order @param {any} refusal */
  #refused({ name, args }, refusal) {
    if (name === 'message.post') this.failed.add({ id: args.message, text: args.text, thread: args.thread, why: refusal.message });
    else if (name !== 'read.mark') this.owner.say(refusal.message);
  }

  /** @param {any} event */
  #heard({ name, by, patch }) {
    if (name !== 'message.posted' || by === this.me) return;
    for (const m of Object.values(patch.messages ?? {})) if (m?.text && m.by === by) announce(`${m.name}: ${m.text}`);
  }

  // What can be done with a message

  /** @param {string} id @param {string} emoji */
  react(id, emoji) {
    const mine = this.line(id)?.m.reactions?.[emoji]?.[this.me];
    void this.send(mine ? 'message.unreact' : 'message.react', { message: id, emoji });
  }

  /** @param {string} id */
  thread(id) {
    this.owner.thread(this.line(id)?.m.thread ?? id);
  }

  /** @param {string} id */
  may(id) {
    const line = this.line(id);
    return this.room.role !== 'viewer' && line !== undefined && !line.m.deleted && !this.room.document?.removed?.[id];
  }

  /** @param {string} id */
  more(id) {
    const m = /** @type {model.Message} */ (this.line(id)?.m);
    const mine = m.by === this.me;
    const owner = this.room.role === 'owner';
    const kept = Boolean(this.room.document?.messages?.[id]);
    return [
      ...(mine ? [{ label: 'Edit', disabled: !kept, run: () => this.composer.edit({ id, text: m.text ?? '' }) }] : []),
      { label: 'Copy the text', run: () => void navigator.clipboard?.writeText(m.text ?? '') },
      { label: m.pinned ? 'Unpin' : 'Pin', disabled: !kept, run: () => void this.send(m.pinned ? 'message.unpin' : 'message.pin', { message: id }) },
      ...(owner && !mine ? [{ label: `Mute ${m.name} for an hour`, run: () => void this.send('member.mute', { user: m.by, minutes: 60 }) }] : []),
      ...(mine || owner ? [/** @type {const} */ ('line'), { label: 'Delete', danger: true, disabled: !kept && !owner, run: () => void this.#remove(id) }] : []),
    ];
  }

  /** @param {string} id */
  async #remove(id) {
    const sure = await ask({ title: 'Delete the message?', words: 'Everyone will see that a message was here, and no longer what it said.', action: 'Delete', danger: true });
    if (sure !== undefined) void this.send('message.delete', { message: id });
  }

  close() {
    clearTimeout(this.#timer);
    this.#stops.forEach((stop) => stop());
    this.#stops = [];
    this.timeline.close();
    this.typing.close();
    at('lines').replaceChildren();
    at('talk').classList.remove('ready');
  }
}

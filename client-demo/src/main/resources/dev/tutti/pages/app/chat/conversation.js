import { announce } from './announce.js';
import { Actions } from './actions.js';
import { Composer } from './composer.js';
import { Failed } from './failed.js';
import { Jumps } from './jumps.js';
import { lineMenu } from './line-menu.js';
import * as model from './model.js';
import { Mute } from './mute.js';
import { Past } from './past.js';
import { Position } from './position.js';
import * as rows from './row.js';
import { Timeline } from './timeline.js';
import { Typing } from './typing.js';
import { newId } from '../board/send.js';
import { attribute } from '../dom.js';
import { peopleOf } from '../people.js';

/** Faces of who has read are shown in rooms of at most so many people. */
const MOST_SEEN = 60;

/** @param {string} id @returns {any} */
const at = (id) => document.getElementById(id);

/** One room as it is looked at: its messages, what is written into it, who types, what is read. */
export class Conversation {
  /** The messages of the document for which `#newest` is computed. */
  #messages = {};
  /** @type {model.Line[]} */
  #newest = [];
  /** True from when texts are drawn with their formats. */
  formats = false;
  /** The number of the first message in sight; 0 at the end. */
  #looked = 0;
  /** Counts the jumps: one that is still reading the history is over when something else was asked for. */
  #jumped = 0;
  #scheduled = false;
  /** @type {(() => void)[]} */
  #stops;

  /**
   * @param {import('../../tutti.js').Connection} connection @param {import('../../tutti.js').Room} room
   * @param {{say(words: string, action?: any): void, thread(id: string): void, inThread(): boolean, drawn(): void, read(): void, serverNow(): number}} owner
   */
  constructor(connection, room, owner) {
    this.connection = connection;
    this.room = room;
    this.owner = owner;
    this.past = new Past(room);
    this.jumps = new Jumps(at('jump'), at('unread'), { toEnd: () => this.toEnd(), toNumber: (n) => this.showNumber(n), moved: () => this.#moved() });
    this.position = new Position(room, () => this.me, { again: () => this.#moved(), kept: () => owner.read() });
    this.timeline = new Timeline(at('scroller'), at('lines'), {
      key: (line, before) => rows.keyOf(line, before, this.#about(line)),
      row: (element, line, before) => rows.draw(element, line, before, this.#about(line)),
      older: () => void this.#older(),
      moved: () => this.#moved(),
    });
    this.failed = new Failed(room.name, at('failed'), ({ text, thread }) => this.post(text, thread));
    this.typing = new Typing(room, at('typing'), () => this.me, connection.around);
    at('composer').replaceChildren();
    this.composer = new Composer(at('composer'), {
      draft: `tutti.draft.${room.name}`, label: 'Write a message', people: () => this.people(), post: (text) => this.post(text),
      edit: (id, text) => void this.send('message.edit', { message: id, text }), typing: () => this.typing.say(), last: () => this.#mine(),
    });
    this.mute = new Mute(connection.around, owner.serverNow, () => this.#schedule());
    this.actions = new Actions(at('lines'), this);
    const read = () => this.#moved();
    document.addEventListener('visibilitychange', read);
    addEventListener('focus', read);
    this.#stops = [
      () => document.removeEventListener('visibilitychange', read), () => removeEventListener('focus', read),
      room.on('change', (change) => this.#changed(change)),
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
    return [...this.past.lines, ...this.#held()];
  }

  #held() {
    const { document } = this.room;
    if (document?.messages !== this.#messages) {
      this.#messages = document?.messages;
      this.#newest = model.newest(model.lines(document));
    }
    return this.#newest;
  }

  /** @param {string} id @returns {model.Line | undefined} */
  line(id) {
    const m = this.room.document?.messages?.[id];
    return m ? { id, m } : this.past.line(id);
  }

  #opened() {
    const { upto } = this.position;
    if (upto === undefined) this.position.mark(model.count(this.room.document)); // Who comes for the first time has nothing to catch up with.
    else this.jumps.began(upto, this.room.document);
    this.#draw();
    this.timeline.toEnd();
    at('talk').classList.add('ready');
  }

  /** @param {import('../../tutti/types.js').DocumentChange} change */
  #changed(change) {
    const looked = this.#looked;
    if (this.past.follow(change) && looked > 0) void this.#reach(looked).then((line) => line && (this.redraw(), this.timeline.show(line.id, 'start')));
    this.#schedule();
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
    at('beginning').hidden = !this.past.complete || lines.length === 0;
    this.jumps.look(lines, this.me);
    this.timeline.set(lines);
    this.composer.forbid(this.mute.why(this.room, this.me));
    this.#moved();
    this.owner.drawn();
  }

  /** @param {model.Line} line @param {boolean} inThread @returns {rows.About} */
  #about({ id, m }, inThread = false) {
    return {
      me: this.me, inThread, fresh: !inThread && m.n === this.jumps.first, pending: this.pending?.has(id) ?? false, formats: this.formats,
      quoted: inThread || !m.thread ? undefined : this.line(m.thread) ?? 'gone', seen: inThread ? [] : (this.seen?.get(m.n) ?? []).filter((/** @type {any} */ user) => user.id !== m.by),
    };
  }

  /** @param {model.Line} line */
  aboutInThread(line) {
    return this.#about(line, true);
  }

  /** The first pages tell of messages that the document holds too, and others may be short. */
  async #older() {
    await this.#read(() => this.timeline.atBeginning, () => this.redraw());
  }

  /** @param {() => boolean} wanted @param {() => void} [came] after each page @returns {Promise<boolean>} whether it could be read */
  async #read(wanted, came) {
    if (this.past.complete || this.lines().length === 0) return true;
    at('loading').hidden = false;
    const read = await this.past.read(() => this.#stops.length > 0 && wanted(), came);
    at('loading').hidden = true;
    return read;
  }

  /** Reads back to a message, however far it is. @param {number} n @returns {Promise<model.Line | undefined>} it, or the one behind it; undefined where something else was asked for meanwhile */
  async #reach(n) {
    const jump = ++this.#jumped;
    const wanted = () => jump === this.#jumped && (this.past.lines[0] ?? this.#held()[0])?.m.n > n;
    if (!(await this.#read(wanted))) this.owner.say('Older messages cannot be read at the moment.');
    return this.#stops.length > 0 && jump === this.#jumped ? this.lines().find(({ m }) => m.n >= n) : undefined;
  }

  /** Brings a message into sight, and reads the history for it. @param {number} n */
  async showNumber(n) {
    const line = await this.#reach(n);
    if (line) this.show(line.id);
  }

  /** To the latest message. */
  toEnd() {
    this.#jumped++;
    this.timeline.toEnd();
  }

  /** @param {string} id */
  show(id) {
    this.redraw();
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
    if (looking) this.position.mark(atEnd ? count : this.timeline.lastInSight());
    const looked = this.timeline.firstInSight();
    this.#looked = atEnd ? 0 : looked;
    this.jumps.draw(this.room.document, this.me, atEnd, looked);
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
    if (this.timeline.atEnd) this.jumps.ended();
    void this.send('message.post', { message: newId(), text, ...(thread && { thread }) });
    if (!thread) this.toEnd();
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
    return this.room.role !== 'viewer' && line !== undefined && !line.m.deleted;
  }

  /** @param {string} id */
  more(id) {
    return lineMenu(this, id);
  }

  close() {
    this.position.close();
    this.mute.close();
    this.#stops.forEach((stop) => stop());
    this.#stops = [];
    this.timeline.close();
    this.typing.close();
    at('lines').replaceChildren();
    at('talk').classList.remove('ready');
  }
}

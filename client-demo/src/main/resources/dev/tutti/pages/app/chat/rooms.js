import { ask as question } from '../sheet.js';
import { ask, create } from '../boards.js';
import * as model from './model.js';
import { readUpTo } from './receipts.js';
import { attribute, h, write } from '../dom.js';

/** Rooms that are followed for their counts; a connection takes a few more. */
const FOLLOWED = 40;
/** How often the list is asked for anew, in milliseconds. */
const AGAIN = 60_000;

/** The rooms at the left: unread as weight and a count, mentions in the accent. */
export class RoomList {
  /** @type {Map<string, {title: string, element: any, count: any, mentions: any, name: any}>} */
  #rooms = new Map();
  current = '';

  /**
   * @param {HTMLElement} list @param {import('../../tutti.js').Connection} connection
   * @param {(name: string) => import('../../tutti.js').Room} roomOf
   * @param {{open(name: string): void, counted(messages: number, mentions: number): void, heard(name: string, event: any): void, say(words: string): void}} owner
   */
  constructor(list, connection, roomOf, owner) {
    this.list = list;
    this.connection = connection;
    this.roomOf = roomOf;
    this.owner = owner;
    list.addEventListener('click', (event) => {
      const name = /** @type {HTMLElement} */ (event.target).closest('a')?.dataset.room;
      if (!name || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      owner.open(name);
    });
    setInterval(() => document.visibilityState === 'visible' && void this.load(), AGAIN);
  }

  /** @returns {Promise<void>} */
  async load() {
    try {
      const { rooms } = await (await ask('/v1/rooms?type=chat')).json();
      for (const { room, title } of rooms) this.add(model.shortName(room), title);
    } catch {
      // What is here stays; it is asked for again in a while.
    }
    this.draw();
  }

  /** @param {string} name @param {string} [title] */
  add(name, title) {
    if (this.#rooms.has(name)) return;
    const label = h('span', { class: 'name' }, title || name);
    const count = h('span', { class: 'badge', hidden: true });
    const mentions = h('span', { class: 'badge mentions', hidden: true });
    const element = h('li', {}, h('a', { href: `/chat/${encodeURIComponent(name)}`, 'data-room': name }, label, mentions, count));
    this.#rooms.set(name, { title: title || name, element, count, mentions, name: label });
    if (this.#rooms.size > FOLLOWED) return;
    const room = this.roomOf(name);
    room.on('change', () => this.#schedule());
    room.on('event', (event) => this.owner.heard(name, event));
  }

  #scheduled = false;
  #schedule() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setTimeout(() => {
      this.#scheduled = false;
      this.draw();
    }, 100);
  }

  draw() {
    const me = this.connection.user?.id ?? '';
    let messages = 0;
    let mentions = 0;
    let followed = 0;
    for (const [name, row] of this.#rooms) {
      const document = followed++ < FOLLOWED ? this.roomOf(name).document : undefined;
      const fresh = model.unread(document, me, readUpTo(document, `chat:${name}`, me));
      messages += fresh.messages;
      mentions += fresh.mentions;
      row.title = model.title(document) || row.title;
      write(row.name, row.title);
      write(row.count, fresh.messages > 99 ? '99+' : String(fresh.messages));
      write(row.mentions, `@${fresh.mentions}`);
      row.count.hidden = fresh.messages === 0;
      row.mentions.hidden = fresh.mentions === 0;
      const link = row.element.firstElementChild;
      attribute(link, 'aria-current', name === this.current ? 'page' : undefined);
      attribute(link, 'data-unread', fresh.messages > 0);
      attribute(link, 'aria-label', `${row.title}${fresh.messages > 0 ? `, ${fresh.messages} unread` : ''}${fresh.mentions > 0 ? `, ${fresh.mentions} mentions` : ''}`);
    }
    const sorted = [...this.#rooms.values()].sort((a, b) => a.title.localeCompare(b.title));
    if (sorted.some(({ element }, i) => this.list.children[i] !== element)) this.list.replaceChildren(...sorted.map(({ element }) => element));
    this.owner.counted(messages, mentions);
  }

  /** The next room with something unread, or just the next. @param {1 | -1} step */
  next(step) {
    const names = [...this.list.querySelectorAll('a')].map((link) => /** @type {string} */ (link.dataset.room));
    const at = names.indexOf(this.current);
    this.owner.open(names[(at + step + names.length) % names.length]);
  }

  async create() {
    const field = h('input', { class: 'field', maxlength: '100', 'aria-label': 'Name of the room', autocomplete: 'off' });
    const title = (await question({ title: 'A new room', words: 'Everyone who may come in here can find it and write in it.', action: 'Create', field }))?.trim();
    if (!title) return;
    try {
      const name = await create(title, 'chat');
      this.add(name, title);
      this.owner.open(name);
    } catch (error) {
      this.owner.say(`The room was not created. ${/** @type {Error} */ (error).message}`);
    }
  }
}

import { attribute, h, write } from '../dom.js';
import * as model from './model.js';
import { peopleOf, showMe, showPeople } from '../people.js';
import { StatusPill } from '../status.js';
import { themeSwitch } from '../theme.js';

/** @param {string} id @returns {any} */
const at = (id) => document.getElementById(id);

/** The header of the board: its title, who is here, the connection, and the filter. */
export class Header {
  /**
   * @param {import('../../tutti.js').Connection} connection @param {import('../../tutti.js').Room} room
   * @param {{send: import('./send.js').Send, filter(text: string): void, archive(): void, keys(): void, myName(): void, more(button: HTMLElement): void}} actions
   */
  constructor(connection, room, actions) {
    this.connection = connection;
    this.room = room;
    this.actions = actions;
    this.title = at('title');
    this.filter = at('filter');
    this.pill = new StatusPill(at('status'), connection, room);
    themeSwitch(at('theme'));
    at('archive').addEventListener('click', actions.archive);
    at('keys').addEventListener('click', actions.keys);
    at('more').addEventListener('click', () => actions.more(at('more')));
    at('me').addEventListener('click', () => actions.myName());
    this.filter.addEventListener('input', () => actions.filter(this.filter.value.trim()));
    this.filter.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== 'Escape') return;
      this.clearFilter();
      this.filter.blur();
    });
    this.#editable(actions.send);
  }

  clearFilter() {
    this.filter.value = '';
    this.actions.filter('');
  }

  draw() {
    const title = model.title(this.room.document) || this.room.name.replace(/^board:/, '');
    if (document.activeElement !== this.title) this.title.value = title;
    // A field is as wide as its text; where the browser cannot do that by itself, this is near.
    attribute(this.title, 'size', Math.max(4, Math.min(40, title.length)));
    attribute(this.title, 'readonly', this.room.role === 'viewer');
    document.title = `${title} · tutti`;
  }

  people() {
    const { user } = this.connection;
    if (user) showMe(at('me'), user);
    showPeople(at('people'), peopleOf(this.room.members), user?.id);
  }

  /** @param {import('./send.js').Send} send */
  #editable(send) {
    this.title.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (event.isComposing) return;
      if (event.key === 'Escape') this.title.value = model.title(this.room.document);
      if (event.key === 'Enter' || event.key === 'Escape') this.title.blur();
    });
    this.title.addEventListener('blur', () => {
      const title = this.title.value.trim();
      if (title !== '' && title !== model.title(this.room.document) && `board:${title}` !== this.room.name) void send('board.rename', { title });
      this.draw();
    });
  }
}

let said = '';

/**
 * Shows one of: the board, or a message with something to do.
 *
 * @param {{title: string, words: string, action?: HTMLElement} | undefined} what
 * @returns {boolean} whether the board has come back
 */
export function message(what) {
  const words = what ? `${what.title}\n${what.words}` : '';
  if (words === said) return false; // Its button keeps the focus.
  said = words;
  const place = at('message');
  attribute(place, 'hidden', !what);
  attribute(at('board'), 'hidden', Boolean(what));
  if (what) place.replaceChildren(h('h2', {}, what.title), h('p', {}, what.words), .../** @type {HTMLElement[]} */ ([what.action].filter(Boolean)));
  return !what;
}

/** Said to screen readers. @param {string} words */
export const announce = (words) => write(at('announced'), words);

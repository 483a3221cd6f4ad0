import { attribute, h, write } from '../dom.js';
import { peopleOf, showMe, showPeople } from '../people.js';
import { StatusPill } from '../status.js';
import { themeSwitch } from '../theme.js';
import * as model from './model.js';

/** @param {string} id @returns {any} */
const at = (id) => document.getElementById(id);

/** The header of a dashboard: its title, who is here, and the connection. */
export class Header {
  /**
   * @param {import('../../tutti.js').Connection} connection @param {import('../../tutti.js').Room} room
   * @param {{rename(title: string): void, add(): void, keys(): void, myName(): void, more(button: HTMLElement): void}} actions
   */
  constructor(connection, room, actions) {
    this.connection = connection;
    this.room = room;
    this.title = at('title');
    this.actions = actions;
    this.pill = new StatusPill(at('status'), connection, room);
    themeSwitch(at('theme'));
    at('add').addEventListener('click', () => actions.add());
    at('keys').addEventListener('click', () => actions.keys());
    at('more').addEventListener('click', () => actions.more(at('more')));
    at('me').addEventListener('click', () => actions.myName());
    this.title.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (event.isComposing) return;
      if (event.key === 'Escape') this.title.value = this.#said();
      if (event.key === 'Enter' || event.key === 'Escape') this.title.blur();
    });
    this.title.addEventListener('blur', () => {
      const title = this.title.value.trim();
      if (title !== '' && title !== this.#said()) actions.rename(title);
      this.draw();
    });
  }

  draw() {
    const title = this.#said();
    if (document.activeElement !== this.title) this.title.value = title;
    attribute(this.title, 'size', Math.max(4, Math.min(40, title.length)));
    attribute(this.title, 'readonly', this.room.role === 'viewer');
    at('add').hidden = this.room.role === 'viewer';
    if (document.title !== `${title} · tutti`) document.title = `${title} · tutti`;
  }

  people() {
    const { user } = this.connection;
    if (user) showMe(at('me'), user);
    showPeople(at('people'), peopleOf(this.room.members), user?.id);
  }

  #said() {
    return model.title(this.room.document) || this.room.name.replace(/^dashboard:/, '');
  }
}

/** Shows one of: the dashboard, or a message with something to do. @param {{title: string, words: string, action?: HTMLElement} | undefined} what */
export function message(what) {
  const place = at('message');
  if (place.hidden === !what && place.dataset.title === (what?.title ?? '')) return;
  place.hidden = !what;
  place.dataset.title = what?.title ?? '';
  at('grid').hidden = Boolean(what);
  if (what) place.replaceChildren(h('h2', {}, what.title), h('p', {}, what.words), what.action);
}

/** Said to screen readers. @param {string} words */
export const announce = (words) => write(at('announced'), words);

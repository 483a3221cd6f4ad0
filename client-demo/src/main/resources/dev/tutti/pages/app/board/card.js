import { attribute, colour, glyph, h, write } from '../dom.js';
import { avatar, hueOf } from '../people.js';
import * as times from '../times.js';
import { progress } from './model.js';

/** How many assignees a card shows. */
const FACES = 3;

/**
 * What a card shows. Compared by identity, field by field, to know whether to draw it again.
 *
 * @typedef {{
 *   ticket: import('./model.js').Ticket, comments: number, today: string,
 *   busy?: {user: {id: string, name: string}, doing: string},
 * }} Shown
 */

/** One ticket on the board. */
export class Card {
  /** @type {Shown | undefined} */
  #shown;

  /** @param {string} id of the ticket */
  constructor(id) {
    this.id = id;
    this.open = h('button', { class: 'title', type: 'button', tabindex: '-1', 'aria-describedby': 'how-to-lift', 'aria-roledescription': 'ticket' });
    this.labels = h('ul', { class: 'labels', 'aria-label': 'Labels' });
    this.meta = h('div', { class: 'meta' });
    this.tag = h('span', { class: 'tag' });
    this.element = h('li', { class: 'card', 'data-ticket': id }, this.labels, this.open, this.meta, this.tag);
  }

  /** @param {Shown} shown */
  show(shown) {
    const old = this.#shown;
    if (old && old.ticket === shown.ticket && old.comments === shown.comments && old.busy === shown.busy && old.today === shown.today) return;
    this.#shown = shown;
    const { ticket, comments, busy } = shown;
    write(this.open, ticket.title);
    this.#labels(ticket.labels ?? {});
    this.#meta(ticket, comments);
    this.#busy(busy);
  }

  /** A ring in the colour of whoever changed it, which fades. @param {string} user */
  touchedBy(user) {
    this.element.classList.remove('touched');
    colour(this.element, hueOf(user));
    requestAnimationFrame(() => this.element.classList.add('touched'));
  }

  /** @param {Record<string, number>} labels */
  #labels(labels) {
    const names = Object.keys(labels).sort();
    this.labels.hidden = names.length === 0;
    this.labels.replaceChildren(...names.map((name) => h('li', { class: 'label', hue: labels[name] }, name)));
  }

  /** @param {import('./model.js').Ticket} ticket @param {number} comments */
  #meta(ticket, comments) {
    const { done, all } = progress(ticket);
    const day = ticket.due ? times.due(ticket.due) : undefined;
    const people = Object.entries(ticket.assignees ?? {}).map(([id, name]) => ({ id, name }));
    const parts = [
      day && h('span', { class: 'bit due', 'data-urgency': day.urgency, title: ticket.due }, glyph('clock'), day.words),
      ticket.description && h('span', { class: 'bit', title: 'Has a description' }, glyph('text'), h('span', { class: 'unseen' }, 'Has a description')),
      all > 0 && h('span', { class: 'bit', 'data-done': done === all, title: 'Checklist' }, glyph('check'), h('span', { class: 'unseen' }, 'Checklist '), `${done}/${all}`),
      comments > 0 && h('span', { class: 'bit', title: 'Comments' }, glyph('comment'), h('span', { class: 'unseen' }, 'Comments '), String(comments)),
      people.length > 0 && h('span', { class: 'faces' }, ...people.slice(0, FACES).map((user) => avatar(user, 'small')),
        people.length > FACES && h('span', { class: 'avatar small' }, `+${people.length - FACES}`)),
    ].filter(Boolean);
    this.meta.hidden = parts.length === 0;
    this.meta.replaceChildren(.../** @type {any[]} */ (parts));
  }

  /** @param {Shown['busy']} busy */
  #busy(busy) {
    attribute(this.element, 'data-busy', busy?.doing);
    write(this.tag, busy ? (busy.doing === 'dragging' ? busy.user.name : `${busy.user.name} is editing`) : '');
    if (busy) colour(this.element, hueOf(busy.user.id));
  }
}

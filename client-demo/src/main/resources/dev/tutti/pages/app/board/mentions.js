import { attribute, h } from '../dom.js';
import { avatar } from '../people.js';

/** How many names are offered at once. */
const OFFERED = 6;
/** What a name that is being typed looks like, up to the caret. */
const TYPING = /(?:^|[\s([{"'“])@([\p{L}\p{N}._-]*(?: [\p{L}\p{N}._-]*)?)$/u;
const WORD = /[\p{L}\p{N}_]/u;

/**
 * A text in parts: what stands for a person of this board, and what is between. A name counts from
 * an `@` at the beginning of a word to the end of one, the longest name first.
 *
 * @param {string} text @param {Iterable<{id: string, name: string}>} people
 * @returns {{text: string, user?: {id: string, name: string}}[]}
 */
export function mentionParts(text, people) {
  const known = [...people].filter(({ name }) => name !== '').sort((a, b) => b.name.length - a.name.length);
  const parts = [];
  let from = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (at < from || (at > 0 && WORD.test(text[at - 1]))) continue;
    const user = known.find(({ name }) => startsWith(text, at + 1, name));
    if (!user) continue;
    const end = at + 1 + user.name.length;
    if (at > from) parts.push({ text: text.slice(from, at) });
    parts.push({ text: text.slice(at, end), user });
    from = end;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}

/** @param {string} text @param {number} at @param {string} name */
function startsWith(text, at, name) {
  const there = text.slice(at, at + name.length);
  const next = text[at + name.length];
  return there.toLocaleLowerCase() === name.toLocaleLowerCase() && (next === undefined || !WORD.test(next));
}

/** Whether a text speaks to somebody. @param {string} text @param {{id: string, name: string}} user */
export const mentions = (text, user) => mentionParts(text, [user]).some((part) => part.user !== undefined);

/** A text with its names set off. @param {string} text @param {Map<string, string>} people names by id @param {string} me */
export function withMentions(text, people, me) {
  const users = [...people].map(([id, name]) => ({ id, name }));
  return mentionParts(text, users).map(({ text, user }) => (user ? h('b', { class: user.id === me ? 'mention me' : 'mention' }, text) : text));
}

/** Offers names while one is typed after an `@`: arrows choose, Enter or Tab takes, Escape leaves it. */
export class MentionField {
  /** @type {{id: string, name: string}[]} */
  #offered = [];
  #chosen = 0;
  static #count = 0;

  /** @param {HTMLTextAreaElement} field @param {() => Map<string, string>} people names by id */
  constructor(field, people) {
    this.field = field;
    this.people = people;
    const id = `names-${MentionField.#count++}`;
    this.list = h('ul', { class: 'menu names', role: 'listbox', id, 'aria-label': 'People', hidden: true });
    for (const [name, value] of Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': id, 'aria-expanded': 'false' })) attribute(field, name, value);
    field.addEventListener('input', () => this.#look());
    field.addEventListener('click', () => this.#look());
    field.addEventListener('blur', () => this.#close());
    field.addEventListener('keydown', (event) => this.#key(event), { capture: true });
  }

  #look() {
    const typed = TYPING.exec(this.field.value.slice(0, this.field.selectionStart))?.[1];
    if (typed === undefined) return this.#close();
    const start = typed.toLocaleLowerCase();
    const fits = [...this.people()].filter(([, name]) => name.toLocaleLowerCase().split(/\s+/).some((word, i) => word.startsWith(start) || (i === 0 && name.toLocaleLowerCase().startsWith(start))));
    this.#offered = fits.slice(0, OFFERED).map(([id, name]) => ({ id, name }));
    this.#chosen = 0;
    if (this.#offered.length === 0) return this.#close();
    this.#draw();
  }

  #draw() {
    const take = (/** @type {number} */ i) => (/** @type {Event} */ event) => (event.preventDefault(), (this.#chosen = i), this.#take());
    this.list.replaceChildren(...this.#offered.map((user, i) =>
      h('li', { role: 'option', id: `${this.list.id}-${i}`, 'aria-selected': String(i === this.#chosen), on: { pointerdown: take(i) } }, avatar(user, 'small'), user.name)));
    this.list.hidden = false;
    attribute(this.field, 'aria-expanded', 'true');
    attribute(this.field, 'aria-activedescendant', `${this.list.id}-${this.#chosen}`);
  }

  #close() {
    this.#offered = [];
    this.list.hidden = true;
    attribute(this.field, 'aria-expanded', 'false');
    attribute(this.field, 'aria-activedescendant', null);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (this.#offered.length === 0 || event.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      this.#chosen = (this.#chosen + step + this.#offered.length) % this.#offered.length;
      this.#draw();
    } else if (event.key === 'Enter' || event.key === 'Tab') this.#take();
    else if (event.key === 'Escape') this.#close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  #take() {
    const { value, selectionStart } = this.field;
    const before = value.slice(0, selectionStart).replace(/@[^@]*$/u, `@${this.#offered[this.#chosen].name} `);
    this.field.value = before + value.slice(selectionStart);
    this.field.setSelectionRange(before.length, before.length);
    this.#close();
  }
}

import { glyph, h } from '../dom.js';
import { menu } from '../sheet.js';

export const EMOJI = ['👍', '❤️', '😂', '🎉', '👀', '🙏', '✅', '🚀', '😮', '😢', '🔥', '💯', '👏', '🤔', '😅', '🙌', '☕', '🐛', '❌', '➕'];

/** By how much the bar stands above its row, in pixels. */
const ABOVE = 16;

/** @typedef {{label: string, icon: string, act: string}} Tool */

/** What can be done with the message that is pointed at or focused: one bar, that goes from row to row. */
export class Actions {
  /**
   * @param {HTMLElement} list
   * @param {{react(id: string, emoji: string): void, thread(id: string): void, more(id: string): Parameters<typeof menu>[1], may(id: string): boolean}} owner
   */
  constructor(list, owner) {
    this.list = list;
    this.owner = owner;
    /** @type {string | undefined} */
    this.id = undefined;
    this.bar = h('div', { class: 'tools-of-line', role: 'toolbar', 'aria-label': 'Message' },
      this.#tool('React', 'smile', (button) => this.#emoji(button)),
      this.#tool('Reply in thread', 'comment', () => this.id && owner.thread(this.id)),
      this.#tool('More', 'more', (button) => this.id && menu(button, owner.more(this.id))));
    const near = (/** @type {Event} */ event) => this.#to(/** @type {HTMLElement} */ (event.target).closest?.('.line'));
    list.addEventListener('pointerover', near);
    list.addEventListener('focusin', near);
    list.addEventListener('click', (event) => this.#click(event));
    list.addEventListener('keydown', (event) => this.#key(event));
  }

  /** @param {string} label @param {string} icon @param {(button: HTMLElement) => void} run */
  #tool(label, icon, run) {
    return h('button', { type: 'button', class: 'icon', 'aria-label': label, title: label, on: { click: (/** @type {any} */ event) => (event.stopPropagation(), run(event.currentTarget)) } }, glyph(icon));
  }

  /** @param {HTMLElement | null | undefined} row */
  #to(row) {
    const id = row?.dataset.message;
    if (!row || id === undefined || (this.bar.parentElement === row && this.id === id)) return;
    if (document.querySelector('.menu:popover-open, .emoji:popover-open')) return;
    this.id = id;
    // Above the first line in sight it would be cut off.
    this.bar.classList.toggle('low', row.getBoundingClientRect().top < (this.list.parentElement?.getBoundingClientRect().top ?? 0) + ABOVE);
    if (this.owner.may(id)) row.append(this.bar);
    else this.bar.remove();
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const act = target.closest('[data-act]')?.getAttribute('data-act');
    const id = /** @type {HTMLElement | null} */ (target.closest('.line'))?.dataset.message;
    if (!act || !id) return;
    if (act === 'thread') this.owner.thread(id);
    else if (act.startsWith('react:')) this.owner.react(id, act.slice(6));
  }

  /** Arrows walk from line to line; `r` answers, `e` and the rest are in the menu. @param {KeyboardEvent} event */
  #key(event) {
    const row = /** @type {HTMLElement} */ (event.target).closest('.line');
    const id = /** @type {HTMLElement | null} */ (row)?.dataset.message;
    if (!row || id === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = /** @type {HTMLElement} */ (event.target);
    const next = event.key === 'ArrowUp' ? row.previousElementSibling : event.key === 'ArrowDown' ? row.nextElementSibling : undefined;
    if (next instanceof HTMLElement) next.focus();
    else if (at === row && event.key === 'r') this.owner.thread(id);
    else if (at === row && event.key === '+') this.#emoji(this.bar.firstElementChild);
    else if (at === row && (event.key === 'Enter' || event.key === 'm')) menu(/** @type {any} */ (this.bar.lastElementChild), this.owner.more(id));
    else return;
    event.preventDefault();
  }

  /** @param {any} button */
  #emoji(button) {
    const id = this.id;
    if (!id) return;
    const list = h('div', { class: 'menu emoji', popover: 'auto', role: 'group', 'aria-label': 'Reaction' },
      ...EMOJI.map((emoji) => h('button', { type: 'button', 'aria-label': `React with ${emoji}`, on: { click: () => (list.hidePopover(), this.owner.react(id, emoji)) } }, emoji)));
    list.addEventListener('toggle', (/** @type {any} */ event) => event.newState === 'closed' && list.remove());
    (button.closest('main') ?? document.body).append(list);
    list.showPopover();
    const box = button.getBoundingClientRect();
    list.style.setProperty('left', `${Math.max(8, Math.min(box.right - list.offsetWidth, innerWidth - list.offsetWidth - 8))}px`);
    list.style.setProperty('top', `${Math.min(box.bottom + 4, innerHeight - list.offsetHeight - 8)}px`);
    list.querySelector('button')?.focus();
  }
}

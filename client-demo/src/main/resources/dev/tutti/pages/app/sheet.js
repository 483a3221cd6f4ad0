import { h, iconButton } from './dom.js';

/** A dialog that a click beside it closes. @param {string} name @param {string} [kind] */
export function sheet(name, kind = '') {
  const dialog = h('dialog', { class: `sheet ${kind}`, 'aria-label': name });
  let pressedBeside = false;
  dialog.addEventListener('pointerdown', (/** @type {Event} */ event) => (pressedBeside = event.target === dialog));
  dialog.addEventListener('click', (/** @type {Event} */ event) => {
    if (event.target === dialog && pressedBeside) dialog.close();
  });
  document.body.append(dialog);
  return dialog;
}

/** @param {string} title @param {HTMLDialogElement} dialog */
export const sheetHead = (title, dialog) => h('header', {}, h('h2', {}, title), iconButton('close', 'Close', () => dialog.close()));

/**
 * Asks one thing. The promise gives the value, or undefined when nothing was decided.
 *
 * @param {{title: string, words?: string, action: string, danger?: boolean, field?: HTMLInputElement | HTMLSelectElement}} question
 * @returns {Promise<string | undefined>}
 */
export function ask({ title, words, action, danger = false, field }) {
  const dialog = sheet(title);
  return new Promise((resolve) => {
    /** @type {string | undefined} */
    let answer;
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      answer = field?.value ?? '';
      dialog.close();
    };
    const go = h('button', { class: `button ${danger ? 'danger' : 'primary'}`, type: 'submit' }, action);
    const stop = h('button', { class: 'button quiet', type: 'button', on: { click: () => dialog.close() } }, 'Cancel');
    const form = h('form', { on: { submit } }, words && h('p', { class: 'said' }, words), field, h('footer', {}, stop, go));
    dialog.append(sheetHead(title, dialog), form);
    dialog.addEventListener('close', () => (dialog.remove(), resolve(answer)));
    dialog.showModal();
    (field ?? go).focus();
    if (field instanceof HTMLInputElement) field.select();
  });
}

/**
 * A menu under a button.
 *
 * @typedef {{label: string, run: () => void, danger?: boolean, disabled?: boolean, checked?: boolean} | 'line'} Item
 * @param {HTMLElement} button @param {Item[]} items
 */
export function menu(button, items) {
  const list = h('div', { class: 'menu', role: 'menu', popover: 'auto' });
  for (const item of items) {
    if (item === 'line') {
      list.append(h('hr', {}));
      continue;
    }
    const click = () => (list.hidePopover(), item.run());
    list.append(h('button', { type: 'button', role: item.checked === undefined ? 'menuitem' : 'menuitemradio', 'aria-checked': item.checked === undefined ? undefined : String(item.checked), class: item.danger ? 'danger' : '', disabled: item.disabled, on: { click } }, item.label));
  }
  list.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => walk(event, list));
  list.addEventListener('toggle', (/** @type {any} */ event) => {
    button.setAttribute('aria-expanded', String(event.newState === 'open'));
    if (event.newState === 'closed') list.remove();
  });
  (button.closest('main') ?? document.body).append(list);
  list.showPopover();
  const at = button.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.right - list.offsetWidth, innerWidth - list.offsetWidth - 8));
  list.style.setProperty('left', `${left}px`);
  list.style.setProperty('top', `${Math.min(at.bottom + 4, innerHeight - list.offsetHeight - 8)}px`);
  list.querySelector('button:not(:disabled)')?.focus();
}

/** @param {KeyboardEvent} event @param {HTMLElement} list */
function walk(event, list) {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const buttons = [...list.querySelectorAll('button:not(:disabled)')];
  const next = (buttons.indexOf(/** @type {any} */ (document.activeElement)) + step + buttons.length) % buttons.length;
  /** @type {HTMLElement} */ (buttons[next]).focus();
}

import { h } from '../dom.js';
import { sheet, sheetHead } from '../sheet.js';

const MAC = /mac|iphone|ipad/i.test(navigator.platform);
const COMMAND = MAC ? '⌘' : 'Ctrl';

/** Keys that are pressed together; what does the same stands behind it. @type {[string[][], string][]} */
const KEYS = [
  [[['↑', '↓', '←', '→']], 'Walk over the board'],
  [[['Enter']], 'Open the ticket; add what is typed'],
  [[['Space']], 'Lift the ticket; arrows carry it; Space puts it down'],
  [[['Esc']], 'Put it back, close, clear the filter'],
  [[['N']], 'Add a ticket to the column'],
  [[['/']], 'Filter'],
  [[['G']], 'Group by label, by person, or not'],
  [[[COMMAND, 'Z']], 'Undo my last change'],
  [MAC ? [[COMMAND, 'Shift', 'Z']] : [[COMMAND, 'Shift', 'Z'], [COMMAND, 'Y']], 'Do it again'],
  [[[COMMAND, 'Enter']], 'In a description: save it'],
  [[[MAC ? '⌥' : 'Alt', '↑'], ['↓']], 'In a checklist: move the item'],
  [[['@']], 'In a comment: mention someone'],
  [[['?']], 'This map'],
];

/** @type {HTMLDialogElement | undefined} */
let known;

export function showKeys() {
  const dialog = (known ??= build());
  if (!dialog.open) dialog.showModal();
}

/** @returns {HTMLDialogElement} */
function build() {
  const dialog = sheet('Keyboard');
  const shown = (/** @type {string[]} */ keys, /** @type {number} */ i) => [...(i > 0 ? [' or '] : []), ...keys.map((key) => h('kbd', {}, key))];
  const rows = KEYS.flatMap(([ways, words]) => [h('dt', {}, ...ways.flatMap(shown)), h('dd', {}, words)]);
  dialog.append(sheetHead('Keyboard', dialog), h('dl', { class: 'keys' }, ...rows));
  return dialog;
}

import { h } from '../dom.js';
import { sheet, sheetHead } from '../sheet.js';

/** @type {[string[], string][]} */
const KEYS = [
  [['↑', '↓', '←', '→'], 'Walk over the board'],
  [['Enter'], 'Open the ticket'],
  [['Space'], 'Lift the ticket; arrows carry it; Space puts it down'],
  [['Esc'], 'Put it back, close, clear the filter'],
  [['N'], 'Add a ticket to the column'],
  [['/'], 'Filter'],
  [['G'], 'Group by label, by person, or not'],
  [['Ctrl', 'Z'], 'Undo my last change'],
  [['Ctrl', 'Shift', 'Z'], 'Do it again'],
  [['@'], 'In a comment: mention someone'],
  [['?'], 'This map'],
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
  const rows = KEYS.flatMap(([keys, words]) => [h('dt', {}, ...keys.map((key) => h('kbd', {}, key))), h('dd', {}, words)]);
  dialog.append(sheetHead('Keyboard', dialog), h('dl', { class: 'keys' }, ...rows));
  return dialog;
}

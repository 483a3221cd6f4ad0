import { h } from '../dom.js';
import { sheet, sheetHead } from '../sheet.js';

/** @type {[string[], string][]} */
const KEYS = [
  [['↑', '↓', '←', '→'], 'Walk over the widgets'],
  [['Space'], 'Lift the widget; arrows move it; Space puts it down'],
  [['Shift', '→'], 'While lifted: make it wider, narrower, higher'],
  [['Esc'], 'Put it back'],
  [['E'], 'Edit the widget'],
  [['Del'], 'Remove the widget'],
  [['N'], 'Add a widget'],
  [['F'], 'Full screen, for a screen on a wall'],
  [['Ctrl', 'Z'], 'Undo my last change'],
  [['Ctrl', 'Shift', 'Z'], 'Do it again'],
  [['?'], 'This map'],
];

export function showKeys() {
  const dialog = sheet('Keyboard');
  const rows = KEYS.flatMap(([keys, words]) => [h('dt', {}, ...keys.map((key) => h('kbd', {}, key))), h('dd', {}, words)]);
  dialog.append(sheetHead('Keyboard', dialog), h('dl', { class: 'keys' }, ...rows));
  dialog.addEventListener('close', () => dialog.remove());
  dialog.showModal();
}

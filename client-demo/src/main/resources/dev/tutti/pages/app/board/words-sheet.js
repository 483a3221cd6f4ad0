import { h } from '../dom.js';
import { sheet, sheetHead } from '../sheet.js';

/**
 * Words that the server did not take, so that they can be copied, or sent again.
 *
 * @param {{why: string, words: string, label: string, run: () => void}} refused
 */
export function showWords({ why, words, label, run }) {
  const dialog = sheet('Not saved');
  const field = h('textarea', { class: 'field', readonly: true, rows: '4', 'aria-label': 'What you wrote' });
  field.value = words;
  const again = () => (dialog.close(), run());
  dialog.append(
    sheetHead('Not saved', dialog), h('p', { class: 'said' }, why), field,
    h('footer', {}, h('button', { class: 'button quiet', type: 'button', on: { click: () => dialog.close() } }, 'Discard'),
      h('button', { class: 'button primary', type: 'button', on: { click: again } }, label)));
  dialog.addEventListener('close', () => dialog.remove());
  dialog.showModal();
  field.select();
}

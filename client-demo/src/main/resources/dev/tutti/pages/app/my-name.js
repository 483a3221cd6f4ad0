import { h } from './dom.js';
import { keepName, myToken } from './people.js';
import { ask } from './sheet.js';

/**
 * Asks a guest for another name. That of a user who has signed in is not the page's to change.
 *
 * @param {import('../tutti.js').Connection} connection @param {import('./toast.js').Toasts} toasts
 * @param {'do' | 'write'} what others see it beside
 */
export async function changeName(connection, toasts, what) {
  if (myToken()) return void toasts.say('Your name comes with your sign-in.');
  const field = h('input', { class: 'field', maxlength: '60', value: connection.user?.name ?? '', 'aria-label': 'Your name', autocomplete: 'nickname' });
  const name = (await ask({ title: 'Your name', words: `It is what others see beside what you ${what}.`, action: 'Save', field }))?.trim();
  if (name && name !== connection.user?.name) connection.rename(keepName(name));
}

import { ask, create } from '../boards.js';
import { h } from '../dom.js';
import { themeSwitch } from '../theme.js';
import { ago, exactly } from '../times.js';

/** What leads to the other kinds of rooms, as on the start page. */
function kinds() {
  const mark = /** @type {HTMLAnchorElement} */ (document.querySelector('.bar .mark'));
  mark.href = '/';
  mark.setAttribute('aria-label', 'tutti: start');
  mark.after(h('nav', { class: 'kinds', 'aria-label': 'Kinds of rooms' },
    h('a', { href: '/' }, 'Boards'), h('a', { href: '/chat' }, 'Chat'), h('a', { href: '/dashboard', 'aria-current': 'page' }, 'Dashboards')));
  themeSwitch(/** @type {any} */ (document.getElementById('theme')));
}

/** @typedef {{room: string, title?: string, changed?: string}} Room as the server lists them, `changed` is an instant */

/** @param {Room} room */
function entry({ room, title, changed }) {
  const name = room.replace(/^dashboard:/, '');
  return h('li', {}, h('a', { href: `/dashboard/${encodeURIComponent(name)}` }, h('b', {}, title || name), title && title !== name && h('span', {}, name),
    changed && h('time', { datetime: changed, title: exactly(changed) }, ago(changed) === 'just now' ? 'just now' : `changed ${ago(changed)}`)));
}

/** Which dashboards there are, and a new one. @param {HTMLElement} place */
export async function showList(place) {
  document.body.classList.add('listing');
  document.title = 'Dashboards · tutti';
  kinds();
  const name = h('input', { class: 'field', placeholder: 'Name of a new dashboard', 'aria-label': 'Name of a new dashboard', maxlength: '100', autocomplete: 'off', required: true });
  const button = h('button', { class: 'button primary', type: 'submit' }, 'Create');
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const title = name.value.trim();
    if (title === '' || button.disabled) return;
    button.disabled = true;
    void create(title, 'dashboard').then((made) => location.assign(`/dashboard/${encodeURIComponent(made)}`), (error) => (state.textContent = `The dashboard was not created. ${error.message}`))
      .finally(() => (button.disabled = false));
  };
  const list = h('ul', { class: 'dashboards' });
  const state = h('p', { class: 'quiet', role: 'status' });
  place.hidden = false;
  place.classList.add('list');
  place.replaceChildren(h('h1', {}, 'Dashboards'), h('form', { class: 'create', on: { submit } }, name, button), state, list);
  try {
    const { rooms = [] } = await (await ask('/v1/rooms?type=dashboard')).json();
    const others = /** @type {Room[]} */ (rooms).filter(({ room }) => room !== 'dashboard:server')
      .sort((a, b) => (b.changed ?? '').localeCompare(a.changed ?? ''));
    list.replaceChildren(...others.map(entry), entry({ room: 'dashboard:server', title: 'This server' }));
  } catch (error) {
    state.textContent = `The dashboards cannot be listed. ${/** @type {Error} */ (error).message}`;
  }
}

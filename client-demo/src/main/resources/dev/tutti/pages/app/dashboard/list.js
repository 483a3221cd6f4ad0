import { ask, slug } from '../boards.js';
import { h } from '../dom.js';

/** A new dashboard begins with its title; one that is there already is just opened. @param {string} title @returns {Promise<string>} its name */
async function create(title) {
  const name = slug(title);
  const body = JSON.stringify({ key: crypto.randomUUID(), name: 'room.create', args: { title } });
  const { rooms = [] } = await (await ask(`/v1/rooms?prefix=dashboard:${name}`)).json();
  if (!rooms.some((/** @type {any} */ { room }) => room === `dashboard:${name}`)) {
    await ask(`/v1/rooms/dashboard:${name}/commands`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  }
  return name;
}

/** Which dashboards there are, and a new one. @param {HTMLElement} place */
export async function showList(place) {
  document.body.classList.add('listing');
  document.title = 'Dashboards · tutti';
  const name = h('input', { class: 'field', placeholder: 'Name of a new dashboard', 'aria-label': 'Name of a new dashboard', maxlength: '100', autocomplete: 'off', required: true });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    void create(name.value.trim()).then((made) => location.assign(`/dashboard/${encodeURIComponent(made)}`), (error) => (state.textContent = `It was not made. ${error.message}`));
  };
  const list = h('ul', { class: 'dashboards' });
  const state = h('p', { class: 'quiet', role: 'status' });
  place.hidden = false;
  place.classList.add('list');
  place.replaceChildren(h('h1', {}, 'Dashboards'), h('form', { class: 'create', on: { submit } }, name, h('button', { class: 'button primary', type: 'submit' }, 'Create')), state, list);
  try {
    const { rooms = [] } = await (await ask('/v1/rooms?type=dashboard')).json();
    const others = rooms.filter((/** @type {any} */ { room }) => room !== 'dashboard:server');
    const entry = (/** @type {string} */ room, /** @type {string} */ title) => h('li', {}, h('a', { href: `/dashboard/${encodeURIComponent(room.replace(/^dashboard:/, ''))}` }, title));
    list.replaceChildren(...others.map((/** @type {any} */ { room, title }) => entry(room, title || room.replace(/^dashboard:/, ''))), entry('dashboard:server', 'This server'));
  } catch (error) {
    state.textContent = `The dashboards cannot be listed. ${/** @type {Error} */ (error).message}`;
  }
}

import { attribute, colour, h, write } from './dom.js';
import { recall, remember } from './kept.js';
import { nameFrom } from './names.js';

const HUES = 12;
/** How many avatars the header shows. */
const SHOWN = 5;

/** Guests are called after an instrument until they say otherwise. */
const INSTRUMENTS = ['Viola', 'Cello', 'Oboe', 'Harp', 'Flute', 'Horn', 'Tuba', 'Lute', 'Piccolo', 'Bassoon', 'Celesta', 'Fiddle'];

/** FNV-1a, so that one person has one colour on every page. @param {string} text */
function hash(text) {
  let value = 0x811c9dc5;
  for (const char of text) value = Math.imul(value ^ /** @type {number} */ (char.codePointAt(0)), 0x01000193);
  value ^= value >>> 15; // The low bits alone are too alike for ids that are alike.
  return value >>> 0;
}

/** One of twelve hues, in degrees. @param {string} user an id */
export const hueOf = (user) => (hash(user) % HUES) * (360 / HUES) + 10;

/** @param {string} name */
export function initials(name) {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0] ?? ''];
  return letters.map((word) => Array.from(word)[0] ?? '').join('').toLocaleUpperCase() || '?';
}

/** @param {{id: string, name: string}} user @param {string} [size] */
export function avatar(user, size = '') {
  return h('span', { class: `avatar ${size}`, hue: hueOf(user.id), title: user.name, role: 'img', 'aria-label': user.name }, initials(user.name));
}

/**
 * A member as the page uses it, whatever the server's version says more.
 *
 * @param {any} member @returns {{user: {id: string, name: string}, state: any}}
 */
const read = (member) => {
  const user = typeof member.user === 'object' ? member.user : { id: member.user ?? member.id, name: member.name };
  return { user: { id: user.id ?? '?', name: user.name ?? nameFrom(user.id ?? '?') }, state: member.state ?? {} };
};

/** Who is here: one entry a person, however many tabs. @param {Record<string, any>} members by session */
export function peopleOf(members) {
  /** @type {Map<string, {id: string, name: string}>} */
  const people = new Map();
  for (const member of Object.values(members)) {
    const { user } = read(member);
    people.set(user.id, user);
  }
  return people;
}

/** Who a session is. @param {Record<string, any>} members @param {string} session */
export const personOf = (members, session) => (members[session] ? read(members[session]).user : undefined);

/**
 * What others are doing to tickets.
 *
 * @param {Record<string, any>} members @param {string | undefined} mySession
 * @returns {Map<string, {user: {id: string, name: string}, doing: 'dragging' | 'editing'}>} by ticket
 */
export function busyTickets(members, mySession) {
  const busy = new Map();
  for (const [session, member] of Object.entries(members)) {
    if (session === mySession) continue;
    const { user, state } = read(member);
    if (state.editing) busy.set(state.editing, { user, doing: 'editing' });
    if (state.dragging) busy.set(state.dragging, { user, doing: 'dragging' });
  }
  return busy;
}

/** @param {HTMLElement} strip @param {Map<string, {id: string, name: string}>} people @param {string | undefined} me */
export function showPeople(strip, people, me) {
  const others = [...people.values()].filter(({ id }) => id !== me);
  const key = others.map(({ id, name }) => `${id} ${name}`).join('\n');
  if (strip.dataset.key === key) return;
  strip.dataset.key = key;
  const shown = others.slice(0, SHOWN);
  const rest = others.slice(SHOWN);
  strip.replaceChildren(...shown.map((user) => h('li', {}, avatar(user))));
  if (rest.length > 0) {
    strip.append(h('li', {}, h('span', { class: 'avatar', title: rest.map(({ name }) => name).join(', ') }, `+${rest.length}`)));
  }
  attribute(strip, 'aria-label', others.length === 0 ? 'Nobody else is here' : `${others.length} others are here`);
}

/** @param {HTMLElement} button my own avatar @param {{id: string, name: string}} user */
export function showMe(button, user) {
  button.hidden = false;
  colour(button, hueOf(user.id));
  write(button, initials(user.name));
  attribute(button, 'title', `You are ${user.name}. ${myToken() ? 'Your name comes with your sign-in.' : 'Click to change the name.'}`);
  attribute(button, 'aria-label', `You are ${user.name}${myToken() ? '' : ': change the name'}`);
}

/** What nobody can see is no name. @param {string | null | undefined} name */
const visible = (name) => (name && /[\p{L}\p{N}\p{P}\p{S}]/u.test(name) ? name : undefined);

/** The guest's display name: of the address, of before, or a new one. */
export function myName() {
  const given = visible(new URLSearchParams(location.search).get('name'));
  if (given) return (remember('tutti.name', given), given);
  return visible(recall('tutti.name')) ?? keepName(INSTRUMENTS[Math.floor(Math.random() * INSTRUMENTS.length)]);
}

const TOKEN = 'tutti.token';
/** Of this tab; empty for none. @type {string | undefined} */
let token;

/**
 * The token that an application has given this tab, behind the address: `#token=…`. It is taken out
 * of the address at once, and holds until the tab is closed or gets another; `#token=` ends it.
 */
export function myToken() {
  const given = new URLSearchParams(location.hash.slice(1)).get('token') ?? undefined;
  if (given !== undefined) history.replaceState(history.state, '', location.pathname + location.search);
  if (token === undefined) addEventListener('hashchange', () => location.hash.startsWith('#token=') && location.reload());
  try {
    if (given !== undefined) sessionStorage.setItem(TOKEN, given);
    token = given ?? token ?? sessionStorage.getItem(TOKEN) ?? '';
  } catch {
    token = given ?? token ?? ''; // It holds for this page only.
  }
  return token === '' ? undefined : token;
}

/** For `connect`: who this page is for. */
export const whoIAm = () => ({ name: myName(), token: myToken() });

/** @param {string} name */
export function keepName(name) {
  const here = new URL(location.href);
  here.searchParams.delete('name'); // A name in the address would win at the next load.
  history.replaceState(null, '', here);
  remember('tutti.name', name);
  return name;
}

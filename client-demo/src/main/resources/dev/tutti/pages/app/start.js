import { addressOf, boards, create, fromFile, rename } from './boards.js';
import { attribute, h, iconButton } from './dom.js';
import { Renewal } from './renewal.js';
import { ask, menu } from './sheet.js';
import { themeSwitch } from './theme.js';
import { ago, exactly } from './times.js';

/** @param {string} id @returns {any} */
const at = (id) => document.getElementById(id);
/** Skeletons come only when loading takes this long, in milliseconds. */
const LOADING_MILLIS = 200;

/** @param {string} words @param {HTMLElement} [action] */
function say(words, action) {
  at('state').hidden = words === '';
  at('state').replaceChildren(words, ...(action ? [' ', action] : []));
}

/** @param {unknown} error */
const why = (error) => /** @type {Error} */ (error).message;

/** @param {import('./boards.js').Board} board */
function row(board) {
  const { name, title } = board;
  const note = name === 'demo' ? 'The demo: try anything' : name === title ? '' : name;
  const more = iconButton('more', `Menu of ${title}`, () => menu(more, [
    { label: 'Rename…', run: () => void retitle(board) },
    { label: 'Export as a file', run: () => void download(board) },
  ]));
  attribute(more, 'aria-haspopup', 'menu');
  return h('li', {},
    h('a', { href: addressOf(name) }, h('b', {}, title), note && h('span', { class: 'quiet' }, note),
      change(board.changed)),
    more);
}

/** When a board was changed last. @param {string | undefined} at an instant */
function change(at) {
  if (at === undefined) return undefined;
  const words = ago(at) === 'just now' ? 'just now' : `changed ${ago(at)}`;
  return h('time', { class: 'quiet', datetime: at, title: exactly(at) }, words);
}

/** @param {import('./boards.js').Board[]} [known] those that are shown already @param {string} [from] where they end in the server's list */
async function list(known = [], from) {
  const skeleton = setTimeout(() => at('list').classList.add('loading'), LOADING_MILLIS);
  say('');
  const demo = { name: 'demo', title: 'demo' };
  try {
    const { found, next } = await boards(from);
    const all = [...known, ...found];
    const latest = all.toSorted((a, b) => (b.changed ?? '').localeCompare(a.changed ?? ''));
    at('list').replaceChildren(...(all.length === 0 ? [demo] : latest).map(row));
    if (next !== undefined) {
      say(`There are more boards than these ${all.length}.`, h('button', { class: 'button', type: 'button', on: { click: () => void list(all, next) } }, 'Show more'));
    }
  } catch (error) {
    if (known.length === 0) at('list').replaceChildren(row(demo));
    say(`The list cannot be shown. ${why(error)}`, h('button', { class: 'button', type: 'button', on: { click: () => void list(known, from) } }, 'Try again'));
  } finally {
    clearTimeout(skeleton);
    at('list').classList.remove('loading');
  }
}

/** @param {import('./boards.js').Board} board */
async function retitle({ name, title }) {
  const field = h('input', { class: 'field', maxlength: '500', value: title, 'aria-label': 'Title of the board', autocomplete: 'off' });
  const words = (await ask({ title: 'Rename the board', action: 'Rename', field }))?.trim();
  if (!words || words === title) return;
  await rename(name, words).then(() => list(), (error) => say(`It was not renamed. ${why(error)}`));
}

/** @param {import('./boards.js').Board} board */
async function download({ name, title }) {
  const { saveExport } = await import('./export.js');
  await saveExport(name, title).catch((error) => say(`It was not exported. ${why(error)}`));
}

at('create').addEventListener('submit', async (/** @type {SubmitEvent} */ event) => {
  event.preventDefault();
  const button = /** @type {HTMLButtonElement} */ (event.submitter);
  const title = at('name').value.trim();
  if (title === '' || button.disabled) return;
  button.disabled = true;
  try {
    location.assign(addressOf(await create(title)));
  } catch (error) {
    say(`The board was not created. ${why(error)}`);
  }
  button.disabled = false;
});

at('import').addEventListener('click', () => at('file').click());
at('file').addEventListener('change', async () => {
  const [file] = at('file').files;
  at('file').value = '';
  if (!file) return;
  say(`Importing ${file.name}`);
  try {
    const { name, left } = await fromFile(await file.text());
    if (left.length === 0) return location.assign(addressOf(name));
    await list();
    say(`${file.name} is imported. Left out: ${left.join('; ')}.`, h('a', { class: 'button', href: addressOf(name) }, 'Open the board'));
  } catch (error) {
    say(`${file.name} was not imported. ${why(error)}`);
  }
});

// Back from a board, the list is as old as the page was.
addEventListener('pageshow', (event) => void (event.persisted && list()));
themeSwitch(at('theme'));
void list();
new Renewal(undefined);

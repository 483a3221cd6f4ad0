import { Later } from '../later.js';
import { h } from '../dom.js';
import { mentionParts } from '../board/mentions.js';

/** Both come with the server, at addresses that never change, so a browser asks for them once. */
const MARKED = '/webjars/marked/17.0.1/lib/marked.esm.js';
const PURIFY = '/webjars/dompurify/3.3.3/dist/purify.es.mjs';

/** What a message may be made of; everything else that somebody typed stays text. */
const TAGS = ['p', 'br', 'strong', 'em', 'del', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'a'];
const ADDRESS = /^(?:https?:|mailto:)/i;

/** What may be a format, a link or an address. Most of what people say to each other is none. */
const FORMAT = /[*_`~<>&[\]\\#|@\n\r]|:\/\/|www\.|^\s|^(?:[-+=]|\d+[.)])/i;

/** Whether the parser would only put a text into a paragraph: it takes a millisecond to say so. @param {string} text */
export const isPlain = (text) => !FORMAT.test(text);

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

/** The parser and the sanitiser, fetched beside everything else. */
export const markdown = new Later(async () => {
  const [{ Marked }, { default: purify }] = await Promise.all([import(MARKED), import(PURIFY)]);
  const none = () => undefined;
  const marked = new Marked({
    gfm: true,
    breaks: true,
    tokenizer: { heading: none, lheading: none, hr: none, def: none, table: none, html: none, tag: none },
    renderer: {
      html: (/** @type {{text: string}} */ { text }) => escaped(text),
      image: (/** @type {{raw: string}} */ { raw }) => escaped(raw),
    },
  });
  return (/** @type {string} */ text) => {
    const fragment = purify.sanitize(marked.parse(text), { RETURN_DOM_FRAGMENT: true, ALLOWED_TAGS: TAGS, ALLOWED_ATTR: ['href'], ALLOWED_URI_REGEXP: ADDRESS });
    for (const link of fragment.querySelectorAll('a')) {
      if (!link.hasAttribute('href')) {
        link.replaceWith(...link.childNodes); // It led somewhere that is not let through.
        continue;
      }
      link.target = '_blank';
      link.rel = 'noopener noreferrer nofollow';
    }
    for (const code of fragment.querySelectorAll('pre')) code.tabIndex = 0; // Where it is wider than its place, the keyboard scrolls it.
    return fragment;
  };
});

/**
 * A message's text to look at, with the people in it set off.
 *
 * @param {string} text @param {Record<string, string>} mentions names by user @param {string} me
 * @returns {Node}
 */
export function formatted(text, mentions, me) {
  const body = !markdown.here ? h('p', { class: 'plain' }, text) : isPlain(text) ? h('p', {}, text) : markdown.here(text);
  const people = Object.entries(mentions).map(([id, name]) => ({ id, name }));
  if (people.length > 0) setOff(body, people, me);
  return body;
}

/** @param {any} body @param {{id: string, name: string}[]} people @param {string} me */
function setOff(body, people, me) {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(/** @type {Text} */ (walker.currentNode));
  for (const text of texts) {
    if (text.parentElement?.closest('code, a') || !text.data.includes('@')) continue;
    text.replaceWith(...mentionParts(text.data, people).map(({ text, user }) => (user ? h('b', { class: user.id === me ? 'mention me' : 'mention' }, text) : text)));
  }
}

import { Actions } from './actions.js';
import { Composer } from './composer.js';
import * as rows from './row.js';
import { h, iconButton } from '../dom.js';

/** The conversation under one message, at the side. */
export class Thread {
  #key = '';

  /** @param {HTMLElement} place @param {import('./conversation.js').Conversation} talk @param {string} root @param {() => void} closed */
  constructor(place, talk, root, closed) {
    this.place = place;
    this.talk = talk;
    this.root = root;
    this.list = h('ol', { class: 'lines', 'aria-label': 'Thread' });
    this.foot = h('div', {});
    place.replaceChildren(h('header', {}, h('h2', {}, 'Thread'), iconButton('close', 'Close the thread', closed)), h('div', { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': 'Thread' }, this.list), this.foot);
    place.hidden = false;
    new Actions(this.list, talk);
    this.composer = new Composer(this.foot, {
      draft: `tutti.draft.${talk.room.name}.${root}`, label: 'Reply', people: () => talk.people(), post: (text) => talk.post(text, root),
      edit: (id, text) => void talk.send('message.edit', { message: id, text }), typing: () => talk.typing.say(), last: () => undefined,
    });
    place.onkeydown = (event) => event.key === 'Escape' && !event.defaultPrevented && closed();
    this.draw();
    this.composer.field.focus();
  }

  draw() {
    const lines = this.talk.lines().filter(({ id, m }) => id === this.root || m.thread === this.root);
    const root = this.talk.line(this.root);
    if (root && lines[0]?.id !== this.root) lines.unshift(root);
    const scroller = /** @type {HTMLElement} */ (this.list.parentElement);
    const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 40;
    const key = lines.map((line, i) => `${line.id} ${JSON.stringify(line.m)} ${rows.keyOf(line, lines[i - 1], this.talk.aboutInThread(line))}`).join('\n');
    if (key !== this.#key) {
      this.#key = key;
      this.list.replaceChildren(...lines.map((line, i) => {
        const row = document.createElement('li');
        rows.draw(row, line, lines[i - 1], this.talk.aboutInThread(line));
        return row;
      }));
      if (!root) this.list.prepend(h('li', { class: 'note' }, 'The message that began this thread is older than what is loaded.'));
      if (atEnd) scroller.scrollTop = scroller.scrollHeight;
    }
    const alive = this.talk.room.document?.messages?.[this.root];
    this.composer.forbid(alive && !alive.deleted ? this.talk.composer.forbidden : 'This thread has ended: its first message is gone or too old');
  }

  close() {
    this.place.hidden = true;
    this.place.replaceChildren();
  }
}

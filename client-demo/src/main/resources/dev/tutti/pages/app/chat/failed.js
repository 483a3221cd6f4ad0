import { h } from '../dom.js';
import { recall, remember } from '../kept.js';

/** @typedef {{id: string, text: string, thread?: string, why: string}} FailedLine */

/** Lines that were refused: they stay, also over a reload, until somebody sends or discards them. */
export class Failed {
  /** @type {FailedLine[]} */
  lines = [];
  /** What is shown of each stays where it is while others come and go, and so does the press on its button. @type {Map<FailedLine, any>} */
  #rows = new Map();

  /** @param {string} room @param {HTMLElement} list @param {(line: FailedLine) => void} again */
  constructor(room, list, again) {
    this.key = `tutti.failed.${room}`;
    this.list = list;
    this.again = again;
    try {
      this.lines = JSON.parse(recall(this.key) ?? '[]');
    } catch {
      this.lines = [];
    }
    list.replaceChildren(); // Those of the room before.
    this.#draw();
  }

  /** @param {FailedLine} line */
  add(line) {
    this.#now([...this.lines.filter(({ id }) => id !== line.id), line]);
  }

  /** @param {FailedLine[]} lines */
  #now(lines) {
    this.lines = lines;
    remember(this.key, lines.length === 0 ? '' : JSON.stringify(lines));
    this.#draw();
  }

  #draw() {
    for (const [line, row] of this.#rows) if (!this.lines.includes(line) && this.#rows.delete(line)) row.remove();
    for (const line of this.lines) {
      if (this.#rows.has(line)) continue;
      this.#rows.set(line, this.#row(line));
      this.list.append(this.#rows.get(line));
    }
    this.list.hidden = this.lines.length === 0;
  }

  /** @param {FailedLine} line */
  #row(line) {
    const gone = () => this.#now(this.lines.filter((other) => other !== line));
    return h('li', { class: 'failed' }, h('div', {}, h('p', { class: 'plain' }, line.text), h('p', { class: 'why' }, `Not sent. ${line.why}`)),
      h('button', { class: 'button', type: 'button', on: { click: () => (gone(), this.again(line)) } }, 'Retry'),
      h('button', { class: 'button quiet', type: 'button', on: { click: gone } }, 'Discard'));
  }
}

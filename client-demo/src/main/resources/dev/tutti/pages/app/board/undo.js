/** What is easily done by mistake says so, and offers to take it back. @type {Record<string, string>} */
const WORDS = {
  'ticket.archive': 'Archived.',
  'ticket.delete': 'Deleted.',
  'ticket.check.remove': 'Item removed.',
  'comment.delete': 'Comment deleted.',
  'column.delete': 'Column deleted.',
};
/** As many of my changes are remembered; the server knows about as many. */
const MOST = 200;

/** My own last changes, to take back and to do again. The server decides whether that still can be. */
export class Undo {
  /** Numbers of my events that can be taken back, the latest last. @type {number[]} */
  #done = [];
  /** Numbers of my undoings. @type {number[]} */
  #undone = [];

  /** @param {import('../../tutti.js').Room} room @param {import('../toast.js').Toasts} toasts */
  constructor(room, toasts) {
    this.room = room;
    this.toasts = toasts;
    addEventListener('keydown', (event) => this.#key(event));
  }

  /** I have sent something that can be taken back. @param {string} name @param {Promise<{seq: number}>} answer */
  sent(name, answer) {
    answer.then(({ seq }) => {
      this.#done = [...this.#done, seq].slice(-MOST);
      this.#undone = [];
      if (WORDS[name]) this.toasts.say(WORDS[name], { label: 'Undo', run: () => this.#takeBack(seq) });
    }, () => {});
  }

  /** Takes back my last change. */
  undo() {
    const seq = this.#done.at(-1);
    if (seq === undefined) this.toasts.say('There is nothing of yours to undo.');
    else this.#takeBack(seq);
  }

  /** Does again what I took back last. */
  redo() {
    const seq = this.#undone.pop();
    if (seq === undefined) this.toasts.say('There is nothing to do again.');
    else this.#send(seq, (again) => this.#done.push(again));
  }

  /** @param {number} seq */
  #takeBack(seq) {
    this.#done = this.#done.filter((other) => other !== seq);
    this.#send(seq, (back) => this.#undone.push(back));
  }

  /** @param {number} seq @param {(seq: number) => void} then */
  #send(seq, then) {
    this.room.send('change.undo', { seq }).then((answer) => then(answer.seq), () => {});
  }

  /** Inside a field the keys are the field's own. @param {KeyboardEvent} event */
  #key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (!(event.ctrlKey || event.metaKey) || event.altKey || target.closest?.('input:not([type=checkbox]), textarea, select')) return;
    const key = event.key.toLowerCase();
    if (key === 'z' && !event.shiftKey) this.undo();
    else if ((key === 'z' && event.shiftKey) || key === 'y') this.redo();
    else return;
    event.preventDefault();
  }
}

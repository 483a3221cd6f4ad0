/** What is easily done by mistake says so, and offers to take it back. @type {Record<string, string>} */
const WORDS = {
  'ticket.archive': 'Archived.',
  'ticket.delete': 'Deleted.',
  'ticket.check.remove': 'Item removed.',
  'comment.delete': 'Comment deleted.',
  'column.delete': 'Column deleted.',
  'widget.remove': 'Removed.',
};

/** Takes back my own last changes, by key, by menu and by toast. The library remembers them, the server decides. */
export class Undo {
  /** The key of my last command, until it is refused or something is taken back. */
  #last = '';
  /** Counts what I took back by key or menu: what was offered before is offered no more. */
  #turn = 0;
  /** Toasts that offer to take something back. @type {(() => void)[]} */
  #offers = [];

  /**
   * @param {import('../../tutti.js').Room} room @param {import('../toast.js').Toasts} toasts
   * @param {() => boolean} [offline] whether what is taken back has to wait for the connection
   */
  constructor(room, toasts, offline = () => false) {
    this.room = room;
    this.toasts = toasts;
    this.offline = offline;
    if (typeof addEventListener === 'function') addEventListener('keydown', (event) => this.#key(event));
  }

  /** I have sent something that can be taken back. @param {string} name @param {import('../../tutti/types.js').Change} change */
  sent(name, change) {
    const before = this.#last;
    const turn = this.#turn;
    this.#last = change.key;
    change.then(({ seq }) => void (WORDS[name] && turn === this.#turn && this.#offer(WORDS[name], change.key, seq)), () => {
      if (this.#last === change.key) this.#last = before;
    });
  }

  undo() {
    this.#take(this.room.canUndo, () => this.room.undo(), 'There is nothing of yours to undo.');
  }

  redo() {
    this.#take(this.room.canRedo, () => this.room.redo(), 'There is nothing to do again.');
  }

  /** @param {boolean} there @param {() => void} take @param {string} otherwise */
  #take(there, take, otherwise) {
    if (!there) return void this.toasts.say(otherwise);
    this.#last = '';
    this.#turn++;
    for (const gone of this.#offers.splice(0)) gone();
    take();
    this.#waits();
  }

  /** Its own change and no other, whatever I did since. @param {string} words @param {string} key @param {number} seq */
  #offer(words, key, seq) {
    const run = () => {
      this.#offers = this.#offers.filter((other) => other !== gone);
      if (this.#last === key && this.room.canUndo) void this.room.undo();
      else void this.room.send('change.undo', { seq });
      if (this.#last === key) this.#last = '';
      this.#waits();
    };
    const gone = this.toasts.say(words, { label: 'Undo', run });
    this.#offers.push(gone);
  }

  /** Nothing is predicted of it, so that it would look as if nothing happened. */
  #waits() {
    if (this.offline()) this.toasts.say('It will be done when you are back online.');
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

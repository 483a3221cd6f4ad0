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
  /** The key of my last command. */
  #last = '';

  /** @param {import('../../tutti.js').Room} room @param {import('../toast.js').Toasts} toasts */
  constructor(room, toasts) {
    this.room = room;
    this.toasts = toasts;
    addEventListener('keydown', (event) => this.#key(event));
  }

  /** I have sent something that can be taken back. @param {string} name @param {import('../../tutti/types.js').Change} change */
  sent(name, change) {
    this.#last = change.key;
    if (!WORDS[name]) return;
    const back = (/** @type {{seq: number}} */ { seq }) => () => (this.#last === change.key ? this.undo() : void this.room.send('change.undo', { seq }));
    change.then((stored) => this.toasts.say(WORDS[name], { label: 'Undo', run: back(stored) }), () => {});
  }

  undo() {
    if (this.room.canUndo) void this.room.undo();
    else this.toasts.say('There is nothing of yours to undo.');
  }

  redo() {
    if (this.room.canRedo) void this.room.redo();
    else this.toasts.say('There is nothing to do again.');
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

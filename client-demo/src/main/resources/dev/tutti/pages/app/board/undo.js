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
  /** Counts what I took back by key or menu: what was offered before is offered no more. */
  #turn = 0;
  /** Toasts that offer to take something back. @type {(() => void)[]} */
  #offers = [];
  /** What I took back, until it is answered. */
  #open = 0;

  /**
   * @param {import('../../tutti.js').Room} room @param {import('../toast.js').Toasts} toasts
   * @param {import('../../tutti.js').Connection} connection
   */
  constructor(room, toasts, connection) {
    this.room = room;
    this.toasts = toasts;
    this.connection = connection;
    if (typeof addEventListener !== 'function') return;
    addEventListener('keydown', (event) => this.#key(event));
    addEventListener('beforeunload', (leaving) => this.isAtStake && leaving.preventDefault());
  }

  /**
   * Whether something that I took back waits for its own change to be sent first: until then nothing
   * of the wish is stored, and to leave the page would lose it.
   */
  get isAtStake() {
    const asked = this.connection.pending.filter(({ mine, room, order }) => mine && room === this.room.name && order.name === 'change.undo');
    return this.#open > asked.length;
  }

  /** I have sent something that can be taken back. @param {string} name @param {import('../../tutti/types.js').Change} change */
  sent(name, change) {
    const turn = this.#turn;
    change.then(() => void (WORDS[name] && turn === this.#turn && this.#offer(WORDS[name], change.key)), () => {});
  }

  undo() {
    this.#take(this.room.canUndo, () => this.room.undo(), 'There is nothing of yours to undo.');
  }

  redo() {
    this.#take(this.room.canRedo, () => this.room.redo(), 'There is nothing to do again.');
  }

  /** @param {boolean} there @param {() => Promise<any>} take @param {string} otherwise */
  #take(there, take, otherwise) {
    if (!there) return void this.toasts.say(otherwise);
    this.#turn++;
    for (const gone of this.#offers.splice(0)) gone();
    this.#takes(take());
  }

  /** Its own change and no other, whatever I did since. @param {string} words @param {string} key */
  #offer(words, key) {
    const run = () => {
      this.#offers = this.#offers.filter((other) => other !== gone);
      this.#takes(this.room.undo(key));
    };
    const gone = this.toasts.say(words, { label: 'Undo', run });
    this.#offers.push(gone);
  }

  /** Nothing is predicted of it, so that it would look as if nothing happened. @param {Promise<any>} taken */
  #takes(taken) {
    const answered = () => void this.#open--;
    this.#open++;
    taken.then(answered, answered);
    if (!['saved', 'saving'].includes(this.connection.status.state)) this.toasts.say('It will be done when you are back online.');
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

import { Later } from '../later.js';

/** Words longer than this are not left to a toast, in characters. */
const LONG = 140;
const STALE = 'Someone else changed it while you were writing, so theirs stayed.';

/**
 * What follows a refusal: a toast says why, and what somebody typed is not lost with it. It goes back
 * into the field that it came from; where that is taken or gone, it is shown on request, and what is
 * long at once.
 */
export class Refusals {
  #words = new Later(() => import('./words-sheet.js'));

  /**
   * @param {import('../toast.js').Toasts} toasts @param {import('./send.js').Send} send
   * @param {(order: import('../../tutti/types.js').Order) => boolean} giveBack whether its field took the words back
   */
  constructor(toasts, send, giveBack) {
    this.toasts = toasts;
    this.send = send;
    this.giveBack = giveBack;
  }

  /** @param {{order: import('../../tutti/types.js').Order, refusal: {code: string, message: string}}} refused */
  told({ order, refusal }) {
    const stale = refusal.code === 'stale' && order.name !== 'change.undo';
    const why = stale ? STALE : refusal.message;
    const label = stale ? 'Use mine' : 'Try again';
    const words = wordsOf(order.args);
    const run = () => void this.send(order.name, order.args);
    if (words === undefined || (!stale && this.giveBack(order))) return void this.toasts.say(why, stale ? { label, run } : undefined);
    const show = () => void this.#words.get().then(({ showWords }) => showWords({ why, words, label, run }), () => this.toasts.say(`${why} You wrote: ${words}`));
    if (words.length > LONG) show();
    else if (stale) this.toasts.say(why, { label, run });
    else this.toasts.say(why, { label: 'What I wrote', run: show });
  }
}

/** What somebody typed. @param {Record<string, any>} args @returns {string | undefined} */
export function wordsOf({ title, description, text, label, hue }) {
  const words = description ?? title ?? text ?? (hue === undefined ? undefined : label);
  return typeof words === 'string' && words !== '' ? words : undefined;
}

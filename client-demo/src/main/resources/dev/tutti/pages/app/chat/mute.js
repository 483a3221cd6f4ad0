import { Timer } from '../../tutti/timing.js';

/** A mute that lasts longer is looked at again after so long, in milliseconds: a browser's timers end at 24 days. */
const LONGEST = 86_400_000;

const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** Whether I may write in a room; says when a mute is over, though nothing arrives then. */
export class Mute {
  /**
   * @param {Pick<import('../../tutti/types.js').Surroundings, 'setTimeout' | 'clearTimeout'>} around
   * @param {() => number} now the server's clock @param {() => void} over
   */
  constructor(around, now, over) {
    this.timer = new Timer(/** @type {import('../../tutti/types.js').Surroundings} */ (around));
    this.now = now;
    this.over = over;
  }

  /**
   * Why I may write nothing now; empty where I may.
   *
   * @param {{role?: string, document: any}} room @param {string} me @returns {string}
   */
  why({ role, document }, me) {
    this.timer.stop();
    if (role === 'viewer') return 'You may read here, but not write';
    const mute = document?.muted?.[me];
    if (!mute || role === 'owner') return '';
    if (mute.until === undefined) return 'You are muted here';
    const until = Date.parse(mute.until);
    const left = until - this.now();
    if (left <= 0) return '';
    this.timer.start(Math.min(left, LONGEST), this.over);
    return `You are muted here until ${(left < LONGEST ? clock : day).format(until)}`;
  }

  close() {
    this.timer.stop();
  }
}

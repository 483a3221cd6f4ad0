/** A laptop that sleeps stops its timers, so the clock is looked at this often, in milliseconds. */
const LOOK_MILLIS = 60_000;

/** @param {number} now milliseconds since 1970 @returns {number} how many are left of the day */
function leftOfDay(now) {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).getTime() - now;
}

/**
 * Tells when another day has begun here, for what is said of days: at midnight by itself, and at once
 * to a page that was slept over or has come to another time zone.
 *
 * @param {() => void} begun
 * @param {Pick<import('../tutti/types.js').Surroundings, 'now' | 'setTimeout' | 'clearTimeout' | 'onWake'>} around
 */
export function eachDay(begun, around) {
  /** @type {any} */
  let timer;
  let today = new Date(around.now()).toDateString();
  function look() {
    const now = around.now();
    const day = new Date(now).toDateString();
    around.clearTimeout(timer);
    timer = around.setTimeout(look, Math.min(leftOfDay(now), LOOK_MILLIS));
    if (day === today) return;
    today = day;
    begun();
  }
  look();
  around.onWake(look);
}

const DAY = 86_400_000;
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });
const short = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [['year', 365 * DAY], ['month', 30 * DAY], ['week', 7 * DAY], ['day', DAY], ['hour', 3_600_000], ['minute', 60_000]];

/** @param {string} at ISO 8601 @param {number} now milliseconds since 1970 */
export function ago(at, now = Date.now()) {
  const millis = Date.parse(at) - now;
  for (const [unit, size] of UNITS) {
    if (Math.abs(millis) >= size) return relative.format(Math.trunc(millis / size), unit);
  }
  return 'just now';
}

/** @param {string} at ISO 8601 */
export const exactly = (at) => exact.format(new Date(at));

/** A day as people say it. @param {string} text like 2026-11-22, without a time zone */
export const day = (text) => short.format(localDay(text));

/** @param {string} text */
function localDay(text) {
  const [year, month, date] = text.split('-').map(Number);
  return new Date(year, month - 1, date);
}

/**
 * How a due day is said: its words, and how urgent it is.
 *
 * @param {string} text like 2026-11-22, without a time zone @param {Date} today
 * @returns {{words: string, urgency: 'past' | 'near' | 'far'}}
 */
export function due(text, today = new Date()) {
  const midnight = new Date(today.getFullYear(), today.getMonth(), today.getDate());
  const days = Math.round((localDay(text).getTime() - midnight.getTime()) / DAY);
  if (days < 0) return { words: days === -1 ? 'Due yesterday' : `${-days} days late`, urgency: 'past' };
  if (days === 0) return { words: 'Due today', urgency: 'near' };
  if (days === 1) return { words: 'Due tomorrow', urgency: 'near' };
  return { words: `Due ${day(text)}`, urgency: days <= 3 ? 'near' : 'far' };
}

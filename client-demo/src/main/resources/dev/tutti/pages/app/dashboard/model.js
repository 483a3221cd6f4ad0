/**
 * What a dashboard's document says, as the page needs it.
 *
 * @typedef {{kind: string, title: string, x: number, y: number, w: number, h: number, unit?: string, decimals?: number, text?: string,
 *   window: number, stale: number, min?: number, max?: number, warn?: number, bad?: number}} Widget
 * @typedef {{value?: number, text?: string, state?: State, at: string}} Reading
 * @typedef {'good' | 'warn' | 'bad'} State
 * @typedef {Record<string, Reading>} Readings by series
 * @typedef {{time: number, value: number}} Point
 * @typedef {{x: number, y: number, w: number, h: number}} Box
 */

/** The series that needs no name. */
export const UNNAMED = 'value';
export const COLUMNS = 12;
/** Of a series; as many as the server keeps. */
export const POINTS = 180;

/** @param {any} document */
export const title = (document) => document?.dashboard?.info?.title ?? '';

/** @param {any} document @returns {Map<string, Widget>} from above, as they are read */
export function widgets(document) {
  const all = /** @type {[string, Widget][]} */ (Object.entries(document?.widgets ?? {}));
  return new Map(all.sort(([a, one], [b, other]) => one.y - other.y || one.x - other.x || (a < b ? -1 : 1)));
}

/** @param {any} document @param {string} id @returns {Readings} */
export const readings = (document, id) => document?.readings?.[id] ?? {};

/**
 * The recent points of each series, by time.
 *
 * @param {any} rings of one widget @param {Widget} widget @param {number} now milliseconds since 1970
 * @returns {Map<string, Point[]>}
 */
export function points(rings, widget, now) {
  const oldest = now - widget.window * 1000;
  const series = new Map();
  for (const [name, ring] of Object.entries(rings ?? {})) {
    const recent = /** @type {[number, number][]} */ (Object.values(ring)).filter(([time]) => time >= oldest);
    series.set(name, recent.map(([time, value]) => ({ time, value })).sort((a, b) => a.time - b.time));
  }
  return series;
}

/** A pause that is longer than this, in milliseconds, is shown as one. @param {Widget} widget */
export const pauseOf = (widget) => Math.max((3 * widget.window * 1000) / POINTS, widget.stale * 1000);

/**
 * One list of times, and of each series a value for each of them: null for as long as it paused,
 * which is a gap, and undefined where others alone have a point, over which its line goes on.
 *
 * @param {Point[][]} series by time @param {number} pause milliseconds
 * @returns {[number[], ...(number | null | undefined)[][]]}
 */
export function aligned(series, pause) {
  /** @type {Map<number, (number | null)[]>} */
  const rows = new Map();
  const put = (/** @type {number} */ time, /** @type {number} */ index, /** @type {number | null} */ value) => {
    if (!rows.has(time)) rows.set(time, new Array(series.length));
    /** @type {any} */ (rows.get(time))[index] = value;
  };
  series.forEach((points, index) => points.forEach(({ time, value }, i) => {
    if (i > 0 && time - points[i - 1].time > pause) put(points[i - 1].time + 1, index, null);
    put(time, index, value);
  }));
  const times = [...rows.keys()].sort((a, b) => a - b);
  return [times, ...series.map((_, index) => {
    let paused = false;
    return times.map((time) => {
      const value = rows.get(time)?.[index];
      if (value !== undefined) paused = value === null;
      return paused ? null : value;
    });
  })];
}

/** The places of points that have a pause, or nothing, on both sides: a line through them alone shows nothing. @param {(number | null | undefined)[]} values of one series, as {@link aligned} has them */
export function lone(values) {
  const found = [];
  let last = 0;
  let run = 0;
  for (const [index, value] of [...values, null].entries()) {
    if (value === undefined) continue;
    if (value === null && run === 1) found.push(last);
    run = value === null ? 0 : run + 1;
    last = index;
  }
  return found;
}

/** What a reading means: its own word, or by the thresholds. @param {Widget} widget @param {Reading | undefined} reading @returns {State | undefined} */
export function stateOf({ warn, bad }, reading) {
  if (reading?.state) return reading.state;
  if (reading?.value === undefined || (warn === undefined && bad === undefined)) return undefined;
  const down = warn !== undefined && bad !== undefined && bad < warn;
  const beyond = (/** @type {number | undefined} */ limit) => limit !== undefined && (down ? /** @type {number} */ (reading.value) <= limit : /** @type {number} */ (reading.value) >= limit);
  if (beyond(bad)) return 'bad';
  return beyond(warn) ? 'warn' : 'good';
}

/** @type {State[]} */
const GRAVITY = ['good', 'warn', 'bad'];

/** The worst that a widget shows. @param {Widget} widget @param {Readings} latest @returns {State | undefined} */
export function worst(widget, latest) {
  const states = Object.values(latest).map((reading) => stateOf(widget, reading)).filter((state) => state !== undefined);
  return GRAVITY.findLast((state) => states.includes(state));
}

/** When a widget was told something last, in milliseconds since 1970. @param {Readings} latest */
export const updated = (latest) => Object.values(latest).reduce((last, { at }) => Math.max(last, Date.parse(at)), 0) || undefined;

/** How long ago, in few letters. @param {number} millis */
export function age(millis) {
  const seconds = Math.max(0, Math.round(millis / 1000));
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  return seconds < 36 * 3600 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86400)} d`;
}

const hours = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const seconds = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit', second: '2-digit' });
const weekdays = new Intl.DateTimeFormat(undefined, { weekday: 'short', hour: 'numeric', minute: '2-digit' });
const days = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** Since when something is so; with its day where that is not plain. @param {number} time @param {number} now milliseconds since 1970 */
export const clock = (time, now = Date.now()) => (now - time < 12 * 3_600_000 ? hours : days).format(time);

/** As exactly as a window wants it. @param {number} time @param {number} window seconds */
export const clockIn = (time, window) => (window <= 600 ? seconds : window <= 86_400 ? hours : weekdays).format(time);

/** The formats are made once: making one takes longer than using it a thousand times. @type {Map<string, Intl.NumberFormat>} */
const formats = new Map();

/** @param {number} value @param {number} [decimals] */
export function number(value, decimals) {
  const large = Math.abs(value) >= 1e7;
  const digits = decimals ?? (large ? 1 : Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
  const key = `${large} ${digits} ${decimals !== undefined}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.NumberFormat(undefined, {
      notation: large ? 'compact' : 'standard', maximumFractionDigits: digits, minimumFractionDigits: decimals ?? 0,
    }));
  }
  return /** @type {Intl.NumberFormat} */ (formats.get(key)).format(value);
}

/** A reading in words. @param {Widget} widget @param {Reading | undefined} reading */
export function words(widget, reading) {
  if (reading?.value !== undefined) return number(reading.value, widget.decimals);
  return reading?.text ?? '–';
}

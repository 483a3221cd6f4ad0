/** The drawings of a tile that are no charts: SVG, made once and then only changed. */

const SVG = 'http://www.w3.org/2000/svg';

/** @param {string} tag @param {Record<string, string | number>} attributes @param {...Element} children @returns {any} */
export function s(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** A circle, a triangle, an octagon: what a state is can be seen without its colour. @type {Record<string, string>} */
const SIGNS = {
  good: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8M5.2 8.2l2 2 3.6-4',
  warn: 'M8 1.8l6.6 11.7H1.4zM8 6.2v3.4M8 11.6h.01',
  bad: 'M5.3 1.6h5.4l3.7 3.7v5.4l-3.7 3.7H5.3l-3.7-3.7V5.3zM5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6',
};
/** @type {Record<string, string>} */
export const STATES = { good: 'Good', warn: 'Warning', bad: 'Bad' };

/** @param {string} state */
export function sign(state) {
  const drawing = s('svg', { viewBox: '0 0 16 16', class: 'sign glyph', role: 'img', 'aria-label': STATES[state] }, s('path', { d: SIGNS[state] }));
  drawing.dataset.state = state;
  return drawing;
}

/** The line of recent numbers under a large one; pauses are gaps. */
export class Spark {
  #path = s('path', { fill: 'none' });
  element = s('svg', { class: 'spark', viewBox: '0 0 100 24', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, this.#path);

  /** @param {import('./model.js').Point[]} points @param {number} pause milliseconds */
  draw(points, pause) {
    if (points.length < 2) return void this.#path.setAttribute('d', '');
    const from = points[0].time;
    const across = 100 / Math.max(1, points[points.length - 1].time - from);
    const values = points.map(({ value }) => value);
    const low = Math.min(...values);
    const down = 21 / Math.max(Number.MIN_VALUE, Math.max(...values) - low);
    const flat = Math.max(...values) === low;
    let last = -Infinity;
    this.#path.setAttribute('d', points.map(({ time, value }) => {
      const letter = time - last > pause ? 'M' : 'L';
      last = time;
      // With round ends a line of no length is a dot, for a point that has no other to be joined to.
      return `${letter}${((time - from) * across).toFixed(1)} ${flat ? 12 : (22.5 - (value - low) * down).toFixed(1)}${letter === 'M' ? 'h0' : ''}`;
    }).join(''));
  }
}

/** Three quarters of a circle begin at the lower left. */
const TURN = 270;
const RADIUS = 42;

/** @param {number} share 0 to 1 */
function at(share) {
  const angle = ((135 + share * TURN) * Math.PI) / 180;
  return `${(50 + RADIUS * Math.cos(angle)).toFixed(2)} ${(50 + RADIUS * Math.sin(angle)).toFixed(2)}`;
}

/** @param {number} from @param {number} to shares */
const arc = (from, to) => `M${at(from)}A${RADIUS} ${RADIUS} 0 ${(to - from) * TURN > 180 ? 1 : 0} 1 ${at(to)}`;

/** A scale, how far it is filled, and where the thresholds are. */
export class Gauge {
  #rest = s('path', { class: 'rest', d: arc(0, 1) });
  #fill = s('path', { class: 'fill' });
  #marks = s('g', { class: 'marks' });
  element = s('svg', { class: 'gauge', viewBox: '0 0 100 88', 'aria-hidden': 'true' }, this.#rest, this.#fill, this.#marks);

  /** @param {number | undefined} value @param {{min: number, max: number}} scale @param {(number | undefined)[]} limits */
  draw(value, { min, max }, limits) {
    const share = (/** @type {number} */ of) => Math.max(0, Math.min(1, (of - min) / (max - min)));
    this.#fill.setAttribute('d', value === undefined || share(value) <= 0 ? '' : arc(0, share(value)));
    this.#marks.replaceChildren(...limits.flatMap((limit, index) => {
      if (limit === undefined || limit < min || limit > max) return [];
      const angle = 135 + share(limit) * TURN;
      return [s('path', { class: index === 0 ? 'warn' : 'bad', d: 'M94 50h6', transform: `rotate(${angle} 50 50)` })];
    }));
  }
}

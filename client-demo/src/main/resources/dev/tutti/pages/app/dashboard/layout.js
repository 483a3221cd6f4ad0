/**
 * What the server will do about places, for the time of a drag: who moves gets the place, what is in
 * the way goes down as far as it must, and nothing else moves.
 *
 * @typedef {import('./model.js').Box} Box
 */
import { COLUMNS } from './model.js';

/** @param {Box} a @param {Box} b */
export const overlaps = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/** @param {Map<string, Box>} boxes @param {string} id who moves @param {Box} to @returns {Map<string, Box>} */
export function settle(boxes, id, to) {
  const settled = new Map([[id, to]]);
  const rest = [...boxes].filter(([other]) => other !== id);
  rest.sort(([a, one], [b, other]) => one.y - other.y || one.x - other.x || (a < b ? -1 : 1));
  for (const [other, box] of rest) settled.set(other, below(box, [...settled.values()]));
  return settled;
}

/** @param {Box} box @param {Box[]} others */
function below(box, others) {
  let free = box;
  for (let hit = others.find((other) => overlaps(free, other)); hit; hit = others.find((other) => overlaps(free, other))) {
    free = { ...free, y: hit.y + hit.h };
  }
  return free;
}

/** Within the grid. @param {Box} box @returns {Box} */
export const within = ({ x, y, w, h }) => ({ x: Math.max(0, Math.min(x, COLUMNS - w)), y: Math.max(0, y), w, h });

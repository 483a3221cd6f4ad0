import { beforePaint } from './frames.js';

const EASE = 'cubic-bezier(.2, .7, .3, 1)';
/** Milliseconds: among neighbours, and across the board. */
const NEAR = 160;
const FAR = 200;

const still = matchMedia('(prefers-reduced-motion: reduce)');

/** @param {DOMRect} rect */
const onScreen = (rect) => rect.bottom > 0 && rect.right > 0 && rect.top < innerHeight && rect.left < innerWidth;

/** Where things were at the last frame that will be elsewhere with the next. @type {Map<HTMLElement, Start>} */
const leaving = new Map();

/**
 * @typedef {{start: DOMRect, far: boolean}} Start `far` where it comes from elsewhere
 * @typedef {{thing: HTMLElement, start: DOMRect, end: DOMRect}} Move
 */

/**
 * Makes things travel to where they now are, rather than jump (first, last, invert, play). Where they
 * are is read when the frame is due, which lays the page out in any case; however often it changed.
 *
 * @param {Iterable<HTMLElement>} things that may be elsewhere behind it
 * @param {() => void} change changes the page
 * @param {Map<HTMLElement, DOMRect>} [from] where some of them come from, if elsewhere
 */
export function travelling(things, change, from = new Map()) {
  if (still.matches || document.hidden) return change();
  const due = leaving.size > 0;
  for (const thing of things) if (!leaving.has(thing)) leaving.set(thing, { start: thing.getBoundingClientRect(), far: false });
  for (const [thing, start] of from) leaving.set(thing, { start, far: true });
  try {
    change();
  } finally {
    if (!due && leaving.size > 0) beforePaint(travel);
  }
}

function travel() {
  const moves = [];
  for (const [thing, { start, far }] of leaving) {
    if (!thing.isConnected) continue;
    const end = thing.getBoundingClientRect();
    if (start.left === end.left && start.top === end.top) continue;
    if (onScreen(start) || onScreen(end)) moves.push({ thing, start, end, far: far || Math.abs(start.left - end.left) > 1 });
  }
  leaving.clear();
  for (const move of moves) (move.far && move.thing.matches('.card') ? fly : slide)(move);
}

/** @param {Move} move */
function slide({ thing, start, end }) {
  thing.animate([{ transform: `translate(${start.left - end.left}px, ${start.top - end.top}px)` }, { transform: 'none' }], { duration: NEAR, easing: EASE });
}

/** A column clips what is in it, so what comes from outside flies above all columns. @param {Move} move */
function fly({ thing, start, end }) {
  const ghost = lifted(thing, end);
  thing.classList.add('away');
  const flight = ghost.animate(
    [{ transform: `translate(${start.left - end.left}px, ${start.top - end.top}px)` }, { transform: 'none' }],
    { duration: FAR, easing: EASE },
  );
  const land = () => {
    ghost.remove();
    thing.classList.remove('away');
  };
  flight.onfinish = flight.oncancel = land;
}

/** A likeness of a card above the page. @param {HTMLElement} card @param {DOMRect} rect where */
export function lifted(card, rect) {
  const ghost = /** @type {HTMLElement} */ (card.cloneNode(true));
  ghost.removeAttribute('data-ticket');
  ghost.setAttribute('aria-hidden', 'true');
  ghost.inert = true;
  ghost.classList.remove('slot', 'away');
  ghost.classList.add('ghost');
  ghost.style.setProperty('left', `${rect.left}px`);
  ghost.style.setProperty('top', `${rect.top}px`);
  ghost.style.setProperty('width', `${rect.width}px`);
  document.body.append(ghost);
  return ghost;
}

/** Brings a card that was put down beside the window into it, as at the edge of a phone. @param {HTMLElement} card */
export function intoSight(card) {
  const { left, right, width } = card.getBoundingClientRect();
  // On a strip with room for one column a part is not enough: it would snap to the column that shows more.
  const part = width > innerWidth / 2 ? width : width / 2;
  if (left + part > innerWidth || right - part < 0) card.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

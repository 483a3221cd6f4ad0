const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** @param {string} rank @param {number} i */
const digit = (rank, i) => (i < rank.length ? DIGITS.indexOf(rank[i]) : 0);

/**
 * A rank between two others, for a prediction only: the server gives the real one. Empty means that
 * there is no neighbour on that side.
 *
 * @param {string} low @param {string} high
 */
export function between(low, high) {
  let result = '';
  let open = high === '';
  for (let i = 0; ; i++) {
    const from = digit(low, i);
    const to = open ? DIGITS.length : digit(high, i);
    if (to - from > 1) return result + DIGITS[(from + to) >> 1];
    if (to - from === 1) open = true;
    result += DIGITS[from];
    if (i > low.length + high.length + 1) return result + 'V'; // Equal neighbours: any place will do.
  }
}

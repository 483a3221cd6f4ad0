/** A card's height before any has been seen, and the space between two, in pixels. */
const FIRST = 60;
const GAP = 8;

/** How high cards are, with the space behind them: those seen as they were, the others as the average. In pixels. */
export class Heights {
  /** By ticket. @type {Map<string, number>} */
  #seen = new Map();
  #sum = 0;

  /** Whether none has been seen yet. */
  get unknown() {
    return this.#seen.size === 0;
  }

  /** @param {string} ticket @param {number} height */
  saw(ticket, height) {
    this.#sum += height - (this.#seen.get(ticket) ?? 0);
    this.#seen.set(ticket, height);
  }

  /** @param {string} ticket */
  of(ticket) {
    const average = this.unknown ? FIRST : this.#sum / this.#seen.size;
    return (this.#seen.get(ticket) ?? average) + GAP;
  }
}

/** True while what goes before a frame is done. */
let within = false;

/** Does something when the next frame is due. @param {() => void} run */
export function nextFrame(run) {
  requestAnimationFrame(() => {
    within = true;
    try {
      run();
    } finally {
      within = false;
    }
  });
}

/** Does something before anything is painted, and no sooner than it has to be. @param {() => void} run */
export function beforePaint(run) {
  if (within) run();
  else nextFrame(run);
}

/**
 * Draws once a frame at most. What somebody else did is drawn when it comes, so that the very next
 * frame shows it; what follows within that frame, and all else, is drawn with the next one.
 */
export class Frames {
  /** True from a drawing to the frame that shows it. */
  #drawn = false;
  #wanted = false;
  #asked = false;

  /** @param {() => void} draw */
  constructor(draw) {
    this.draw = draw;
  }

  /** Draws now, unless it was done for this frame. */
  now() {
    if (this.#drawn) return this.soon();
    this.#drawn = true;
    this.#wanted = false;
    this.draw();
    this.#ask();
  }

  /** Draws with the next frame. */
  soon() {
    this.#wanted = true;
    this.#ask();
  }

  #ask() {
    if (this.#asked) return;
    this.#asked = true;
    nextFrame(() => this.#frame());
  }

  #frame() {
    this.#asked = this.#drawn = false;
    if (!this.#wanted) return;
    this.#wanted = false;
    this.draw();
  }
}

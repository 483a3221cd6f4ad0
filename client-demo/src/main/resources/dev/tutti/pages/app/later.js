/**
 * Something that the first picture of a page does without: fetched when there is time, or at once when
 * it is asked for.
 *
 * @template T
 */
export class Later {
  /** Undefined until it is here. @type {T | undefined} */
  here = undefined;
  /** @type {Promise<T> | undefined} */
  #coming;

  /** @param {() => Promise<T>} load */
  constructor(load) {
    this.load = load;
  }

  /** @returns {Promise<T>} */
  get() {
    this.#coming ??= this.load().then((it) => (this.here = it), (error) => {
      this.#coming = undefined; // The network may be back the next time.
      throw error;
    });
    return this.#coming;
  }

  /** Fetches it when nothing else is to be done. */
  whenIdle() {
    const fetch = () => void this.get().catch(() => {});
    if ('requestIdleCallback' in globalThis) requestIdleCallback(fetch, { timeout: 3_000 });
    else setTimeout(fetch, 500);
  }
}

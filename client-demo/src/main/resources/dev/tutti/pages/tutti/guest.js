const NAME = 'tutti.guest';

/**
 * A guest's own token, which keeps the id: in the browser's storage, for all tabs and later pages;
 * where that is full or forbidden, in this page.
 */
export class Guest {
  /** @type {string | undefined} */
  #token = undefined;

  /** @param {import('./types.js').Surroundings['storage']} storage */
  constructor(storage) {
    this.storage = storage;
  }

  get token() {
    try {
      return this.storage?.getItem(NAME) ?? this.#token;
    } catch {
      return this.#token;
    }
  }

  /** @param {string | undefined} token none to forget it */
  set token(token) {
    this.#token = token;
    try {
      if (token) this.storage?.setItem(NAME, token);
      else this.storage?.removeItem(NAME);
    } catch {
      /** It holds for this page. */
    }
  }
}

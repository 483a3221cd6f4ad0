/** Named events. A listener that throws stops neither the others nor the caller. @template E their values, by name */
export class Emitter {
  /** @type {Map<keyof E, Set<(value: any) => void>>} */
  #listeners = new Map();

  /**
   * @template {keyof E} K @param {K} name @param {(value: E[K]) => void} listener
   * @returns {() => void} stops listening
   */
  on(name, listener) {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  /** Whether anybody listens. @param {keyof E} name */
  has(name) {
    return (this.#listeners.get(name)?.size ?? 0) > 0;
  }

  /** @template {keyof E} K @param {K} name @param {E[K]} value */
  emit(name, value) {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) {
      try {
        listener(value);
      } catch (error) {
        console.error(error);
      }
    }
  }
}

import { recall, remember } from './kept.js';

const KEY = 'tutti.names';
/** How many people this browser remembers; those met last. */
const KEPT = 300;
/** Events that a file brought say so before the user. */
const IMPORTED = 'imported:';

/**
 * What people are called who are not here any more. An event holds only who it is by; so the page
 * remembers whom it has met, and reads the names that boards hold. A guest's id holds one too.
 */
export class Names {
  /** By user id, those met last at the end. @type {Map<string, string>} */
  #met = new Map();

  constructor() {
    for (const [id, name] of stored()) this.#met.set(id, name);
  }

  /** @param {Iterable<{id: string, name: string}>} people who are here */
  meet(people) {
    let changed = false;
    for (const { id, name } of people) {
      if (this.#met.get(id) === name) continue;
      this.#met.delete(id);
      this.#met.set(id, name);
      changed = true;
    }
    if (!changed) return;
    this.#met = new Map([...this.#met].slice(-KEPT));
    remember(KEY, JSON.stringify(Object.fromEntries(this.#met)));
  }

  /** @param {string} by as an event has it @param {Map<string, string>} known as the board has it: names by id */
  of(by, known) {
    const imported = by.startsWith(IMPORTED);
    const id = imported ? by.slice(IMPORTED.length) : by;
    const name = known.get(id) ?? this.#met.get(id) ?? nameFrom(id);
    return imported ? `${name} (imported)` : name;
  }
}

/** Guests' ids hold their name. @param {string} id */
export function nameFrom(id) {
  const guest = /^guest:(.+)-[0-9a-z]+$/.exec(id);
  const name = guest?.[1] ?? (id.replace(/^(guest|trello):/, '') || id);
  return name.charAt(0).toLocaleUpperCase() + name.slice(1);
}

/** @returns {[string, string][]} */
function stored() {
  try {
    return Object.entries(JSON.parse(recall(KEY) ?? '{}')).map(([id, name]) => [id, String(name)]);
  } catch {
    return []; // Somebody else has written there.
  }
}

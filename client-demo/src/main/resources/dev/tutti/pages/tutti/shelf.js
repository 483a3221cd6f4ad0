const STORE = 'outbox';

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const answerOf = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** @param {IDBTransaction} transaction @returns {Promise<void>} when it is stored */
const endOf = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });

/**
 * The stored commands of one user on one server, in the order in which they were put, whichever tab
 * did it. Operations take effect in the order of their calls.
 *
 * @typedef {{scope: string, room: string, key: string, order: import('./types.js').Order}} Row
 */
export class Shelf {
  /** @param {IDBDatabase} database @param {string} scope @param {() => void} lost */
  constructor(database, scope, lost) {
    this.database = database;
    this.scope = scope;
    database.onclose = lost; // Somebody has cleared what the site stores.
    database.onversionchange = () => {
      database.close();
      lost();
    };
  }

  /**
   * @param {import('./types.js').Surroundings} around @param {string} scope
   * @param {() => void} lost is called when the browser takes it away
   * @returns {Promise<Shelf>} never settles in a broken profile
   */
  static async open(around, scope, lost) {
    const request = /** @type {IDBFactory} */ (around.indexedDB).open('tutti', 1);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore(STORE, { autoIncrement: true });
      store.createIndex('scope', 'scope');
      store.createIndex('key', ['scope', 'room', 'key'], { unique: true });
    };
    return new Shelf(await answerOf(request), scope, lost);
  }

  /** @returns {Promise<Row[]>} oldest first */
  all() {
    const store = this.database.transaction(STORE).objectStore(STORE);
    return answerOf(store.index('scope').getAll(this.scope));
  }

  /** @param {string} room @param {import('./types.js').Order} order one that is there already stays */
  async put(room, order) {
    const transaction = this.database.transaction(STORE, 'readwrite', { durability: 'relaxed' });
    const store = transaction.objectStore(STORE);
    const place = [this.scope, room, order.key];
    const known = store.index('key').getKey(place);
    known.onsuccess = () => known.result === undefined && store.add({ scope: this.scope, room, key: order.key, order });
    return endOf(transaction);
  }

  /** @param {string} room @param {string} key */
  async remove(room, key) {
    const transaction = this.database.transaction(STORE, 'readwrite', { durability: 'relaxed' });
    const store = transaction.objectStore(STORE);
    const known = store.index('key').getKey([this.scope, room, key]);
    known.onsuccess = () => known.result !== undefined && store.delete(known.result);
    return endOf(transaction);
  }

  close() {
    this.database.close();
  }
}

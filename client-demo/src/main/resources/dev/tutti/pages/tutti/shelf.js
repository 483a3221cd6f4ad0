const STORE = 'outbox';
/** How long the browser may take to open it, in milliseconds; a broken profile never answers. */
const OPENING_MILLIS = 2_000;

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
  /** @param {IDBDatabase} database @param {string} scope */
  constructor(database, scope) {
    this.database = database;
    this.scope = scope;
    database.onversionchange = () => database.close();
  }

  /** @param {IDBFactory} factory @param {string} scope @returns {Promise<Shelf>} */
  static async open(factory, scope) {
    const request = factory.open('tutti', 1);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore(STORE, { autoIncrement: true });
      store.createIndex('scope', 'scope');
      store.createIndex('key', ['scope', 'room', 'key'], { unique: true });
    };
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error('It does not open.')), OPENING_MILLIS));
    return new Shelf(await Promise.race([answerOf(request), late]), scope);
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

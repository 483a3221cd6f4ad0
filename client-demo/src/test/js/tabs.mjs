import { settled } from './stage.mjs';

/** What the tabs of one browser share: locks, channels and a database, all without a clock of their own. */
export class Browser {
  locks = new Locks();
  database = new Database();
  /** Tabs that do not get round to anything; what is said to them waits. @type {Set<string>} */
  hung = new Set();
  #ports = [];

  /** The surroundings of a tab of this name. */
  tab(name) {
    return { locks: this.locks, indexedDB: this.database, channel: (channel) => this.#port(name, channel) };
  }

  #port(name, channel) {
    const port = {
      postMessage: (data) => {
        for (const other of this.#ports) {
          if (other !== port && other.channel === channel && !this.hung.has(other.name)) queueMicrotask(() => other.onmessage?.({ data: structuredClone(data) }));
        }
      },
      close: () => (this.#ports = this.#ports.filter((other) => other !== port)),
      name,
      channel,
    };
    this.#ports.push(port);
    return port;
  }
}

/** Web Locks: one holder for each name, others in their order; `steal` takes it. */
class Locks {
  #queues = new Map();

  request(name, { steal, signal }, task) {
    const queue = this.#queues.get(name) ?? [];
    this.#queues.set(name, queue);
    return new Promise((resolve, reject) => {
      const entry = { task, resolve, reject, held: false };
      signal?.addEventListener('abort', () => !entry.held && this.#end(queue, entry, () => reject(signal.reason)));
      if (steal && queue[0]?.held) this.#end(queue, queue[0], queue[0].reject);
      if (steal) queue.unshift(entry);
      else queue.push(entry);
      this.#next(queue);
    });
  }

  #next(queue) {
    const [entry] = queue;
    if (!entry || entry.held) return;
    entry.held = true;
    Promise.resolve().then(entry.task).then((value) => this.#end(queue, entry, () => entry.resolve(value)));
  }

  #end(queue, entry, say) {
    const at = queue.indexOf(entry);
    if (at < 0) return;
    queue.splice(at, 1);
    say(new DOMException('Taken or given up.', 'AbortError'));
    queueMicrotask(() => this.#next(queue));
  }
}

/** As much of IndexedDB as the library uses, with the ways in which it fails. */
class Database {
  rows = [];
  /** `open`, `slow` or `refused`: how the next one opens. */
  opens = 'open';
  /** Whether whatever is written fails. */
  full = false;
  /** All that were opened and not closed. */
  connections = new Set();
  /** Lets the slow ones open. */
  late = [];

  open() {
    const request = {};
    const opens = this.opens;
    const end = () => {
      if (opens === 'refused') return request.onerror?.();
      request.result = this.#connection();
      return request.onsuccess?.();
    };
    if (opens === 'slow') this.late.push(end);
    else queueMicrotask(end);
    return request;
  }

  /** Somebody clears what the site stores. */
  clear() {
    this.rows = [];
    for (const connection of this.connections) {
      this.connections.delete(connection);
      connection.onclose?.();
    }
  }

  #connection() {
    const connection = {
      transaction: () => {
        if (!this.connections.has(connection)) throw new DOMException('Closed.', 'InvalidStateError');
        return this.#transaction();
      },
      close: () => this.connections.delete(connection),
    };
    this.connections.add(connection);
    return connection;
  }

  #transaction() {
    const transaction = { error: new DOMException('Full.', 'QuotaExceededError') };
    const soon = (result) => {
      const request = { result };
      queueMicrotask(() => request.onsuccess?.());
      return request;
    };
    const place = ({ scope, room, key }) => `${scope} ${room} ${key}`;
    const found = (of) => this.rows.findIndex((row) => row !== null && place(row) === of.join(' '));
    transaction.objectStore = () => ({
      index: () => ({
        getAll: (scope) => soon(structuredClone(this.rows.filter((row) => row?.scope === scope))),
        getKey: (of) => soon(found(of) < 0 ? undefined : found(of)),
      }),
      add: (row) => (this.full ? (transaction.failed = true) : this.rows.push(structuredClone(row))),
      delete: (at) => (this.rows[at] = null),
    });
    setImmediate(() => (transaction.failed ? transaction.onabort?.() : transaction.oncomplete?.()));
    return transaction;
  }
}

/** All that follows has followed: modules are there, transactions are over. */
export async function quiet() {
  await import('../../main/resources/dev/tutti/pages/tutti/keeper.js');
  for (let i = 0; i < 8; i++) await settled();
}

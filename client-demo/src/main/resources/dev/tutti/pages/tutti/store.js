/**
 * A room as stores, for whatever draws your page. A store is `{subscribe, getSnapshot}`: the shape
 * that React's `useSyncExternalStore` takes, with snapshots that stay `===` until they differ.
 * {@link readable} and {@link refOf} make of it what Svelte and Vue take.
 *
 * @module
 *
 * @typedef {import('./connection.js').Connection} Connection
 * @typedef {import('./connection.js').Status} Status
 * @typedef {import('./room.js').Room} Room
 */
/**
 * @template T
 * @typedef {{subscribe(listener: () => void): () => void, getSnapshot(): T}} Store
 */

/** The room's document with my own pending changes; undefined until it has come. @param {Room} room @returns {Store<any>} */
export const documentOf = (room) => store((listener) => room.on('change', listener), () => room.document);

/** Who is here: session → member. @param {Room} room @returns {Store<Record<string, any>>} */
export const membersOf = (room) => store((listener) => room.on('members', listener), () => room.members);

/** What the connection's status is; the same object until something of it differs. @param {Connection} connection @returns {Store<Status>} */
export const statusOf = (connection) =>
  select(store((listener) => connection.on('status', listener), () => connection.status), (status) => status, sameFields);

/**
 * A part of a store: its listeners hear of it only when it differs.
 *
 * @template T, P
 * @param {Store<T>} from @param {(value: T) => P} part
 * @param {(a: P, b: P) => boolean} [same] by default `Object.is`
 * @returns {Store<P>}
 */
export function select(from, part, same = Object.is) {
  /** @type {{of: T, value: P} | undefined} */
  let last;
  const getSnapshot = () => {
    const of = from.getSnapshot();
    if (last !== undefined && Object.is(last.of, of)) return last.value;
    const value = part(of);
    last = { of, value: last !== undefined && same(last.value, value) ? last.value : value };
    return last.value;
  };
  const subscribe = (/** @type {() => void} */ listener) => {
    let told = getSnapshot();
    return from.subscribe(() => {
      const value = getSnapshot();
      if (Object.is(told, value)) return;
      told = value;
      listener();
    });
  };
  return { subscribe, getSnapshot };
}

/**
 * For Svelte, whose stores say their value at once: `$title` in a component.
 *
 * @template T @param {Store<T>} from
 * @returns {{subscribe(run: (value: T) => void): () => void}}
 */
export const readable = (from) => ({
  subscribe(run) {
    run(from.getSnapshot());
    return from.subscribe(() => run(from.getSnapshot()));
  },
});

/**
 * For Vue: a ref that follows until the component is gone. Vue's functions are given, since this
 * module imports nothing: `refOf(documentOf(room), Vue)`.
 *
 * @template T @param {Store<T>} from
 * @param {{shallowRef(value: T): {value: T}, onScopeDispose(stop: () => void): void}} vue
 */
export function refOf(from, { shallowRef, onScopeDispose }) {
  const ref = shallowRef(from.getSnapshot());
  onScopeDispose(from.subscribe(() => (ref.value = from.getSnapshot())));
  return ref;
}

/**
 * @template T @param {(listener: () => void) => () => void} subscribe @param {() => T} getSnapshot
 * @returns {Store<T>}
 */
const store = (subscribe, getSnapshot) => ({ subscribe: (listener) => subscribe(() => listener()), getSnapshot });

/** @param {Record<string, any>} a @param {Record<string, any>} b */
function sameFields(a, b) {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => Object.is(a[name], b[name]));
}

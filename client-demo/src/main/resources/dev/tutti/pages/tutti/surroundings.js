import { uuid7 } from './uuid7.js';

/**
 * What the library takes from the browser, in one place, so that a test can bring its own.
 *
 * @returns {import('./types.js').Surroundings}
 */
export function browser() {
  const { BroadcastChannel, document, navigator } = globalThis;
  return {
    WebSocket: globalThis.WebSocket,
    setTimeout: (task, millis) => globalThis.setTimeout(task, millis),
    clearTimeout: (timer) => globalThis.clearTimeout(timer),
    now: () => Date.now(),
    ticks: () => performance.now(),
    random: () => Math.random(),
    newKey: () => uuid7(),
    storage: allowed(() => globalThis.localStorage),
    indexedDB: allowed(() => globalThis.indexedDB),
    locks: navigator?.locks,
    channel: BroadcastChannel && ((name) => new BroadcastChannel(name)),
    onWake(listener) {
      const until = new AbortController();
      /** @param {Event} event */
      const heard = ({ type }) => {
        if (type !== 'visibilitychange' || !document.hidden) listener(type !== 'offline');
      };
      for (const type of ['online', 'offline', 'visibilitychange']) {
        globalThis.addEventListener?.(type, heard, { signal: until.signal });
      }
      return () => until.abort();
    },
  };
}

/** Absent where the browser refuses even to be asked. @template T @param {() => T} get */
function allowed(get) {
  try {
    return get();
  } catch {
    return undefined;
  }
}

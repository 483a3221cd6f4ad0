/**
 * What the library takes from the browser, in one place, so that a test can bring its own.
 *
 * @typedef {{
 *   WebSocket: new (url: string, protocols: string[]) => any,
 *   setTimeout: (task: () => void, millis: number) => any,
 *   clearTimeout: (timer: any) => void,
 *   now: () => number,
 *   random: () => number,
 *   newKey: () => string,
 *   storage: {getItem(key: string): string | null, setItem(key: string, value: string): void, removeItem(key: string): void} | undefined,
 *   onWake: (listener: (online: boolean) => void) => void,
 * }} Surroundings `onWake`: the network changed or the page is seen again
 */
import { uuid7 } from './uuid7.js';

/** @returns {Surroundings} */
export function browser() {
  return {
    WebSocket: globalThis.WebSocket,
    setTimeout: (task, millis) => globalThis.setTimeout(task, millis),
    clearTimeout: (timer) => globalThis.clearTimeout(timer),
    now: () => Date.now(),
    random: () => Math.random(),
    newKey: () => uuid7(),
    storage: storage(),
    onWake(listener) {
      globalThis.addEventListener?.('online', () => listener(true));
      globalThis.addEventListener?.('offline', () => listener(false));
      globalThis.document?.addEventListener('visibilitychange', () => {
        if (globalThis.document.visibilityState === 'visible') listener(true);
      });
    },
  };
}

/** Absent where the browser refuses it: then a guest is new on each page. */
function storage() {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

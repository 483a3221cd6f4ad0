/** How often it is asked whether the page has another edition, and after nothing was answered, in milliseconds. */
export const EDITION_MILLIS = 3_600_000;
const UNANSWERED_MILLIS = 60_000;
/** While instances of two editions stand behind one address, the page is not loaded again and again. */
const LOADED_MILLIS = 300_000;
const LOADED = 'tutti.loaded';

const EDITION = /\/at\/([0-9a-f]{16})\//;

/**
 * What it takes from the browser, so that a test can bring its own. `edition` is the page's own;
 * `served` asks the server for the page and gives that one's.
 *
 * @typedef {{
 *   edition?: string, served(): Promise<string | undefined>, reload(): void, now(): number,
 *   kept: {getItem(key: string): string | null, setItem(key: string, value: string): void},
 * }} Around
 */

/** @returns {Around} */
export function browser() {
  return {
    edition: EDITION.exec(import.meta.url)?.[1],
    async served() {
      const answer = await fetch(location.pathname, { cache: 'no-cache' });
      return answer.ok ? EDITION.exec(await answer.text())?.[1] : undefined;
    },
    reload: () => location.reload(),
    kept: sessionStorage,
    now: () => Date.now(),
  };
}

/** Whether the server has another edition of this page by now, and how to get it. */
export class Edition {
  /** @param {Around} around @param {number} next when it is asked at the earliest, in milliseconds since 1970 */
  constructor(around, next = 0) {
    this.around = around;
    this.next = next;
  }

  /** Whether the server answers with another one. It is asked now and then only, however often this is called. */
  async differs() {
    const { around } = this;
    const now = around.now();
    if (!around.edition || now < this.next) return false;
    this.next = now + EDITION_MILLIS;
    const served = await around.served().catch(() => undefined);
    if (served === undefined) this.next = now + UNANSWERED_MILLIS;
    if (served === undefined || served === around.edition) return false;
    const again = Number(around.kept.getItem(LOADED) ?? 0) + LOADED_MILLIS;
    if (now < again) this.next = again;
    return now >= again;
  }

  load() {
    this.around.kept.setItem(LOADED, String(this.around.now()));
    this.around.reload();
  }
}

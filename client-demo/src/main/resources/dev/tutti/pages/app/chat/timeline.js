/** @typedef {import('./model.js').Line} Line */

/** Rows that are in the page at most, and by how many it moves on. */
const MOST = 160;
const STEP = 50;
/** So near to an end of what is in the page, in pixels, more is put there. */
const NEAR = 800;
/** So near to the end, one is at it. */
const AT_END = 40;

/**
 * Shows a list of lines of which only those around the place that is looked at are in the page. What
 * one looks at stays where it is, whatever comes and goes around it; at the end it follows the end.
 */
export class Timeline {
  /** @type {Line[]} */
  #lines = [];
  #from = 0;
  #to = 0;
  #atEnd = true;
  /** @type {Map<string, {element: HTMLElement, key: string, m: any}>} */
  #rows = new Map();

  /**
   * @param {HTMLElement} scroller @param {HTMLElement} list
   * @param {{
   *   key(line: Line, before: Line | undefined): string,
   *   row(element: HTMLElement, line: Line, before: Line | undefined): void,
   *   older(): void, moved(atEnd: boolean): void,
   * }} owner `key` says what a row depends on beside its line
   */
  constructor(scroller, list, owner) {
    this.scroller = scroller;
    this.list = list;
    this.owner = owner;
    scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.resized = new ResizeObserver(() => this.#atEnd && this.toEnd());
    this.resized.observe(scroller);
  }

  get atEnd() {
    return this.#atEnd;
  }

  /** Whether one is near the first line that there is. */
  get atBeginning() {
    return this.#from === 0 && this.scroller.scrollTop < NEAR;
  }

  /** @param {Line[]} lines */
  set(lines) {
    const grown = lines.length - this.#lines.length;
    const added = this.#lines.length > 0 && lines[0]?.id !== this.#lines[0].id ? Math.max(0, grown) : 0;
    const first = this.#lines[this.#from]?.id;
    const shift = first === undefined ? 0 : added > 0 && lines[this.#from + added]?.id === first ? added : Math.max(0, lines.findIndex(({ id }) => id === first)) - this.#from;
    this.#lines = lines;
    if (this.#atEnd || this.#to === 0) this.#window(lines.length - MOST, lines.length);
    else this.#window(this.#from + shift, this.#to + shift);
    this.draw();
    if (!this.#atEnd) this.#extend(); // At the very top nobody can scroll to ask for more.
  }

  /** Draws again what differs. */
  draw() {
    const anchor = this.#atEnd ? undefined : this.#anchor();
    const wanted = this.#lines.slice(this.#from, this.#to);
    const ids = new Set(wanted.map(({ id }) => id));
    for (const [id, { element }] of this.#rows) {
      if (ids.has(id)) continue;
      element.remove();
      this.#rows.delete(id);
    }
    let at = this.list.firstElementChild;
    wanted.forEach((line, i) => {
      const before = this.#lines[this.#from + i - 1];
      const element = this.#row(line, before);
      if (element === at) at = at.nextElementSibling;
      else this.list.insertBefore(element, at);
    });
    if (anchor) this.scroller.scrollTop += anchor.element.getBoundingClientRect().top - anchor.top;
    else if (this.#atEnd) this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  /** @param {Line} line @param {Line | undefined} before */
  #row(line, before) {
    const key = this.owner.key(line, before);
    const known = this.#rows.get(line.id);
    if (known && known.key === key && known.m === line.m) return known.element;
    const element = known?.element ?? document.createElement('li');
    const act = element.contains(document.activeElement) && document.activeElement?.getAttribute('data-act');
    this.owner.row(element, line, before);
    if (act) /** @type {HTMLElement | null} */ (element.querySelector(`[data-act="${CSS.escape(act)}"]`))?.focus();
    this.#rows.set(line.id, { element, key, m: line.m });
    return element;
  }

  /** The row of a message, if it is in the page. @param {string} id */
  rowOf(id) {
    return this.#rows.get(id)?.element;
  }

  toEnd() {
    this.#atEnd = true;
    this.#window(this.#lines.length - MOST, this.#lines.length);
    this.draw();
    this.owner.moved(true);
  }

  /** Brings a message into the middle, or elsewhere. @param {string} id @param {'center' | 'start'} [block] @returns {HTMLElement | undefined} its row, if there is such a line */
  show(id, block = 'center') {
    const at = this.#lines.findIndex((line) => line.id === id);
    if (at < 0) return undefined;
    this.#atEnd = false;
    this.#window(at - MOST / 2, at + MOST / 2);
    this.draw();
    const row = this.rowOf(id);
    row?.scrollIntoView({ block });
    this.#scrolled();
    return row;
  }

  /** The number of the last message that is in sight. @returns {number} */
  lastInSight() {
    const foot = this.scroller.getBoundingClientRect().bottom;
    for (let i = this.#to - 1; i >= this.#from; i--) {
      const row = this.rowOf(this.#lines[i].id);
      if (row && row.getBoundingClientRect().top < foot - 8) return this.#lines[i].m.n;
    }
    return 0;
  }

  /** The number of the first message that is in sight. @returns {number} 0 where none is */
  firstInSight() {
    return this.#anchor()?.n ?? 0;
  }

  /** The first row in sight, and where. */
  #anchor() {
    const top = this.scroller.getBoundingClientRect().top;
    for (let i = this.#from; i < this.#to; i++) {
      const line = this.#lines[i];
      const element = line && this.rowOf(line.id);
      const box = element?.getBoundingClientRect();
      if (element && box && box.bottom > top) return { n: line.m.n, element, top: box.top };
    }
    return undefined;
  }

  /** @param {number} from @param {number} to */
  #window(from, to) {
    this.#from = Math.max(0, Math.min(from, this.#lines.length));
    this.#to = Math.max(this.#from, Math.min(to, this.#lines.length));
    if (this.#to - this.#from > MOST) this.#from = this.#to - MOST;
  }

  /** Puts more into the page where what is there ends near what is looked at. */
  #extend() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    if (scrollTop < NEAR && this.#from > 0) {
      const from = Math.max(0, this.#from - STEP);
      this.#window(from, Math.min(this.#to, from + MOST));
      this.draw();
    } else if (scrollHeight - scrollTop - clientHeight < NEAR && this.#to < this.#lines.length) {
      const to = Math.min(this.#lines.length, this.#to + STEP);
      this.#window(Math.max(this.#from, to - MOST), to);
      this.draw();
    }
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    this.#atEnd = this.#to === this.#lines.length && scrollHeight - scrollTop - clientHeight < AT_END;
    this.#extend();
    if (this.atBeginning) this.owner.older();
    this.owner.moved(this.#atEnd);
  }

  close() {
    this.resized.disconnect();
  }
}

import { attribute, h, write } from '../dom.js';
import { avatar } from '../people.js';
import { cellOf } from './grouping.js';
import { LaneView, align } from './lane-view.js';

/** One group of a grouped board: a head, and a cell for each column. */
export class Swimlane {
  /** By cell. @type {Map<string, LaneView>} */
  cells = new Map();

  /** @param {string} id of the group @param {import('./heights.js').Heights} heights @param {HTMLElement} strip */
  constructor(id, heights, strip) {
    this.id = id;
    this.heights = heights;
    this.strip = strip;
    this.name = h('span', { class: 'group' });
    this.count = h('span', { class: 'count' });
    this.toggle = h('button', { class: 'fold', type: 'button', 'aria-expanded': 'true', on: { click: () => this.#fold() } }, this.name, this.count);
    this.row = h('div', { class: 'row' });
    this.element = h('section', { class: 'swimlane' }, h('h2', {}, this.toggle), this.row);
  }

  /** @param {import('./grouping.js').Group} group @param {readonly {id: string, title: string}[]} columns @param {Map<string, string[]>} lanes */
  show(group, columns, lanes) {
    const { title, hue, user } = group;
    if (this.name.dataset.title !== title + hue) {
      this.name.dataset.title = title + hue;
      this.name.replaceChildren(hue === undefined ? title : h('span', { class: 'label', hue }, title));
      if (user) this.name.prepend(avatar({ id: user, name: title }, 'small'));
    }
    /** @type {Map<string, LaneView>} */
    const cells = new Map();
    let count = 0;
    for (const column of columns) {
      const id = cellOf(column.id, this.id);
      const cell = this.cells.get(id) ?? new LaneView(id, this.heights, this.strip);
      attribute(cell.list, 'aria-label', `${column.title}, ${title}`);
      count += lanes.get(id)?.length ?? 0;
      cells.set(id, cell);
    }
    this.cells = cells;
    write(this.count, String(count));
    align(this.row, [...cells.values()].map(({ list }) => list));
  }

  #fold() {
    const open = this.row.hidden;
    this.row.hidden = !open;
    attribute(this.toggle, 'aria-expanded', String(open));
    this.strip.dispatchEvent(new Event('scroll'));
  }
}

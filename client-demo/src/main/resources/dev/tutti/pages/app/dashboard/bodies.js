import { attribute, h, write } from '../dom.js';
import { Chart } from './chart.js';
import * as model from './model.js';
import { Gauge, STATES, Spark, sign } from './shapes.js';

/**
 * What is in a tile, by kind. It is drawn when its widget or what it was told has changed; `tick` is
 * once a second, for what depends on the time alone.
 *
 * @typedef {{widget: model.Widget, latest: model.Readings, rings: any}} Told
 * @typedef {{element: HTMLElement, draw(told: Told): void, tick?(): void, restyle?(): void, destroy?(): void}} Body
 */

const said = (/** @type {{widget: model.Widget, latest: model.Readings}} */ { widget, latest }) => model.words(widget, latest[model.UNNAMED]);
const unit = (/** @type {model.Widget} */ widget) => widget.unit ?? '';

/** @returns {Body} */
function numberBody() {
  const value = h('span', { class: 'value' });
  const of = h('span', { class: 'unit' });
  const change = h('p', { class: 'change' });
  const spark = new Spark();
  return {
    element: h('div', { class: 'number' }, h('p', { class: 'figure' }, value, of), change, spark.element),
    draw({ widget, latest, rings }) {
      const points = model.points(rings, widget, Date.now()).get(model.UNNAMED) ?? [];
      write(value, said({ widget, latest }));
      write(of, unit(widget));
      write(change, changed(points, widget));
      spark.draw(points, model.pauseOf(widget));
    },
  };
}

/** How a number has moved over what is known of it. @param {model.Point[]} points @param {model.Widget} widget */
function changed(points, widget) {
  if (points.length < 2) return '';
  const [first, last] = [points[0], points[points.length - 1]];
  const by = last.value - first.value;
  const over = `in ${model.age(last.time - first.time)}`;
  if (by === 0) return `± 0 ${over}`;
  return `${by > 0 ? '▲' : '▼'} ${model.number(Math.abs(by), widget.decimals)} ${over}`;
}

/** @returns {Body} */
function gaugeBody() {
  const gauge = new Gauge();
  const value = h('span', { class: 'value' });
  const of = h('span', { class: 'unit' });
  const least = h('span', {});
  const most = h('span', {});
  return {
    element: h('div', { class: 'dial' }, gauge.element, h('p', { class: 'figure' }, value, of), h('p', { class: 'ends' }, least, most)),
    draw({ widget, latest }) {
      const reading = latest[model.UNNAMED];
      const min = widget.min ?? Math.min(0, reading?.value ?? 0);
      const top = Math.max(widget.warn ?? min, widget.bad ?? min, reading?.value ?? min);
      const max = widget.max ?? (top > min ? top : min + 1);
      write(value, said({ widget, latest }));
      write(of, unit(widget));
      write(least, model.number(min));
      write(most, model.number(max));
      gauge.draw(reading?.value, { min, max }, [widget.warn, widget.bad]);
    },
  };
}

/** @returns {Body} */
function lineBody() {
  const chart = new Chart();
  /** @type {Told | undefined} */
  let last;
  const draw = (/** @type {Told} */ told) => chart.draw((last = told).widget, told.rings, told.latest);
  return {
    element: chart.element, draw,
    tick: () => last && draw(last),
    restyle: () => chart.restyle(),
    destroy: () => chart.destroy(),
  };
}

/** @returns {Body} */
function tableBody() {
  const rows = h('tbody', {});
  const head = h('th', { scope: 'col' }, 'Value');
  const body = {
    element: h('div', { class: 'rows', tabindex: '0', role: 'region' }, h('table', {}, h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Name'), head, h('th', { scope: 'col' }, 'Ago'))), rows)),
    /** @type {Told | undefined} */
    told: undefined,
    draw(/** @type {Told} */ told) {
      this.told = told;
      const { widget, latest } = told;
      attribute(this.element, 'aria-label', `${widget.title}: its rows`);
      write(head, unit(widget) || 'Value');
      const names = Object.keys(latest).sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
      while (rows.children.length > names.length) rows.lastChild?.remove();
      names.forEach((name, index) => {
        const row = rows.children[index] ?? rows.appendChild(h('tr', {}, h('th', { scope: 'row' }), h('td', {}, h('span', {})), h('td', { class: 'ago' })));
        const state = model.stateOf(widget, latest[name]);
        const cell = row.children[1];
        write(row.children[0], name);
        write(cell.lastChild, model.words(widget, latest[name]));
        if ((cell.dataset.state ?? '') !== (state ?? '')) {
          cell.querySelector('svg')?.remove();
          if (state === 'warn' || state === 'bad') cell.prepend(sign(state));
          attribute(cell, 'data-state', state);
        }
      });
      this.tick();
    },
    tick() {
      const latest = this.told?.latest ?? {};
      for (const row of rows.children) {
        const at = latest[row.children[0].textContent ?? '']?.at;
        const since = at ? Date.now() - Date.parse(at) : 0;
        write(row.children[2], at ? model.age(since) : '');
        attribute(row, 'data-stale', at !== undefined && since > (this.told?.widget.stale ?? 0) * 1000);
      }
    },
  };
  return body;
}

/** @returns {Body} */
function statusBody() {
  const shape = h('span', { class: 'shape' });
  const value = h('span', { class: 'value' });
  return {
    element: h('div', { class: 'state' }, shape, value),
    draw({ widget, latest }) {
      const reading = latest[model.UNNAMED];
      const state = model.stateOf(widget, reading);
      if (shape.dataset.state !== (state ?? '')) shape.replaceChildren(...(state ? [sign(state)] : []));
      shape.dataset.state = state ?? '';
      write(value, reading ? `${model.words(widget, reading)}${reading.value !== undefined && widget.unit ? ` ${widget.unit}` : ''}` : state ? STATES[state] : '–');
    },
  };
}

/** @returns {Body} */
function textBody() {
  const element = h('p', { class: 'note' });
  return { element, draw: ({ widget }) => write(element, widget.text ?? '') };
}

/** @type {Record<string, () => Body>} */
const BODIES = { number: numberBody, gauge: gaugeBody, line: lineBody, table: tableBody, status: statusBody, text: textBody };

/** A newer server may know more kinds; those are shown as a number is. @param {string} kind @returns {Body} */
export const bodyOf = (kind) => (BODIES[kind] ?? numberBody)();

import { h, write } from '../dom.js';
import { hueOf } from '../people.js';
import * as model from './model.js';

const FOLDER = '/webjars/uplot/1.6.30/dist/';
/** Hues of the first lines, in degrees; those that come later have one by their name. */
const HUES = [272, 155, 45, 350, 220, 100];
/** All charts have one crosshair. */
const CROSSHAIR = 'dashboard';

/** The charting library, fetched when the first line is to be drawn. @type {Promise<any> | undefined} */
let library;

function fetched() {
  library ??= Promise.all([
    loaded(h('link', { rel: 'stylesheet', href: `${FOLDER}uPlot.min.css` })),
    loaded(h('script', { src: `${FOLDER}uPlot.iife.min.js` })),
  ]).then(() => /** @type {any} */ (globalThis).uPlot);
  library.catch(() => (library = undefined)); // The network may be back the next time.
  return library;
}

/** @param {HTMLElement} element */
const loaded = (element) => new Promise((resolve, reject) => {
  element.addEventListener('load', resolve);
  element.addEventListener('error', reject);
  document.head.append(element);
});

/** What a token's colour is on a canvas, which knows no custom properties. @param {HTMLElement} near @param {string} colour */
function resolved(near, colour) {
  const probe = h('i', { hidden: true });
  probe.style.setProperty('color', colour);
  near.append(probe);
  const words = getComputedStyle(probe).color;
  probe.remove();
  return words;
}

/** Lines over time, of up to twelve series. It costs nothing while nothing changes. */
export class Chart {
  /** @type {any} */
  #plot;
  #series = '';
  #legend = h('ul', { class: 'legend' });
  #place = h('div', { class: 'plot' });
  /** @type {{widget: model.Widget, rings: any, latest: model.Readings} | undefined} */
  #shown;
  #size = new ResizeObserver(() => this.#resize());
  #gone = false;

  constructor() {
    this.element = h('div', { class: 'chart' }, this.#place, this.#legend);
    this.#size.observe(this.#place);
  }

  /** @param {model.Widget} widget @param {any} rings @param {model.Readings} latest */
  draw(widget, rings, latest) {
    this.#shown = { widget, rings, latest };
    const names = Object.keys(latest).sort();
    if (names.length === 0) return; // Its tile says so; axes of nothing would say 0 to 1.
    const key = JSON.stringify([names, widget.warn, widget.bad, widget.min, widget.max, widget.window, widget.decimals]);
    if (key !== this.#series) {
      this.#series = key;
      void this.#build(names);
    } else this.#plot?.setData(this.#data(names));
    this.#describe(names);
  }

  /** Colours are read once; after a change of theme all of it is made anew. */
  restyle() {
    this.#series = '';
    if (this.#shown) this.draw(this.#shown.widget, this.#shown.rings, this.#shown.latest);
  }

  destroy() {
    this.#gone = true;
    this.#size.disconnect();
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  /** @param {string[]} names */
  async #build(names) {
    const key = this.#series;
    const uPlot = await fetched().catch(() => undefined);
    if (!uPlot) write(this.#place, 'The chart could not be fetched.');
    if (!uPlot || this.#gone || key !== this.#series || !this.#shown) return;
    const ink = resolved(this.element, 'var(--quiet)');
    const line = resolved(this.element, 'var(--line)');
    const { width, height } = this.#box();
    this.#plot?.destroy();
    this.#place.replaceChildren();
    const { fontSize, fontFamily } = getComputedStyle(this.#place);
    const font = `${fontSize} ${fontFamily}`;
    const axis = { stroke: ink, font, ticks: { show: false } };
    this.#plot = new uPlot({
      width, height, padding: [8, 28, 0, 0], legend: { show: false }, ms: 1,
      cursor: { sync: { key: CROSSHAIR }, points: { size: 6 }, drag: { x: false, y: false }, y: false },
      scales: { x: { time: true, range: () => this.#span() }, y: { range: (/** @type {any} */ _, /** @type {number | null} */ low, /** @type {number | null} */ high) => this.#range(low, high) } },
      axes: [
        { ...axis, grid: { show: false }, space: 96, size: 28, values: (/** @type {any} */ _, /** @type {number[]} */ ticks) => ticks.map((tick) => model.clockIn(tick, /** @type {any} */ (this.#shown).widget.window)) },
        { ...axis, grid: { stroke: line, width: 1 }, space: 36, size: 44, values: (/** @type {any} */ _, /** @type {number[]} */ ticks) => ticks.map((tick) => model.number(tick)) },
      ],
      series: [{}, ...names.map((name, index) => this.#line(name, this.#colour(name, index)))],
      hooks: { drawAxes: [(/** @type {any} */ plot) => this.#limits(plot)] },
    }, this.#data(names), this.#place);
    this.#plot.warnInk = resolved(this.element, 'var(--warn)');
    this.#plot.badInk = resolved(this.element, 'var(--bad)');
    this.#plot.redraw();
  }

  /** A point that has no other to be joined to is a dot. @param {string} label @param {string} ink */
  #line(label, ink) {
    const filter = (/** @type {any} */ plot, /** @type {number} */ series) => model.lone(plot.data[series]);
    return { label, stroke: ink, width: 2, points: { show: false, size: 6, fill: ink, filter } };
  }

  /** @param {string} name @param {number} index */
  #colour(name, index) {
    const hue = HUES[index] ?? hueOf(name);
    const probe = h('i', { hue });
    this.element.append(probe);
    const colour = resolved(probe, 'var(--person)');
    probe.remove();
    return colour;
  }

  /** Dashed lines, so that they are no readings. @param {any} plot */
  #limits(plot) {
    const { warn, bad } = /** @type {{widget: model.Widget}} */ (this.#shown).widget;
    const { ctx, bbox } = plot;
    for (const [limit, ink] of [[warn, plot.warnInk], [bad, plot.badInk]]) {
      const y = limit === undefined ? undefined : Math.round(plot.valToPos(limit, 'y', true));
      if (y === undefined || ink === undefined || y < bbox.top || y > bbox.top + bbox.height) continue;
      ctx.save();
      ctx.strokeStyle = ink;
      ctx.lineWidth = devicePixelRatio;
      ctx.setLineDash(limit === bad ? [8 * devicePixelRatio, 4 * devicePixelRatio] : [2 * devicePixelRatio, 4 * devicePixelRatio]);
      ctx.beginPath();
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.stroke();
      ctx.restore();
    }
  }

  #span() {
    const { widget } = /** @type {{widget: model.Widget}} */ (this.#shown);
    return [Date.now() - widget.window * 1000, Date.now()];
  }

  /** @param {number | null} low @param {number | null} high */
  #range(low, high) {
    const { widget: { min, max }, latest } = /** @type {{widget: model.Widget, latest: model.Readings}} */ (this.#shown);
    const known = low === null || high === null ? Object.values(latest).map(({ value }) => value ?? 0) : [low, high]; // What has left the window says where it was.
    const from = min ?? Math.min(...known);
    const to = max ?? Math.max(...known);
    const room = to > from ? (to - from) * 0.08 : Math.abs(to) * 0.1 || 1;
    return [min ?? (from >= 0 && from - room < 0 ? 0 : from - room), max ?? to + room];
  }

  /** @param {string[]} names */
  #data(names) {
    const { widget, rings } = /** @type {{widget: model.Widget, rings: any}} */ (this.#shown);
    const series = model.points(rings, widget, Date.now());
    return model.aligned(names.map((name) => series.get(name) ?? []), model.pauseOf(widget));
  }

  /** The lines are named where they are, with what they have reached. @param {string[]} names */
  #describe(names) {
    const { widget, latest } = /** @type {{widget: model.Widget, latest: model.Readings}} */ (this.#shown);
    while (this.#legend.children.length > names.length) this.#legend.lastChild?.remove();
    names.forEach((name, index) => {
      const item = this.#legend.children[index] ?? this.#legend.appendChild(h('li', { hue: HUES[index] ?? hueOf(name) }, h('i', {}), h('span', {}), h('b', {})));
      write(item.children[1], name === model.UNNAMED ? '' : name);
      write(item.children[2], `${model.words(widget, latest[name])}${widget.unit ? ` ${widget.unit}` : ''}`);
    });
  }

  #box() {
    return { width: Math.max(40, this.#place.clientWidth), height: Math.max(40, this.#place.clientHeight) };
  }

  #resize() {
    const box = this.#box();
    if (this.#plot && (this.#plot.width !== box.width || this.#plot.height !== box.height)) this.#plot.setSize(box);
  }
}

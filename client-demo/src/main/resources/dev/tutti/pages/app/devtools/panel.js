import { attribute, h, iconButton, write } from '../dom.js';
import { Network } from './network.js';
import { Timeline, madeAt } from './timeline.js';

/** How many rows are drawn; more are kept. */
const SHOWN = 100;
/** The delays on offer, each way, in milliseconds. */
const DELAYS = [0, 50, 200, 1000, 3000];
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23' });

/** @param {number | undefined} millis */
const span = (millis) => (millis === undefined ? '' : millis < 10_000 ? `${Math.round(millis)} ms` : `${Math.round(millis / 1000)} s`);

/** What a room and its connection do, at the foot of the page. Draws once a frame. */
export class Panel {
  #scheduled = false;
  /** @type {WeakMap<import('./timeline.js').Row, any>} */
  #lines = new WeakMap();
  #was = '';
  /** @type {(() => void)[]} */
  #stops;
  timeline = new Timeline();

  /** @param {import('../../tutti.js').Connection} connection @param {import('../../tutti.js').Room} room @param {any[]} early traffic before this was here */
  constructor(connection, room, early) {
    this.connection = connection;
    this.room = room;
    this.network = new Network(connection);
    for (const traffic of early) this.timeline.heard(traffic);
    connection.on('traffic', (traffic) => (this.timeline.heard(traffic), this.#later()));
    connection.on('status', () => (this.#passes(), this.#later()));
    this.#stops = this.#hear(room);
    this.#build();
    this.#passes();
    setInterval(() => this.draw(), 1000); // Ages grow by themselves.
    this.draw();
  }

  /** Turns to another room of the same connection. @param {import('../../tutti.js').Room} room */
  turn(room) {
    this.#stops.forEach((stop) => stop());
    this.room = room;
    this.#stops = this.#hear(room);
    this.draw();
  }

  /** @param {import('../../tutti.js').Room} room */
  #hear(room) {
    return ['change', 'members', 'role'].map((name) => room.on(/** @type {any} */ (name), () => this.#later()));
  }

  /** Notes when the connection comes and goes. */
  #passes() {
    const { state, reason } = this.connection.status;
    const now = state === 'saved' || state === 'saving' ? 'connected' : state;
    if (now !== this.#was) this.timeline.connection(now, Date.now(), reason);
    this.#was = now;
  }

  #build() {
    this.facts = h('dl', { class: 'facts' });
    this.pending = h('ol', { class: 'waiting', 'aria-label': 'Pending commands' });
    this.rows = h('ol', { class: 'rows', 'aria-label': 'Timeline, newest first', tabindex: '0' });
    this.delay = h('select', { class: 'field', on: { change: () => this.#delayed() } }, ...DELAYS.map((millis) => h('option', { value: millis }, millis === 0 ? 'none' : `${millis} ms`)));
    this.drop = h('button', { class: 'button', type: 'button', 'aria-pressed': 'false', title: 'Lose everything in both directions, without a word', on: { click: () => this.#dropped() } }, 'Drop');
    const cut = h('button', { class: 'button', type: 'button', title: 'Break the connection', on: { click: () => tapped(this, 'cut by hand', () => this.network.cut()) } }, 'Cut');
    const clear = h('button', { class: 'button quiet', type: 'button', on: { click: () => (this.timeline.clear(), this.draw()) } }, 'Clear');
    this.fold = iconButton('close', 'Fold the developer’s view', () => this.#folded());
    const tools = h('div', { class: 'hands', role: 'group', 'aria-label': 'The network' }, cut, this.drop, h('label', { class: 'delay' }, 'Delay', this.delay));
    this.element = h('section', { class: 'devtools', 'aria-label': 'Developer’s view' },
      h('header', {}, h('h2', {}, 'Developer’s view'), this.facts, tools, clear, this.fold),
      h('div', { class: 'parts' },
        h('div', { class: 'part' }, h('h3', {}, 'Timeline'), this.rows),
        h('div', { class: 'part beside' }, this.count = h('h3', {}, 'Pending'), this.pending)));
    document.head.append(h('link', { rel: 'stylesheet', href: new URL('../../css/devtools.css', import.meta.url).href }));
    document.body.append(this.element);
  }

  draw() {
    const { status } = this.connection;
    const trip = this.timeline.median;
    this.#fact('State', status.state);
    this.#fact('Seq', String(this.room.seq));
    this.#fact('Epoch', this.room.epoch ?? 'none');
    this.#fact('Round trip', trip === undefined ? 'none yet' : `${span(status.roundTripMillis ?? trip)}, median ${span(trip)}`);
    if (this.element.classList.contains('folded')) return;
    this.#drawPending();
    const shown = this.timeline.rows.slice(-SHOWN).reverse().map((row) => this.#line(row));
    if (shown.length === 0) shown.push(h('li', { class: 'empty' }, 'Nothing has been said yet.'));
    // Only what differs is put anew, so that an opened line stays open and keeps the focus.
    const kept = new Set(shown);
    for (const line of [...this.rows.children]) if (!kept.has(line)) line.remove();
    shown.forEach((line, index) => {
      if (this.rows.children[index] !== line) this.rows.insertBefore(line, this.rows.children[index] ?? null);
    });
  }

  #drawPending() {
    const now = Date.now();
    const { pending } = this.room;
    write(this.count, pending.length === 0 ? 'Pending' : `Pending ${pending.length}`);
    this.pending.replaceChildren(...pending.map((order) => {
      const times = this.timeline.timesSent(order.key);
      const sent = times === 0 ? 'not sent' : times === 1 ? 'sent' : `sent ${times} times`;
      return h('li', { title: JSON.stringify(order.args) }, h('b', {}, order.name), h('span', { class: 'quiet' }, `${sent}, ${span(now - madeAt(order.key, now))} old`));
    }));
    if (pending.length === 0) this.pending.append(h('li', { class: 'empty' }, 'All is confirmed.'));
  }

  /** @param {import('./timeline.js').Row} row */
  #line(row) {
    const known = this.#lines.get(row) ?? line(row);
    this.#lines.set(row, known);
    const words = { done: 'confirmed', waiting: 'waiting', refused: `refused: ${row.code}` };
    const state = row.state ? words[row.state] : row.kind === 'event' ? `by ${row.by}` : '';
    attribute(known, 'data-state', row.state ?? row.kind);
    write(known.querySelector('.state'), (row.sent ?? 1) > 1 ? `${state}, sent ${row.sent} times` : state);
    write(known.querySelector('.seq'), row.seq === undefined ? '' : String(row.seq));
    write(known.querySelector('.millis'), row.kind === 'event' && row.millis !== undefined ? `${span(row.millis)} old` : span(row.millis));
    return known;
  }

  /** @param {string} name @param {string} value */
  #fact(name, value) {
    let fact = this.facts.querySelector(`[data-name="${name}"]`);
    if (!fact) this.facts.append(h('div', {}, h('dt', {}, name), (fact = h('dd', { 'data-name': name }))));
    write(fact, value);
    attribute(fact, 'title', value); // Where there is little room it is cut off.
  }

  #delayed() {
    this.network.delayMillis = Number(this.delay.value);
    this.timeline.connection(`delay ${this.delay.value} ms by hand`, Date.now());
    this.draw();
  }

  #dropped() {
    const on = !this.network.dropping;
    tapped(this, on ? 'dropping by hand' : 'no longer dropping', () => (this.network.dropping = on));
    attribute(this.drop, 'aria-pressed', String(on));
    write(this.drop, on ? 'Dropping' : 'Drop');
  }

  #folded() {
    const folded = this.element.classList.toggle('folded');
    const words = folded ? 'Unfold the developer’s view' : 'Fold the developer’s view';
    attribute(this.fold, 'aria-label', words);
    attribute(this.fold, 'title', words);
    attribute(this.fold, 'aria-expanded', String(!folded));
    this.draw();
  }

  #later() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame(() => {
      this.#scheduled = false;
      this.draw();
    });
  }
}

/** Said before it is done, so that the timeline has it in this order. @param {Panel} panel @param {string} words @param {() => void} act */
function tapped(panel, words, act) {
  panel.timeline.connection(words, Date.now());
  act();
  panel.draw();
}

/** A line that opens to the whole message. @param {import('./timeline.js').Row} row */
function line(row) {
  const said = h('pre', { tabindex: '0' });
  const kinds = { command: 'mine', event: 'theirs', connection: 'line' };
  const summary = h('summary', {},
    h('time', {}, clock.format(row.at)), h('span', { class: 'kind' }, kinds[row.kind]), h('b', {}, row.name),
    h('span', { class: 'state' }), h('span', { class: 'seq' }), h('span', { class: 'millis' }));
  const details = h('details', { on: { toggle: () => write(said, JSON.stringify(row.detail ?? row.name, null, 2)) } }, summary, said);
  return h('li', {}, details);
}

import { attribute, colour, h, write } from '../dom.js';
import { hueOf } from '../people.js';
import { exactly } from '../times.js';
import { bodyOf } from './bodies.js';
import * as model from './model.js';
import { sign } from './shapes.js';

/** One widget on the page. It is drawn only where what it shows has changed. */
export class Tile {
  #title = h('h2', { class: 'title' });
  #sign = h('span', { class: 'signal' });
  #age = h('p', { class: 'age' });
  #tag = h('span', { class: 'by', hidden: true });
  /** @type {model.Widget} */
  widget;
  /** @type {import('./bodies.js').Body} */
  #body;
  /** @type {model.Readings | undefined} */
  #latest;
  /** @type {any} */
  #rings;
  /** Milliseconds since 1970. @type {number | undefined} */
  #updated;

  /** @param {string} id @param {model.Widget} widget */
  constructor(id, widget) {
    this.id = id;
    this.widget = widget;
    this.#body = bodyOf(widget.kind);
    this.grip = h('span', { class: 'grip', 'aria-hidden': 'true' });
    this.more = h('button', { class: 'icon more', type: 'button', 'aria-haspopup': 'menu', 'data-widget': id },
      h('span', { 'aria-hidden': 'true' }, '⋯'));
    this.head = h('header', {}, this.#sign, this.#title, this.#tag, this.more);
    this.element = h('article', { class: 'tile', tabindex: '0', 'data-widget': id, 'data-kind': widget.kind, 'aria-describedby': 'how-to-lay-out' },
      this.head, h('div', { class: 'body' }, this.#body.element), this.#age, this.grip);
  }

  /** @param {model.Widget} widget @param {model.Readings} latest @param {any} rings */
  draw(widget, latest, rings) {
    const same = this.widget === widget && this.#latest === latest && this.#rings === rings;
    if (same && this.#latest !== undefined) return;
    this.widget = widget;
    this.#latest = latest;
    this.#rings = rings;
    this.#updated = model.updated(latest);
    write(this.#title, widget.title);
    attribute(this.more, 'aria-label', `Menu of ${widget.title}`);
    attribute(this.element, 'aria-label', widget.title);
    this.#state(widget.kind === 'table' || widget.kind === 'status' ? undefined : model.worst(widget, latest));
    attribute(this.element, 'data-state', model.worst(widget, latest));
    this.#body.draw({ widget, latest, rings });
    this.#tell();
  }

  /** Time has passed. */
  tick() {
    this.#tell();
    if (this.#latest) this.#body.tick?.();
  }

  restyle() {
    this.#body.restyle?.();
  }

  /** @param {model.Box} box */
  place({ x, y, w, h: high }) {
    for (const [name, value] of [['--x', x + 1], ['--y', y + 1], ['--w', w], ['--h', high]]) {
      if (this.element.style.getPropertyValue(String(name)) !== String(value)) this.element.style.setProperty(String(name), String(value));
    }
  }

  /** Somebody else has it in their hands. @param {{id: string, name: string} | undefined} user */
  heldBy(user) {
    this.#tag.hidden = !user;
    this.element.classList.toggle('theirs', Boolean(user));
    if (!user) return;
    colour(this.element, hueOf(user.id));
    write(this.#tag, user.name);
  }

  /** Somebody has just changed it. @param {string} user */
  touch(user) {
    colour(this.element, hueOf(user));
    this.element.classList.remove('touched');
    void this.element.offsetWidth; // The animation begins anew.
    this.element.classList.add('touched');
  }

  remove() {
    this.#body.destroy?.();
    this.element.remove();
  }

  /** @param {model.State | undefined} state */
  #state(state) {
    const shown = state === 'good' ? undefined : state;
    if ((this.#sign.dataset.state ?? '') === (shown ?? '')) return;
    this.#sign.dataset.state = shown ?? '';
    this.#sign.replaceChildren(...(shown ? [sign(shown)] : []));
  }

  #tell() {
    if (this.widget.kind === 'text') return;
    const since = this.#updated === undefined ? undefined : Date.now() - this.#updated;
    const stale = since !== undefined && since > this.widget.stale * 1000;
    attribute(this.element, 'data-stale', stale);
    attribute(this.element, 'data-empty', since === undefined);
    if (since === undefined) write(this.#age, 'No reading yet');
    else if (stale) write(this.#age, `Stale since ${model.clock(/** @type {number} */ (this.#updated))}`);
    else write(this.#age, `Updated ${model.age(since)} ago`);
    attribute(this.#age, 'title', this.#updated === undefined ? undefined : exactly(new Date(this.#updated).toISOString()));
  }
}

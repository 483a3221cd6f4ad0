import { h } from '../dom.js';
import { sheet, sheetHead } from '../sheet.js';

/** @type {[string, string][]} */
const KINDS = [['number', 'Number'], ['gauge', 'Gauge'], ['line', 'Line chart'], ['table', 'Table'], ['status', 'Status'], ['text', 'Text']];
/** Seconds, and how they are said. @type {[number, string][]} */
const WINDOWS = [[60, '1 minute'], [600, '10 minutes'], [3_600, '1 hour'], [21_600, '6 hours'], [86_400, '1 day'], [604_800, '7 days']];

const WORDS = ['title', 'unit', 'text'];
const SAID = [...WORDS, 'decimals', 'window', 'stale'];

/** @typedef {import('./model.js').Widget} Widget */
/** @typedef {(name: string, args: Record<string, any>) => void} Send */

/** Asks for all that is said of a widget; what has changed is sent, and nothing else. */
export class WidgetSheet {
  /** @param {string} room @param {Send} send @param {(id: string | null) => void} editing */
  constructor(room, send, editing) {
    this.room = room;
    this.send = send;
    this.editing = editing;
  }

  add() {
    this.#open('Add a widget', undefined, (form) => {
      const id = form.id.toLowerCase().replace(/[^a-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 64);
      this.send('widget.add', { widget: id || undefined, ...plain({ kind: form.kind, title: form.title, unit: form.unit, decimals: form.decimals, text: form.text, window: form.window, stale: form.stale, min: form.min, max: form.max, warn: form.warn, bad: form.bad }) });
    });
  }

  /** @param {string} id @param {Widget} widget */
  edit(id, widget) {
    this.editing(id);
    this.#open(widget.title, { id, widget }, (form) => {
      const said = SAID.filter((field) => field in form).map((field) => [field, form[field] ?? (WORDS.includes(field) ? '' : undefined)])
        .filter(([field, value]) => value !== undefined && value !== (/** @type {any} */ (widget)[/** @type {string} */ (field)] ?? ''));
      if (said.length > 0) this.send('widget.edit', { widget: id, ...Object.fromEntries(said) });
      if ('min' in form && (form.min !== widget.min || form.max !== widget.max)) this.send('widget.scale', { widget: id, ...plain({ min: form.min, max: form.max }) });
      if ('warn' in form && (form.warn !== widget.warn || form.bad !== widget.bad)) this.send('widget.threshold', { widget: id, ...plain({ warn: form.warn, bad: form.bad }) });
    }, () => this.editing(null));
  }

  /**
   * @param {string} title @param {{id: string, widget: Widget} | undefined} known
   * @param {(form: Record<string, any>) => void} done @param {() => void} [closed]
   */
  #open(title, known, done, closed) {
    const dialog = sheet(title, 'widget');
    const widget = known?.widget;
    const kind = h('select', { class: 'field', name: 'kind', disabled: Boolean(widget) }, ...KINDS.map(([value, words]) => h('option', { value, selected: value === widget?.kind }, words)));
    /** @type {[number, string][]} */
    const windows = WINDOWS.some(([seconds]) => seconds === (widget?.window ?? 3_600)) ? WINDOWS : [...WINDOWS, [widget?.window ?? 0, `${widget?.window} s`]];
    const form = h('form', { class: 'form' },
      field('Kind', kind),
      field('Title', input('title', { required: true, maxlength: 100, value: widget?.title })),
      known ? false : field('Id, for what feeds it', input('id', { maxlength: 64, placeholder: 'made for you' })),
      field('Text', h('textarea', { class: 'field', name: 'text', rows: '4', maxlength: 2000 }, widget?.text ?? ''), 'text'),
      field('Unit', input('unit', { maxlength: 20, value: widget?.unit }), 'number gauge line table status'),
      field('Decimals', numeric('decimals', widget?.decimals, { min: 0, max: 6, step: 1, placeholder: 'as they come' }), 'number gauge line table'),
      field('Shows the last', h('select', { class: 'field', name: 'window' }, ...windows.map(([seconds, words]) => h('option', { value: seconds, selected: seconds === (widget?.window ?? 3_600) }, words))), 'number line'),
      field('Stale after (s)', numeric('stale', widget?.stale ?? 60, { min: 2, max: 2_592_000, step: 1, required: true }), 'number gauge line table status'),
      field('Scale from', numeric('min', widget?.min, { placeholder: 'by the readings' }), 'gauge line'),
      field('Scale to', numeric('max', widget?.max, { placeholder: 'by the readings' }), 'gauge line'),
      field('Warning at', numeric('warn', widget?.warn, { placeholder: 'never' }), 'number gauge line table status'),
      field('Bad at', numeric('bad', widget?.bad, { placeholder: 'never' }), 'number gauge line table status'),
      known && widget?.kind !== 'text' ? this.#feed(known.id, /** @type {Widget} */ (widget)) : false,
      h('footer', {}, h('button', { class: 'button quiet', type: 'button', on: { click: () => dialog.close() } }, 'Cancel'), h('button', { class: 'button primary', type: 'submit' }, known ? 'Save' : 'Add')));
    const show = () => form.querySelectorAll('[data-for]').forEach((/** @type {HTMLElement} */ part) => (part.hidden = !part.dataset.for?.split(' ').includes(kind.value)));
    kind.addEventListener('change', show);
    show();
    form.addEventListener('submit', (/** @type {Event} */ event) => {
      event.preventDefault();
      done({ ...read(form), kind: kind.value });
      dialog.close();
    });
    dialog.append(sheetHead(known ? 'Edit the widget' : title, dialog), form);
    dialog.addEventListener('close', () => (dialog.remove(), closed?.()));
    dialog.showModal();
    (known ? form.elements.namedItem('title') : kind).focus();
  }

  /** One line that feeds it. @param {string} id @param {Widget} widget */
  #feed(id, widget) {
    const reading = { widget: id, ...(widget.kind === 'line' || widget.kind === 'table' ? { series: 'one' } : {}), value: 42 };
    const line = `curl -H "Authorization: Bearer $TOKEN" --json '${JSON.stringify(reading)}' ${location.origin}/v1/rooms/${this.room}/values`;
    return h('details', {}, h('summary', {}, 'Feed it'), h('p', { class: 'said' }, 'Its token is made by ./tutti token, for this dashboard alone.'), h('code', { tabindex: '0' }, line));
  }
}

/** @param {string} label @param {HTMLElement} control @param {string} [kinds] */
const field = (label, control, kinds) => h('label', { class: 'pair', 'data-for': kinds }, h('span', {}, label), control);

/** @param {string} name @param {Record<string, any>} attributes */
const input = (name, attributes) => h('input', { class: 'field', name, autocomplete: 'off', ...attributes });

/** @param {string} name @param {number | undefined} value @param {Record<string, any>} attributes */
const numeric = (name, value, attributes) => input(name, { type: 'number', step: 'any', inputmode: 'decimal', value, ...attributes });

/** What stands in the form, of what is for this kind; what is empty is undefined. @param {HTMLFormElement} form */
function read(form) {
  /** @type {Record<string, any>} */
  const values = {};
  for (const control of form.querySelectorAll('[name]')) {
    const { name, value, type } = /** @type {HTMLInputElement} */ (control);
    if (control.closest('[hidden]')) continue; // Not for this kind.
    const number = type === 'number' || name === 'window';
    values[name] = value.trim() === '' ? undefined : number ? Number(value) : value.trim();
  }
  return values;
}

/** Without what is undefined. @param {Record<string, any>} values */
const plain = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

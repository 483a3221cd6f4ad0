/**
 * An element. Texts become text nodes, never markup; `on` holds listeners; `hue` colours it.
 *
 * @param {string} tag
 * @param {Record<string, any>} [props] attributes; false, null and undefined are left out
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {any}
 */
export function h(tag, { on = {}, hue, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) attribute(element, name, value);
  for (const [name, listener] of Object.entries(on)) element.addEventListener(name, listener);
  if (hue !== undefined) colour(element, hue);
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** @param {Element} element @param {string} name @param {any} value */
export function attribute(element, name, value) {
  if (value === false || value === null || value === undefined) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value === true ? '' : value)) {
    element.setAttribute(name, value === true ? '' : value);
  }
}

/** Only where it differs, like {@link write}. @param {HTMLElement} element @param {number} hue in degrees */
export function colour(element, hue) {
  if (element.style.getPropertyValue('--hue') === String(hue)) return;
  element.classList.add('hued');
  element.style.setProperty('--hue', String(hue));
}

/** Sets text only where it differs, so that nothing is laid out for nothing. @param {Node} node @param {string} text */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

const SVG = 'http://www.w3.org/2000/svg';
/** Sixteen-pixel line drawings. @type {Record<string, string>} */
const PATHS = {
  plus: 'M8 3v10M3 8h10',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  close: 'M4 4l8 8M12 4l-8 8',
  text: 'M3 4.5h10M3 8h10M3 11.5h6',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M8 5v3.2l2 1.3',
  check: 'M3 8.5l3.2 3L13 4.5',
  comment: 'M2.5 4.5a1.5 1.5 0 0 1 1.5-1.5h8a1.5 1.5 0 0 1 1.5 1.5v5A1.5 1.5 0 0 1 12 11H7l-3 2.5V11a1.5 1.5 0 0 1-1.5-1.5z',
  archive: 'M2.5 3h11v3h-11zM3.5 6v7h9V6M6.5 8.5h3',
  theme: 'M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11',
  help: 'M6 6.2A2 2 0 1 1 8.6 8c-.5.2-.6.6-.6 1.2M8 11.8h.01M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13',
  full: 'M8 2.5l6 10.5H2zM8 6.5v3M8 11.3h.01',
  trash: 'M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.5 9h6l.5-9',
  back: 'M9.5 3.5L5 8l4.5 4.5',
  smile: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M5.5 9.5s.8 1.5 2.5 1.5 2.5-1.5 2.5-1.5M6 6.3h.01M10 6.3h.01',
  bell: 'M4 11V7.5a4 4 0 0 1 8 0V11l1 1.5H3zM6.8 14h2.4',
  pin: 'M6 2.5h4l-.5 4 2 2.5h-7l2-2.5zM8 9v4.5',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9M10.5 10.5L14 14',
};

/** @param {string} name @returns {SVGElement} */
export function glyph(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', `glyph ${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

/** A button that is only a drawing. @param {string} name @param {string} label @param {(event: any) => void} click */
export function iconButton(name, label, click) {
  return h('button', { class: 'icon', type: 'button', 'aria-label': label, title: label, on: { click } }, glyph(name));
}

import { settle, within } from './layout.js';
import { COLUMNS, widgets } from './model.js';

/** What a command will probably do, shown until the server has spoken. @type {Record<string, import('../../tutti/types.js').Predict>} */
export const predictions = {
  'dashboard.rename': (_, { title }) => ({ dashboard: { info: { title } } }),
  'widget.move': (document, { widget, x, y }) => placed(document, widget, (was) => within({ ...was, x, y })),
  'widget.resize': (document, { widget, w, h }) => placed(document, widget, (was) => ({ ...was, w: Math.min(w, COLUMNS - was.x), h })),
  'widget.remove': (document, { widget }) => (document.widgets?.[widget] ? { widgets: { [widget]: null } } : {}),
  'widget.edit': (document, { widget, ...said }) => (document.widgets?.[widget] ? { widgets: { [widget]: said } } : {}),
};

/** @param {any} document @param {string} id @param {(was: import('./model.js').Box) => import('./model.js').Box} to */
function placed(document, id, to) {
  const all = widgets(document);
  const widget = all.get(id);
  if (!widget) return {};
  const boxes = new Map([...all].map(([other, { x, y, w, h }]) => [other, { x, y, w, h }]));
  return { widgets: Object.fromEntries(settle(boxes, id, to(/** @type {any} */ (boxes.get(id))))) };
}

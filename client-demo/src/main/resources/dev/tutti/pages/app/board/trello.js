/** Trello's label colours as hues, in degrees; shades (`green_dark`) count as their colour. @type {Record<string, number>} */
const HUES = { green: 150, yellow: 90, orange: 60, red: 25, purple: 300, blue: 250, sky: 220, lime: 125, pink: 350, black: 270 };
/** The most characters that the board's fields take. */
const MOST = { title: 500, description: 20_000, comment: 5_000, item: 5_000, label: 40, name: 100 };
const MOST_COLUMNS = 50;
const MOST_ITEMS = 100;

/** @param {any} text @param {number} most */
const cut = (text, most) => Array.from(String(text ?? '').trim()).slice(0, most).join('');
/** @param {{pos?: number}} a @param {{pos?: number}} b */
const byPlace = (a, b) => (a.pos ?? 0) - (b.pos ?? 0);
/** @param {any} value @returns {any[]} */
const list = (value) => (Array.isArray(value) ? value : []);

/** Whether a file's content is what Trello exports. @param {any} json */
export const isTrello = (json) => Array.isArray(json?.lists) && Array.isArray(json?.cards);

/**
 * The commands that make a board of a Trello export, in order. Their ids are Trello's, so that an
 * import that broke off can be done again: what is there is refused and stays. Comments come from
 * whoever imports, so they begin with who wrote them and when. Closed lists and cards are archived.
 *
 * @param {any} json
 * @returns {{title: string, commands: [string, Record<string, any>][], left: string[]}} `left` says what does not fit
 */
export function fromTrello(json) {
  const title = cut(json.name, MOST.title) || 'Imported board';
  const all = list(json.lists).toSorted(byPlace);
  const lists = all.slice(0, MOST_COLUMNS);
  const left = all.length > MOST_COLUMNS ? [`${all.length - MOST_COLUMNS} lists, with their cards`] : [];
  /** @type {[string, Record<string, any>][]} */
  const commands = [['board.rename', { title }]];
  for (const { id, name } of lists) commands.push(['column.add', { column: id, title: cut(name, MOST.title) || 'List' }]);
  const here = new Map(lists.map((one) => [one.id, one]));
  for (const card of list(json.cards).toSorted(byPlace)) {
    const column = here.get(card.idList);
    if (column) commands.push(...cardCommands(card, json, Boolean(card.closed || column.closed)));
  }
  for (const { id, closed } of lists) if (closed) commands.push(['column.delete', { column: id }]);
  const attachments = list(json.cards).reduce((count, card) => count + list(card.attachments).length, 0);
  if (attachments > 0) left.push(`${attachments} attachments`);
  return { title, commands, left };
}

/** @param {any} card @param {any} json @param {boolean} archived @returns {[string, Record<string, any>][]} */
function cardCommands(card, json, archived) {
  const ticket = card.id;
  /** @type {[string, Record<string, any>][]} */
  const commands = [['ticket.add', { ticket, column: card.idList, title: cut(card.name, MOST.title) || 'Card' }]];
  const description = cut(card.desc, MOST.description);
  if (description !== '') commands.push(['ticket.edit', { ticket, description }]);
  for (const { name, color } of list(card.labels)) {
    commands.push(['ticket.label', { ticket, label: cut(name || color, MOST.label) || 'label', hue: HUES[String(color).split('_')[0]] ?? 250 }]);
  }
  if (/^\d{4}-\d\d-\d\d/.test(card.due ?? '')) commands.push(['ticket.due', { ticket, date: card.due.slice(0, 10) }]);
  for (const id of list(card.idMembers)) {
    const member = list(json.members).find((one) => one.id === id);
    if (member) commands.push(['ticket.assign', { ticket, user: `trello:${member.username ?? id}`, name: cut(member.fullName || member.username, MOST.name) }]);
  }
  commands.push(...checks(card, json), ...comments(card, json));
  if (archived) commands.push(['ticket.archive', { ticket }]);
  return commands;
}

/** @param {any} card @param {any} json @returns {[string, Record<string, any>][]} */
function checks(card, json) {
  const lists = list(json.checklists).filter(({ idCard }) => idCard === card.id).toSorted(byPlace);
  const items = lists.flatMap(({ checkItems }) => list(checkItems).toSorted(byPlace)).slice(0, MOST_ITEMS);
  return items.flatMap(({ id, name, state }) => {
    /** @type {[string, Record<string, any>][]} */
    const commands = [['ticket.check.add', { ticket: card.id, item: id, text: cut(name, MOST.item) || 'Item' }]];
    if (state === 'complete') commands.push(['ticket.check.set', { ticket: card.id, item: id, done: true }]);
    return commands;
  });
}

/** @param {any} card @param {any} json @returns {[string, Record<string, any>][]} */
function comments(card, json) {
  const said = list(json.actions).filter(({ type, data }) => type === 'commentCard' && data?.card?.id === card.id);
  return said.toSorted((a, b) => (a.date < b.date ? -1 : 1)).map(({ id, data, date, memberCreator }) => {
    const text = `${memberCreator?.fullName ?? 'Someone'}, ${String(date).slice(0, 10)}: ${data.text ?? ''}`;
    return ['comment.add', { ticket: card.id, comment: id, text: cut(text, MOST.comment) }];
  });
}

/** Trello's label colours as hues, in degrees; shades (`green_dark`) count as their colour. @type {Record<string, number>} */
const HUES = { green: 150, yellow: 90, orange: 60, red: 25, purple: 300, blue: 250, sky: 220, lime: 125, pink: 350, black: 270 };
/** The most characters that the board's fields take, and of how many things there is room. */
const MOST = { title: 500, description: 20_000, text: 5_000, label: 40, name: 100, user: 100 };
const ROOM = { columns: 50, tickets: 10_000, inColumn: 2_000, labels: 20, assignees: 20, items: 100, comments: 20_000, ofTicket: 500 };
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ID = /^(?!constructor$|prototype$|__proto__$)[A-Za-z0-9_-]{1,64}$/;

/** @param {any} value @returns {any[]} */
const list = (value) => (Array.isArray(value) ? value.filter((one) => typeof one === 'object' && one !== null) : []);
/** @param {any} a @param {any} b */
const byPlace = (a, b) => (a.pos ?? 0) - (b.pos ?? 0);
/** @param {any} text @param {number} most */
const cut = (text, most) => String(text ?? '').replace(/\p{Cs}|(?![\n\r\t])\p{Cc}/gu, '').trim().slice(0, most).replace(/[\ud800-\udbff]$/, '');
/** @param {any} text @param {number} most */
const line = (text, most) => cut(String(text ?? '').replace(/\s+/gu, ' '), most);
/** Ranks count from low to high, with room between them. @param {number} index */
const rank = (index) => {
  const count = (index + 1) * 20;
  return [3844, 62, 1].map((digit) => DIGITS[Math.floor(count / digit) % 62]).join('').replace(/0+$/, '');
};

/** Whether a file's content is what Trello exports. @param {any} json */
export const isTrello = (json) => Array.isArray(json?.lists) && Array.isArray(json?.cards);

/**
 * A board exported by Trello as one exported here: events that lead to its document, by those who did
 * it there, at those times. So it is imported like every file, all or nothing, and marked as such.
 *
 * @param {any} json @param {{now: string, newKey(): string}} around an instant, and UUIDs
 * @returns {{title: string, file: any, left: string[]}} `left` says what does not fit
 */
export function fromTrello(json, around) {
  return new Conversion(json, around).whole();
}

class Conversion {
  /** @type {{name: string, by: string, at: string, patch: any}[]} */
  #events = [];
  /** What was left out, and how often. @type {Map<string, number>} */
  #left = new Map();
  #document = /** @type {any} */ ({ board: {}, columns: {}, tickets: {}, comments: {} });

  /** @param {any} json @param {{now: string, newKey(): string}} around */
  constructor(json, around) {
    this.json = json;
    this.around = around;
    this.members = new Map(list(json.members).map((one) => [one.id, one]));
    /** Who made a card, where the file goes back so far. @type {Map<string, any>} */
    this.makers = new Map(list(json.actions).filter(({ type }) => type === 'createCard').map(({ data, memberCreator }) => [data?.card?.id, memberCreator]));
  }

  whole() {
    const { json, around } = this;
    const title = line(json.name, MOST.title) || 'Imported board';
    this.#add('board.renamed', 'trello', this.#madeAt(json.id), { board: { info: { title } } });
    this.#lists();
    this.#comments();
    const first = this.#events.shift();
    const later = this.#events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    const events = [first, ...later].map((event, index) => ({ seq: index + 1, key: around.newKey(), ...event }));
    const document = Object.fromEntries(Object.entries(this.#document).filter(([, entities]) => Object.keys(entities).length > 0));
    const left = [...this.#left].map(([what, times]) => `${times} ${what}`);
    return { title, left, file: { format: 'tutti.room', version: 1, room: 'board:trello', at: around.now, seq: events.length, document, events } };
  }

  #lists() {
    const lists = this.#fit(list(this.json.lists).filter(({ id }) => ID.test(id)).toSorted(byPlace), ROOM.columns, 'lists, with their cards');
    const open = lists.filter(({ closed }) => !closed);
    open.forEach(({ id, name }, index) => this.#add('column.added', 'trello', this.#madeAt(id), { columns: { [id]: { title: line(name, MOST.title) || 'List', rank: rank(index) } } }));
    const cards = list(this.json.cards).filter(({ id }) => ID.test(id)).toSorted(byPlace);
    let room = ROOM.tickets;
    for (const { id, closed } of lists) {
      const here = this.#fit(cards.filter(({ idList }) => idList === id), Math.min(ROOM.inColumn, room), 'cards');
      room -= here.length;
      here.forEach((card, index) => this.#card(card, rank(index), Boolean(card.closed || closed)));
    }
  }

  /** @param {any} card @param {string} rank @param {boolean} closed what is closed there is archived here */
  #card(card, rank, closed) {
    const at = this.#madeAt(card.id);
    const by = this.#user(this.makers.get(card.id));
    const labels = this.#fit(list(card.labels), ROOM.labels, 'labels').map(({ name, color }) => [line(name || color, MOST.label) || 'label', HUES[String(color).split('_')[0]] ?? 250]);
    const people = this.#fit(list((card.idMembers ?? []).map?.((/** @type {string} */ id) => this.members.get(id))), ROOM.assignees, 'members of cards');
    const assignees = people.map((one) => [this.#user(one), this.#name(one)]);
    const items = this.#items(card);
    const description = this.#description(card);
    const due = /^\d{4}-\d\d-\d\d/.exec(card.due ?? '')?.[0];
    this.#add('ticket.added', by, at, { tickets: { [card.id]: {
      title: line(card.name, MOST.title) || 'Card', column: card.idList, rank, by, at,
      ...(description && { description }), ...(due && { due }),
      ...(labels.length > 0 && { labels: Object.fromEntries(labels) }),
      ...(assignees.length > 0 && { assignees: Object.fromEntries(assignees) }),
      ...(items.length > 0 && { checklist: Object.fromEntries(items) }),
      ...(closed && { archived: { at: this.#instant(card.dateLastActivity, at), by: 'trello' } }),
    } } });
  }

  /** With links to what was attached. @param {any} card */
  #description(card) {
    const links = list(card.attachments).filter(({ url }) => /^https?:\/\//.test(url)).map(({ name, url }) => `${line(name, MOST.name) || 'Attachment'}: ${line(url, 2_000)}`);
    const said = cut(card.desc, MOST.description);
    const whole = [said, links.join('\n')].filter(Boolean).join('\n\n');
    if (links.length > 0 && whole.length > MOST.description) this.#left.set('lists of attachments', (this.#left.get('lists of attachments') ?? 0) + 1);
    return whole.length > MOST.description ? said : whole;
  }

  /** @param {any} card @returns {[string, any][]} */
  #items(card) {
    const lists = list(this.json.checklists).filter(({ idCard }) => idCard === card.id).toSorted(byPlace);
    const items = lists.flatMap(({ checkItems }) => list(checkItems).filter(({ id }) => ID.test(id)).toSorted(byPlace));
    return this.#fit(items, ROOM.items, 'items of checklists').map(({ id, name, state }, index) => [id, { text: line(name, MOST.text) || 'Item', done: state === 'complete', rank: rank(index) }]);
  }

  #comments() {
    const { tickets } = this.#document;
    const all = list(this.json.actions).filter(({ id, type, data }) => type === 'commentCard' && ID.test(id) && Object.hasOwn(tickets, data?.card?.id) && cut(data.text, MOST.text) !== '');
    /** @type {Map<string, any[]>} */
    const byTicket = new Map();
    for (const one of all) byTicket.set(one.data.card.id, [...(byTicket.get(one.data.card.id) ?? []), one]);
    const fitting = [...byTicket.values()].flatMap((some) => this.#fit(some, ROOM.ofTicket, 'comments'));
    for (const { id, data, date, memberCreator } of this.#fit(fitting, ROOM.comments, 'comments')) {
      const by = this.#user(memberCreator);
      const at = this.#instant(date, this.#madeAt(id));
      this.#add('comment.added', by, at, { comments: { [id]: { ticket: data.card.id, text: cut(data.text, MOST.text), by, name: this.#name(memberCreator), at } } });
    }
  }

  /** @param {string} name @param {string} by @param {string} at @param {Record<string, any>} patch of whole entities */
  #add(name, by, at, patch) {
    for (const [collection, entities] of Object.entries(patch)) Object.assign(this.#document[collection], entities);
    this.#events.push({ name, by, at, patch });
  }

  /** @param {any[]} all @param {number} most @param {string} what */
  #fit(all, most, what) {
    if (all.length > most) this.#left.set(what, (this.#left.get(what) ?? 0) + all.length - most);
    return all.slice(0, most);
  }

  /** @param {any} member */
  #user(member) {
    return `trello:${String(member?.username ?? member?.id ?? 'someone').replace(/[\s\p{C}]/gu, '').slice(0, MOST.user) || 'someone'}`;
  }

  /** @param {any} member */
  #name(member) {
    return line(member?.fullName || member?.username, MOST.name) || 'Someone';
  }

  /** The first eight digits of Trello's ids are seconds since 1970. @param {any} id */
  #madeAt(id) {
    const seconds = /^[0-9a-f]{24}$/.test(id) ? Number.parseInt(id.slice(0, 8), 16) : 0;
    return seconds === 0 ? this.around.now : new Date(seconds * 1000).toISOString();
  }

  /** @param {any} text @param {string} otherwise */
  #instant(text, otherwise) {
    const at = typeof text === 'string' ? Date.parse(text) : NaN;
    return at >= 0 && at < 253_370_764_800_000 ? new Date(at).toISOString() : otherwise;
  }
}

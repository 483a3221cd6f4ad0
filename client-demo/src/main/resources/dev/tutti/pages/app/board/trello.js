/** Trello's label colours as hues, in degrees; shades (`green_dark`) count as their colour. @type {Record<string, number>} */
const HUES = { green: 150, yellow: 90, orange: 60, red: 25, purple: 300, blue: 250, sky: 220, lime: 125, pink: 350, black: 270 };
/** The most characters that the board's fields take, and of how many things there is room. */
const MOST = { title: 500, description: 20_000, text: 5_000, label: 40, name: 100, user: 100 };
const ROOM = { columns: 50, tickets: 10_000, inColumn: 2_000, labels: 20, assignees: 20, items: 100, comments: 20_000, ofTicket: 500 };
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ID = /^(?!constructor$|prototype$|__proto__$)[A-Za-z0-9_-]{1,64}$/;

/** What cannot be taken along, as it is told: of one, and of several. @type {Record<string, [string, string]>} */
const WORDS = {
  lists: ['list, with its cards', 'lists, with their cards'],
  cards: ['card', 'cards'],
  lost: ['card that is in no list', 'cards that are in no list'],
  labels: ['label', 'labels'],
  alike: ['label with the name of another', 'labels with the name of another'],
  members: ['member of a card', 'members of cards'],
  items: ['item of a checklist', 'items of checklists'],
  comments: ['comment', 'comments'],
  missing: ['comment that Trello left out of the file', 'comments that Trello left out of the file'],
  ids: ['thing without a usable id', 'things without a usable id'],
  ends: ['end of a text that is too long', 'ends of texts that are too long'],
  hours: ['hour of a due date, of which the day is kept', 'hours of due dates, of which the day is kept'],
  done: ['due date that was done', 'due dates that were done'],
  attachments: ['attachment that is no link', 'attachments that are no links'],
  notes: ['list of attachments and fields', 'lists of attachments and fields'],
  covers: ['cover', 'covers'],
  stickers: ['sticker', 'stickers'],
  votes: ['vote', 'votes'],
  places: ['place on a map', 'places on a map'],
};

/** @param {any} value @returns {any[]} */
const list = (value) => (Array.isArray(value) ? value.filter((one) => typeof one === 'object' && one !== null) : []);
/** @param {any} a @param {any} b */
const byPlace = (a, b) => (a.pos ?? 0) - (b.pos ?? 0);
/** @param {any} text @param {number} most */
const cut = (text, most) => String(text ?? '').replace(/\p{Cs}|(?![\n\r\t])\p{Cc}/gu, '').trim().slice(0, most).replace(/[\ud800-\udbff]$/, '');
/** @param {any} text @param {number} most */
const line = (text, most) => cut(String(text ?? '').replace(/\s+/gu, ' '), most);
/** The day of an instant where somebody is; Trello shows it there too. @param {any} at @param {string} [timeZone] */
const dayOf = (at, timeZone) => {
  const millis = typeof at === 'string' && /^\d{4}-\d\d-\d\d/.test(at) ? Date.parse(at) : NaN;
  return millis >= 0 && millis < 253_370_764_800_000 ? new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(millis) : undefined;
};
/** Ranks count from low to high, with room between them. @param {number} index */
const rank = (index) => {
  const count = (index + 1) * 20;
  return [3844, 62, 1].map((digit) => DIGITS[Math.floor(count / digit) % 62]).join('').replace(/0+$/, '');
};

/** Whether a file's content is what Trello exports. @param {any} json */
export const isTrello = (json) => Array.isArray(json?.lists) && Array.isArray(json?.cards);

/** @typedef {{now: string, newKey(): string, timeZone?: string}} Around an instant, UUIDs, and where the reader is: here, unless said */

/**
 * A board exported by Trello as one exported here: events that lead to its document, by those who did
 * it there, at those times. So it is imported like every file, all or nothing, and marked as such.
 *
 * @param {any} json @param {Around} around
 * @returns {{title: string, file: any, left: string[]}} `left` says what does not fit
 */
export function fromTrello(json, around) {
  return new Conversion(json, around).whole();
}

/** Only what holds something. @param {Record<string, object>} fields */
const some = (fields) => Object.fromEntries(Object.entries(fields).filter(([, held]) => Object.keys(held).length > 0));

class Conversion {
  /** @type {{name: string, by: string, at: string, patch: any}[]} */
  #events = [];
  /** What was left out, and how often. @type {Map<string, number>} */
  #left = new Map();
  #document = /** @type {any} */ ({ board: {}, columns: {}, tickets: {}, comments: {} });

  /** @param {any} json @param {Around} around */
  constructor(json, around) {
    this.json = json;
    this.around = around;
    this.members = new Map(list(json.members).map((one) => [one.id, one]));
    this.fields = new Map(list(json.customFields).map((one) => [one.id, one]));
    /** Who made a card, where the file goes back so far. @type {Map<string, any>} */
    this.makers = new Map(list(json.actions).filter(({ type }) => type === 'createCard').map(({ data, memberCreator }) => [data?.card?.id, memberCreator]));
  }

  whole() {
    const { json, around } = this;
    const title = this.#line(json.name, MOST.title) || 'Imported board';
    this.#add('board.renamed', 'trello', this.#madeAt(json.id), { board: { info: { title } } });
    this.#lists();
    this.#comments();
    const first = this.#events.shift();
    const later = this.#events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    const events = [first, ...later].map((event, index) => ({ seq: index + 1, key: around.newKey(), ...event }));
    const document = Object.fromEntries(Object.entries(this.#document).filter(([, entities]) => Object.keys(entities).length > 0));
    const left = [...this.#left].map(([what, times]) => `${times} ${WORDS[what][times === 1 ? 0 : 1]}`);
    return { title, left, file: { format: 'tutti.room', version: 1, room: 'board:trello', at: around.now, seq: events.length, document, events } };
  }

  #lists() {
    const lists = this.#fit(this.#usable(this.json.lists).toSorted(byPlace), ROOM.columns, 'lists');
    const open = lists.filter(({ closed }) => !closed);
    open.forEach(({ id, name }, index) => this.#add('column.added', 'trello', this.#madeAt(id), { columns: { [id]: { title: this.#line(name, MOST.title) || 'List', rank: rank(index) } } }));
    const cards = this.#usable(this.json.cards).toSorted(byPlace);
    const known = new Set(list(this.json.lists).map(({ id }) => id));
    this.#leave('lost', cards.filter(({ idList }) => !known.has(idList)).length);
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
    const people = this.#fit(list((card.idMembers ?? []).map?.((/** @type {string} */ id) => this.members.get(id))), ROOM.assignees, 'members');
    const assignees = Object.fromEntries(people.map((one) => [this.#user(one), this.#name(one)]));
    const labels = this.#labels(card);
    const checklist = Object.fromEntries(this.#items(card));
    const description = this.#description(card);
    const due = this.#due(card);
    this.#leave('covers', Number(Boolean(card.cover && (card.cover.color || card.cover.idAttachment || card.cover.idUploadedBackground))));
    this.#leave('stickers', list(card.stickers).length);
    this.#leave('votes', card.idMembersVoted?.length);
    this.#leave('places', Number(Boolean(card.coordinates || card.locationName)));
    this.#add('ticket.added', by, at, { tickets: { [card.id]: {
      title: this.#line(card.name, MOST.title) || 'Card', column: card.idList, rank, by, at,
      ...(description && { description }), ...(due && { due }),
      ...some({ labels, assignees, checklist }),
      ...(closed && { archived: { at: this.#instant(card.dateLastActivity, at), by: 'trello' } }),
    } } });
  }

  /** @param {any} card @returns {Record<string, number>} */
  #labels(card) {
    const all = list(card.labels);
    const labels = new Map(all.map(({ name, color }) => [this.#line(name || color, MOST.label) || 'label', HUES[String(color).split('_')[0]] ?? 250]));
    this.#leave('alike', all.length - labels.size);
    return Object.fromEntries(this.#fit([...labels], ROOM.labels, 'labels'));
  }

  /** What is done is due no more; it would look late for ever. @param {any} card */
  #due(card) {
    const due = dayOf(card.due, this.around.timeZone);
    this.#leave(card.dueComplete ? 'done' : 'hours', Number(due !== undefined));
    return card.dueComplete ? undefined : due;
  }

  /** With what has no place of its own here, in lines: the start, fields, and links to what was attached. @param {any} card */
  #description(card) {
    const attached = list(card.attachments);
    const links = attached.filter(({ url }) => /^https?:\/\//.test(url)).map(({ name, url }) => `${line(name, MOST.name) || 'Attachment'}: ${line(url, 2_000)}`);
    this.#leave('attachments', attached.length - links.length);
    const start = dayOf(card.start, this.around.timeZone);
    const lines = [...(start ? [`Start: ${start}`] : []), ...this.#fields(card), ...links];
    const said = this.#text(card.desc, MOST.description);
    const whole = [said, lines.join('\n')].filter(Boolean).join('\n\n');
    if (whole.length <= MOST.description) return whole;
    this.#leave('notes', 1);
    return said;
  }

  /** Custom fields, as they are called and what they hold. @param {any} card @returns {string[]} */
  #fields(card) {
    return list(card.customFieldItems).flatMap(({ idCustomField, idValue, value }) => {
      const field = this.fields.get(idCustomField);
      const chosen = list(field?.options).find(({ id }) => id === idValue)?.value?.text;
      const held = chosen ?? value?.text ?? value?.number ?? dayOf(value?.date, this.around.timeZone) ?? (value?.checked === undefined ? undefined : value.checked === 'true' ? 'yes' : 'no');
      return held === undefined ? [] : [`${line(field?.name, MOST.name) || 'Field'}: ${line(held, 2_000)}`];
    });
  }

  /** Of several checklists, each item says which it was in. @param {any} card @returns {[string, any][]} */
  #items(card) {
    const lists = list(this.json.checklists).filter(({ idCard }) => idCard === card.id).toSorted(byPlace);
    const items = lists.flatMap(({ name, checkItems }) => this.#usable(checkItems).toSorted(byPlace).map((item) => ({ ...item, of: lists.length > 1 && name ? `${name}: ` : '' })));
    return this.#fit(items, ROOM.items, 'items').map(({ id, name, state, of }, index) => [id, { text: this.#line(of + (name ?? ''), MOST.text) || 'Item', done: state === 'complete', rank: rank(index) }]);
  }

  #comments() {
    const { tickets } = this.#document;
    const said = list(this.json.actions).filter(({ type, data }) => (type === 'commentCard' || type === 'copyCommentCard') && Object.hasOwn(tickets, data?.card?.id) && cut(data.text, MOST.text) !== '');
    const counted = list(this.json.cards).reduce((sum, { id, badges }) => sum + (Object.hasOwn(tickets, id) && badges?.comments > 0 ? badges.comments : 0), 0);
    this.#leave('missing', counted - said.length);
    /** @type {Map<string, any[]>} */
    const byTicket = new Map();
    for (const one of this.#usable(said)) byTicket.set(one.data.card.id, [...(byTicket.get(one.data.card.id) ?? []), one]);
    const fitting = [...byTicket.values()].flatMap((some) => this.#fit(some, ROOM.ofTicket, 'comments'));
    for (const { id, data, date, memberCreator } of this.#fit(fitting, ROOM.comments, 'comments')) {
      const by = this.#user(memberCreator);
      const at = this.#instant(date, this.#madeAt(id));
      this.#add('comment.added', by, at, { comments: { [id]: { ticket: data.card.id, text: this.#text(data.text, MOST.text), by, name: this.#name(memberCreator), at } } });
    }
  }

  /** @param {string} name @param {string} by @param {string} at @param {Record<string, any>} patch of whole entities */
  #add(name, by, at, patch) {
    for (const [collection, entities] of Object.entries(patch)) Object.assign(this.#document[collection], entities);
    this.#events.push({ name, by, at, patch });
  }

  /** @param {any[]} all @param {number} most @param {string} what */
  #fit(all, most, what) {
    this.#leave(what, all.length - most);
    return all.slice(0, most);
  }

  /** Counts what is left out. @param {string} what of the words above @param {number} times */
  #leave(what, times) {
    if (times > 0) this.#left.set(what, (this.#left.get(what) ?? 0) + times);
  }

  /** What can be told apart here too. @param {any} all @returns {any[]} */
  #usable(all) {
    const usable = list(all).filter(({ id }) => ID.test(id));
    this.#leave('ids', list(all).length - usable.length);
    return usable;
  }

  /** @param {any} text @param {number} most */
  #text(text, most) {
    const whole = cut(text, Infinity);
    const kept = cut(text, most);
    this.#leave('ends', Number(kept.length < whole.length));
    return kept;
  }

  /** @param {any} text @param {number} most */
  #line(text, most) {
    return this.#text(String(text ?? '').replace(/\s+/gu, ' '), most);
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

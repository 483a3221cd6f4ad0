import { byRank, ordered, rankAt } from './model.js';
import { between } from './rank.js';

/**
 * What each command will most likely do, as a patch, so that it is seen before the server has said
 * so. The server's rules decide; a wrong guess here is corrected by the event.
 *
 * @param {() => {id: string, name: string}} me
 * @returns {Record<string, import('../../tutti/replica.js').Predict>}
 */
export function predictions(me) {
  return { ...ofColumns, ...ofTickets, ...ofChecklists, ...ofComments(me) };
}

/** @param {any} document @param {string} column @param {string} [except] */
const laneOf = (document, column, except) =>
  Object.entries(document.tickets ?? {}).filter(([id, t]) => t.column === column && !t.archived && id !== except).sort(byRank);

/** @param {string} id @param {any} patch */
const ofTicket = (id, patch) => ({ tickets: { [id]: patch } });

/** A change of a ticket that is there; nothing when it is gone. @param {(args: any) => any} patch */
const change = (patch) => (/** @type {any} */ document, /** @type {any} */ args) =>
  document.tickets?.[args.ticket] && ofTicket(args.ticket, patch(args));

/** @type {Record<string, import('../../tutti/replica.js').Predict>} */
const ofColumns = {
  'board.rename': (_, { title }) => ({ board: { info: { title } } }),
  'column.add': (document, { column, title, ...place }) => ({
    columns: { [column]: { title, rank: rankAt(ordered(document.columns), place, between) } },
  }),
  'column.rename': (document, { column, title }) => document.columns?.[column] && { columns: { [column]: { title } } },
  'column.limit': (document, { column, limit }) => document.columns?.[column] && { columns: { [column]: { limit: limit ?? null } } },
  'column.move': (document, { column, ...place }) => {
    const others = ordered(document.columns).filter(([id]) => id !== column);
    return document.columns?.[column] && { columns: { [column]: { rank: rankAt(others, place, between) } } };
  },
  'column.delete': (document, { column, to }) => {
    /** @type {Record<string, any>} */
    const tickets = {};
    let last = laneOf(document, to).at(-1)?.[1].rank ?? '';
    for (const [id] of laneOf(document, column)) {
      last = between(last, '');
      tickets[id] = { column: to, rank: last };
    }
    return { columns: { [column]: null }, tickets };
  },
};

/** @type {Record<string, import('../../tutti/replica.js').Predict>} */
const ofTickets = {
  'ticket.add': (document, { ticket, column, title, ...place }) =>
    document.columns?.[column] && ofTicket(ticket, { title, column, rank: rankAt(laneOf(document, column), place, between) }),
  'ticket.move': (document, { ticket, column, ...place }) =>
    document.tickets?.[ticket] && document.columns?.[column] &&
    ofTicket(ticket, { column, rank: rankAt(laneOf(document, column, ticket), place, between) }),
  'ticket.edit': change(({ title, description }) => ({
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description: description === '' ? null : description }),
  })),
  'ticket.assign': change(({ user, name }) => ({ assignees: { [user]: name ?? user } })),
  'ticket.unassign': change(({ user }) => ({ assignees: { [user]: null } })),
  'ticket.label': change(({ label, hue }) => ({ labels: { [label]: hue ?? 0 } })),
  'ticket.unlabel': change(({ label }) => ({ labels: { [label]: null } })),
  'ticket.due': change(({ date }) => ({ due: date ?? null })),
  'ticket.archive': change(() => ({ archived: { at: new Date().toISOString() } })),
  'ticket.restore': (document, { ticket, column = document.tickets[ticket].column }) =>
    ofTicket(ticket, { archived: null, column, rank: rankAt(laneOf(document, column, ticket), {}, between) }),
  'ticket.delete': (_, { ticket }) => ofTicket(ticket, null),
};

/** @type {Record<string, import('../../tutti/replica.js').Predict>} */
const ofChecklists = {
  'ticket.check.add': (document, { ticket, item, text }) => {
    const items = ordered(document.tickets[ticket].checklist);
    return ofTicket(ticket, { checklist: { [item]: { text, done: false, rank: rankAt(items, {}, between) } } });
  },
  'ticket.check.set': change(({ item, done }) => ({ checklist: { [item]: { done } } })),
  'ticket.check.edit': change(({ item, text }) => ({ checklist: { [item]: { text } } })),
  'ticket.check.move': (document, { ticket, item, ...place }) => {
    const checklist = document.tickets?.[ticket]?.checklist;
    const others = ordered(checklist).filter(([id]) => id !== item);
    return checklist?.[item] && ofTicket(ticket, { checklist: { [item]: { rank: rankAt(others, place, between) } } });
  },
  'ticket.check.remove': change(({ item }) => ({ checklist: { [item]: null } })),
};

/** @param {() => {id: string, name: string}} me @returns {Record<string, import('../../tutti/replica.js').Predict>} */
const ofComments = (me) => ({
  'comment.add': (document, { ticket, comment, text }) =>
    document.tickets?.[ticket] && {
      comments: { [comment]: { ticket, text, by: me().id, name: me().name, at: new Date().toISOString() } },
    },
  'comment.edit': (document, { comment, text }) => document.comments?.[comment] && { comments: { [comment]: { text } } },
  'comment.delete': (_, { comment }) => ({ comments: { [comment]: null } }),
});

// A program as people write it: it must compile without a finding.
import { connect, Refusal, applyPatch, uuid7 } from '/tutti.js';
import type { BoardDocument, ClientMessage, CloseCodes, Code, Event, Room, ServerMessage, Status, Ticket } from '/tutti.js';
import { documentOf, membersOf, readable, refOf, select, statusOf } from '/tutti/store.js';

declare module '/tutti.js' {
  interface RoomTypes {
    poll: { document: { options: Record<string, number> }; commands: { 'poll.vote': { option: string } } };
  }
}

const connection = connect('/v1/ws', { name: 'Ana', getToken: async () => 'a token' });
const room = connection.room('board:launch', {
  predictions: {
    'ticket.move': (document, { ticket, column }) => document.tickets?.[ticket] && { tickets: { [ticket]: { column } } },
    'ticket.due': (_, { ticket, date }) => ({ tickets: { [ticket]: { due: date ?? null } } }),
  },
});

room.on('change', ({ document, previous, cause }) => {
  const ticket: Ticket | undefined = document.tickets?.t1;
  if (cause === 'reset' && previous === undefined) console.log(ticket?.labels?.urgent.toFixed(0));
});
room.on('event', (event: Event) => console.log(event.seq, event.by, event.patch.tickets));
room.on('refused', ({ order, refusal }) => console.log(order.name, refusal.code satisfies Code | 'offline'));
room.on('members', (members) => Object.values(members).map(({ name, state }) => [name, state.dragging]));
const stop: () => void = room.on('signal', ({ from, topic, data }) => console.log(from, topic, data.x));
stop();

async function work(): Promise<void> {
  const { seq }: { seq: number } = await room.send('ticket.move', { ticket: 't1', column: 'doing', after: 't2' });
  await room.send('ticket.edit', { ticket: 't1', title: 'New' }, { expect: { tickets: { t1: { title: 'Old', due: null } } }, key: uuid7() });
  await room.send('access.grant', { user: 'bo', role: 'viewer' });
  const sent = room.send('column.limit', { column: 'doing', limit: 3 });
  console.log(seq, sent.key);
  try {
    await sent;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'rule') console.log(error.message, error.details.path);
  }
  const { events, more } = await room.history({ before: 10, limit: 5 });
  console.log(more, events.map(({ at }) => at));
}

// Names that are put together at run time keep their kind.
const named = connection.room(`board:${location.hash.slice(1)}`);
const title: string | undefined = named.document.board?.info?.title;

// Kinds of one's own.
const poll = connection.room('poll:lunch');
void poll.send('poll.vote', { option: 'soup' });
const votes: number = poll.document.options.soup;

// Kinds that nobody has described are not in the way.
const unknown = connection.room('whatever:1');
void unknown.send('do.it', { really: true });

// Functions over any board.
const count = (board: Room<BoardDocument>): number => Object.keys(board.document.tickets ?? {}).length;
count(room);

// Stores.
const board = select(documentOf(room), (document) => document?.board?.info?.title);
const name: string | undefined = board.getSnapshot();
const people: number = Object.keys(membersOf(room).getSnapshot()).length;
readable(statusOf(connection)).subscribe(({ state, waiting }: Status) => console.log(state, waiting));
const ref: { value: string | undefined } = refOf(board, { shallowRef: (value: string | undefined) => ({ value }), onScopeDispose: () => {} });

// The protocol itself, for whoever speaks it without the library.
const hello: ClientMessage = { type: 'hello', name: 'Ana' };
const reconnect: CloseCodes[1012]['reconnect'] = true;
function heard(message: ServerMessage): string {
  switch (message.type) {
    case 'welcome': return message.user.name;
    case 'subscribed': return String(message.document ?? message.events?.length);
    case 'refused': return message.code;
    case 'presence': return message.complete ? 'all' : 'a patch';
    default: return message.type;
  }
}
export { work, title, votes, name, people, ref, hello, reconnect, heard, applyPatch };

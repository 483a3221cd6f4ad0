// What must not compile. Each line names the finding that the compiler must have on it, and there must be no other.
import { connect } from '/tutti.js';
import type { BoardDocument, ClientMessage, ServerMessage } from '/tutti.js';
import { documentOf, select } from '/tutti/store.js';
import type { Fields } from './fields';

const room = connect('/v1/ws').room('board:launch');

void room.send('ticket.mvoe', { ticket: 't1', column: 'doing' }); // TS2345 no such command
void room.send('ticket.move', { ticket: 't1' }); // TS2345 an argument is missing
void room.send('ticket.move', { ticket: 't1', column: 3 }); // TS2322 a number is no column
void room.send('ticket.move', { ticket: 't1', colunm: 'a', column: 'b' }); // TS2561 no such argument
void room.send('ticket.add', { column: 'todo', title: null }); // TS2322 only what is optional may be null
void room.send('access.grant', { user: 'bo', role: 'boss' }); // TS2322 no such role
void room.send('ticket.edit', { ticket: 't1' }, { expect: { tickets: { t1: { titel: 'x' } } } }); // TS2561 no such field
connect('/v1/ws').room('launch'); // TS2345 a room has a kind
connect('/v1/ws', { nmae: 'Ana' }); // TS2353 no such option
room.on('chnage', () => {}); // TS2345 no such event
room.document = {}; // TS2540 the document is the room's
const title: number = room.document.board?.info?.title ?? ''; // TS2322 a title is text
const hello: ClientMessage = { type: 'hello', nmae: 'Ana' }; // TS2353 no such field
const code = (message: ServerMessage) => message.type === 'refused' && message.code === 'nope'; // TS2367 no such code
const size: string = select(documentOf(room), (document: BoardDocument | undefined) => document?.tickets).getSnapshot(); // TS2322 not text
const unwritten: Fields<{ a: { b: string; c?: 'd' | 'e' } }> = { 'a': 1, 'a.b': 1, 'a.c?': 1, 'a.c=d': 1 }; // TS2741 nobody wrote e
const always: Fields<{ a: Record<string, { b?: string }> }> = { 'a': 1, 'a.*.b': 1 }; // TS2353 it is never absent
const document: BoardDocument = { comments: { c1: { ticket: 't1', text: 'x', by: 'ana', name: 'Ana', at: '', likes: 1 } } }; // TS2353 no such field
export { title, hello, code, size, unwritten, always, document };

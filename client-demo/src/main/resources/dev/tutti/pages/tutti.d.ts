// The types of tutti.js. Below is what is written by hand, the library's interface and the documents
// of the room types; at the end what is generated from the server's own records. Keep this file
// beside tutti.js, or map the module's address to it by "paths" in tsconfig.json.

/** Anything that JSON can say in braces. */
export type JsonObject = Record<string, any>;

/**
 * Connects, and stays connected.
 *
 * @param url for example `/v1/ws`
 */
export declare function connect(url: string | URL, options?: Options): Connection;

export interface Options {
  /** A guest's display name. */
  name?: string;
  /** An access token. */
  token?: string;
  /** Asked before each connection, so that a token may be short-lived, and again when one is refused. */
  getToken?: () => string | Promise<string>;
  /** The id for which the token is, where you know it: then what is changed before the first `welcome` is stored too. */
  user?: string;
  /** Names your software in the server's log. */
  client?: string;
  /** `memory`: nothing that waits survives this page. By default it is stored, where the browser lets it. */
  outbox?: 'stored' | 'memory';
}

/** What the pill in the header says. */
export interface Status {
  state: 'connecting' | 'saved' | 'saving' | 'offline' | 'closed';
  /** In words: `saved`, `saving`, `offline, 3 waiting`. */
  text: string;
  /** My commands without an answer, those of my other tabs included. */
  waiting: number;
  /** Whether they survive a reload; `memory` where the browser does not store. */
  outbox: 'stored' | 'memory';
  /** The server hears of others a little later than it could, because Redis is away. Nothing is lost. */
  degraded: boolean;
  /** When it will be tried again, in milliseconds since 1970. */
  retryAt?: number;
  /** Why there is no connection, for a person. */
  reason?: string;
  /** Why it is `closed` for good, where a page can do something about it: no token was taken, or access was withdrawn. */
  code?: 'unauthorized' | 'forbidden';
  /** How long the last command took to come back as an event. */
  roundTripMillis?: number;
}

export interface ConnectionEvents {
  status: Status;
  welcome: ServerMessages['welcome'];
  /** Whatever goes in or out; for developers. */
  traffic: Traffic;
  /** A command was refused, in whichever room, also in one that is not open. */
  refused: { room: string; order: Order; refusal: Refusal };
}

export interface Traffic {
  direction: 'in' | 'out';
  /** In milliseconds since 1970. */
  at: number;
  message: any;
  /** The length of its text. */
  bytes: number;
}

/** Stands between library and socket: what it does not pass is lost, what it passes later is late. */
export type Gate = (direction: 'in' | 'out', text: string, pass: () => void) => void;

/** A command in the outbox. */
export interface Entry {
  readonly room: string;
  readonly order: Order;
  /** Made by this page, not by another tab or an earlier page. */
  readonly mine: boolean;
  /** While it is on its way. */
  readonly id?: number;
  /** When it was last sent, in milliseconds since 1970. */
  readonly sentAt?: number;
}

/** One WebSocket, which connects again by itself, resumes its rooms, and sends again what has no answer. */
export declare class Connection {
  private constructor();
  readonly url: string;
  /** Who the server takes me for, from the first `welcome` on. */
  readonly user: { id: string; name: string } | undefined;
  /** This connection's own key among a room's members. */
  readonly session: string | undefined;
  readonly status: Status;
  /** My commands without an answer, oldest first, over all rooms and tabs. */
  readonly pending: readonly Entry[];
  /** For developers: delays or loses what goes in or out. */
  gate: Gate | undefined;
  /** Returns what stops listening. */
  on<K extends keyof ConnectionEvents>(name: K, listener: (value: ConnectionEvents[K]) => void): () => void;
  /** The room of this name; joined at the first call. Its types are those of its kind of room in {@link RoomTypes}. */
  room<N extends RoomName>(name: N, options?: RoomOptions<DocumentOf<N>, CommandsOf<N>>): Room<DocumentOf<N>, CommandsOf<N>>;
  /** Connects now rather than at `status.retryAt`; also after a final close. */
  tryNow(): void;
  /** Replaces the token before it expires, without a new connection. */
  authenticate(token: string): void;
  /** Goes on under another display name; for a guest. */
  rename(name: string): void;
  /** Cuts the connection, as a network would; it comes back by itself. */
  cut(): void;
  /** Ends it for good. */
  close(): void;
}

/**
 * The kinds of rooms, by what stands before the colon. Add your own:
 *
 *     declare module '/tutti.js' {
 *       interface RoomTypes { poll: { document: Poll; commands: { 'poll.vote': { option: string } } } }
 *     }
 */
export interface RoomTypes {
  board: { document: BoardDocument; commands: BoardCommands };
  chat: { document: ChatDocument; commands: ChatCommands };
  dashboard: { document: DashboardDocument; commands: DashboardCommands };
}

type Kind<N extends string> = N extends `${infer T}:${string}`
  ? T extends keyof RoomTypes ? RoomTypes[T] : { document: any; commands: Record<string, JsonObject> }
  : never;
export type DocumentOf<N extends string> = Kind<N>['document'];
export type CommandsOf<N extends string> = Kind<N>['commands'];

export interface RoomOptions<D, C> {
  /** By command: what it will probably do, shown until the server has spoken. */
  predictions?: { [K in keyof C]?: Predict<D, C[K]> };
}

/** A merge patch over the document as it looks now; nothing, where nothing can be said. */
export type Predict<D = any, A = any> = (document: D, args: A) => Patch<D> | null | undefined;

/** A JSON Merge Patch (RFC 7396): what differs; `null` takes away. */
export type Patch<T> = T extends object ? { [K in keyof T]?: Patch<T[K]> | null } : T;

export interface SendOptions<D = any, A = any> {
  /** What must be so, as a partial document in which `null` means absent; otherwise it is refused as `stale`. */
  expect?: Patch<D>;
  /** In the place of the room's own prediction for this command. */
  predict?: Predict<D, A>;
  /** A UUID; the same key is applied at most once. */
  key?: string;
  /** False keeps it off the undo stack. */
  undoable?: boolean;
}

/** Resolves when the change is durable; rejects with a {@link Refusal}. */
export type Sent<D = any> = Promise<{ seq: number }> & {
  readonly key: string;
  /** Resolves with the document that shows it; rejects when a prediction throws a {@link Refusal}, and it is not sent. */
  readonly local: Promise<D>;
  /** This promise itself. */
  readonly durable: Promise<{ seq: number }>;
};

/** A command as it is kept and sent: plain data. */
export interface Order {
  readonly key: string;
  readonly name: string;
  readonly args: JsonObject;
  readonly expect?: JsonObject;
}

export interface Member<S = JsonObject> {
  user: string;
  name: string;
  state: S;
}

export interface Change<D> {
  document: D;
  previous: D | undefined;
  /** The confirmed events that caused it; none for what is local. */
  events: Event[];
  /** `local`: my own prediction; `refused`: one was taken back; `reset`: the document came whole. */
  cause: 'local' | 'event' | 'refused' | 'reset';
}

export interface RoomEvents<D> {
  change: Change<D>;
  event: Event;
  refused: { order: Order; refusal: Refusal };
  members: Record<string, Member>;
  signal: { from: string; topic: string; data: any };
  role: Role;
  undo: { canUndo: boolean; canRedo: boolean };
  closed: Refusal;
}

/** One shared document, live. */
export declare class Room<D = any, C = Record<string, JsonObject>> {
  private constructor();
  readonly name: string;
  /** Resolves with this room when its document is here. */
  readonly ready: Promise<Room<D, C>>;
  /** With my own pending changes; undefined until it has come. Never changed in place: what is `===` is the same. */
  readonly document: D;
  /** As the server has it at `seq`. */
  readonly confirmed: D;
  readonly seq: number;
  readonly epoch: string | undefined;
  /** My commands that are not confirmed yet, oldest first. */
  readonly pending: readonly Order[];
  readonly members: Record<string, Member>;
  /** How many sessions are here; a very full room lists only some. */
  readonly memberCount: number;
  /** My own presence. */
  readonly presence: JsonObject;
  readonly role: Role | undefined;
  /** Why the room cannot be had, once it is known. */
  readonly refusal: Refusal | undefined;
  /** Returns what stops listening. */
  on<K extends keyof RoomEvents<D>>(name: K, listener: (value: RoomEvents<D>[K]) => void): () => void;
  /** Asks for a change. The prediction shows in `document` before this returns. */
  send<K extends keyof C & string>(name: K, args: C[K], options?: SendOptions<D, C[K]>): Sent<D>;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Takes my last change of this page back, or the one with this key; rejects as `stale` where someone has changed the same since. */
  undo(key?: string): Promise<{ seq: number } | undefined>;
  /** Takes my last undo back. */
  redo(): Promise<{ seq: number } | undefined>;
  /** Past events, ascending; of one `entity` alone, such as `tickets/t1`, where it is named. */
  history(page?: { before?: number; after?: number; limit?: number; entity?: string }): Promise<ServerMessages['history']>;
  /** Says what I am doing: a merge patch over my state. */
  setPresence(state: JsonObject): void;
  /** Says something that may be lost: the latest on a topic wins. */
  signal(topic: string, data: JsonObject): void;
  /** Leaves the room for good; `connection.room` joins it anew. What is pending is still sent. */
  leave(): void;
}

/** The server's no, with a sentence for a person. */
export declare class Refusal extends Error {
  constructor(code: Code | 'offline', message: string, details?: JsonObject);
  readonly code: Code | 'offline';
  readonly details: JsonObject;
}

/** JSON Merge Patch (RFC 7396). No argument is changed; what the patch does not touch is shared. */
export declare function applyPatch<T>(target: T, patch: any): T;

/** A UUID of version 7: keys made later sort later. */
export declare function uuid7(now?: number, random?: Uint8Array): string;

/** What there is in a document of every kind. A collection is absent while it is empty. */
export interface RoomDocument {
  /** By user; an entry wins over the role that a token claims. */
  access?: Record<string, { role: Role }>;
  /** Of a room that came from a file: who brought it in, and which room it was until when. */
  imported?: { history: { by: string; at: string; room: string; seq: number } };
}

/** A board. */
export interface BoardDocument extends RoomDocument {
  board?: { info: { title: string } };
  columns?: Record<string, Column>;
  tickets?: Record<string, Ticket>;
  comments?: Record<string, Comment>;
}

/** Order is by `rank`, compared as plain text, then by id. */
export interface Column {
  title: string;
  rank: string;
  /** How many tickets it holds at most. */
  limit?: number;
}

export interface Ticket {
  title: string;
  description?: string;
  /** Where it is; of an archived ticket where it was. */
  column: string;
  rank: string;
  /** Hue in degrees, by label. */
  labels?: Record<string, number>;
  /** Name, by user. */
  assignees?: Record<string, string>;
  /** A day without a time zone, `2026-11-22`. */
  due?: string;
  checklist?: Record<string, { text: string; done: boolean; rank: string }>;
  archived?: { at: string; by: string };
  by: string;
  at: string;
}

export interface Comment {
  ticket: string;
  text: string;
  by: string;
  name: string;
  at: string;
  edited?: string;
}

/** A chat. The last messages, the pinned ones, and whom it knows. */
export interface ChatDocument extends RoomDocument {
  /** `count` is the number of the last message, `slow` is in seconds. */
  chat?: { info: { title?: string; topic?: string; slow?: number; count?: number } };
  messages?: Record<string, Message>;
  /** By user: what they are called, the number of the last message they read, and when slow mode last let one of theirs through. */
  people?: Record<string, { name: string; read: number; posted?: string }>;
  /** By user. */
  muted?: Record<string, { by: string; at: string; until?: string }>;
  /** Of deleted messages that are not in the document any more. */
  removed?: Record<string, { by: string; at: string }>;
}

/** Order is by `n`, which counts from 1 on. */
export interface Message {
  n: number;
  /** Absent when it was deleted. */
  text?: string;
  by: string;
  name: string;
  at: string;
  /** The first message of the thread that it is in. */
  thread?: string;
  /** How many answers its own thread has. */
  replies?: number;
  /** Name, by user. */
  mentions?: Record<string, string>;
  /** By emoji, then by user: the name. */
  reactions?: Record<string, Record<string, string>>;
  edited?: string;
  pinned?: { by: string; at: string };
  deleted?: { by: string; at: string };
}

/** A dashboard. */
export interface DashboardDocument extends RoomDocument {
  dashboard?: { info: { title: string } };
  widgets?: Record<string, Widget>;
  /** By widget, then by series: the latest. */
  readings?: Record<string, Record<string, Reading>>;
  /** By widget, then by series: recent numbers, in no order. */
  points?: Record<string, Record<string, Record<string, Point>>>;
}

/** A tile on a grid of twelve columns. No two are in one place. */
export interface Widget {
  kind: 'number' | 'gauge' | 'line' | 'table' | 'status' | 'text';
  title: string;
  x: number;
  y: number;
  w: number;
  h: number;
  unit?: string;
  decimals?: number;
  /** What a text says. */
  text?: string;
  /** Seconds of recent points. */
  window: number;
  /** Seconds without a reading after which it is stale. */
  stale: number;
  min?: number;
  max?: number;
  warn?: number;
  bad?: number;
}

export interface Reading {
  value?: number;
  text?: string;
  state?: 'good' | 'warn' | 'bad';
  at: string;
}

/** Milliseconds since 1970, and the number. */
export type Point = [number, number];

// From here on generated: the protocol, as the server's records have it.

/** The name of a room, `type:name`, for example `board:launch`. The part before the colon chooses the rules. Grammar: `[a-z][a-z0-9-]{0,31}:[A-Za-z0-9._-]{1,128}`. */
export type RoomName = `${string}:${string}`;

/** What a user may do in a room. Each role may do all that the ones before it may. */
export type Role = 'none' | 'viewer' | 'editor' | 'owner';

/** Why something was refused. The one table of refusal codes, with the HTTP status of each. */
export interface Codes {
  /** Not a JSON (or CBOR) object of this protocol. */
  malformed: 400;
  /** A message `type` this server does not know. */
  unknown_type: 400;
  /** No rules are installed for this room's type, or the room does not exist where it must. */
  unknown_room: 404;
  /** The room's rules have no command of this name. */
  unknown_command: 400;
  /** An argument is missing or wrong; `details.path` names it. */
  invalid: 422;
  /** The sender's role does not allow this. */
  forbidden: 403;
  /** The command names something that is not in the document. */
  not_found: 404;
  /** The document is not what `expect` said; `details.current` holds what it is. */
  stale: 409;
  /** The key was used before in this room, for a different command. */
  key_reused: 409;
  /** A business rule said no; the message is the rule's own sentence. */
  rule: 409;
  /** A message, document, patch or text is over its limit. */
  too_large: 413;
  /** A rate or queue is full; `details.retryAfterMillis` says when to try again. */
  too_fast: 429;
  /** The rules of the room failed at this command, which did not happen. */
  internal: 500;
  /** Not known to be stored; safe to send again with the same key. */
  unavailable: 503;
}

export type Code = keyof Codes;

/** Why a connection was closed: the one table of close codes (RFC 6455, section 7.4), each saying whether a client should connect again by itself. */
export interface CloseCodes {
  /** Closed as asked. */
  1000: { reconnect: false };
  /** A frame broke RFC 6455. */
  1002: { reconnect: false };
  /** A frame of the wrong kind for this subprotocol. */
  1003: { reconnect: false };
  /** A text frame was not UTF-8. */
  1007: { reconnect: false };
  /** A message was larger than the limit. */
  1009: { reconnect: false };
  /** The server failed at this connection. */
  1011: { reconnect: true };
  /** The server is going away; connect again. */
  1012: { reconnect: true };
  /** The messages are not this protocol. */
  4400: { reconnect: false };
  /** No token, or not a valid one. */
  4401: { reconnect: false };
  /** Access was withdrawn. */
  4403: { reconnect: false };
  /** No hello in time, or no answer to a ping. */
  4408: { reconnect: true };
  /** Too many connections or messages. */
  4429: { reconnect: true };
}

export type CloseCode = keyof CloseCodes;

/** Every limit of the protocol in one table, with its unit and its default. They are settings of the server; going over one has a code (`Code`) or a close code (`CloseCode`). */
export interface Limits {
  /** one client message; over it the connection closes with 1009 */
  maxMessageBytes: number;
  /** frames that one fragmented message may have; over it 1009 */
  maxFragments: number;
  /** nesting of JSON or CBOR; over it `malformed` */
  maxDepth: number;
  /** one event with its patch; over it `too_large` */
  maxPatchBytes: number;
  /** a room's document as JSON; over it `too_large` */
  maxDocumentBytes: number;
  /** rooms that one connection may hold; over it `too_fast` */
  maxSubscriptions: number;
  /** commands of one connection that are not answered yet; over it `too_fast` */
  maxInFlight: number;
  /** commands that wait in one room; over it `too_fast` */
  maxRoomQueue: number;
  /** sustained messages of one connection; over it `too_fast` */
  maxMessagesPerSecond: number;
  /** messages that one connection may send at once above that rate */
  maxBurst: number;
  /** one member's presence state; over it `too_large` */
  maxPresenceBytes: number;
  /** one signal's data; over it `too_large` */
  maxSignalBytes: number;
  /** events of one `history` page */
  maxHistory: number;
  /** events replayed to a reader that is behind; beyond it a `reset` */
  maxCatchUpEvents: number;
  /** members of a room that are listed one by one */
  maxMembers: number;
  /** how long a connection may stay without `hello`; then 4408 */
  helloTimeoutMillis: number;
  /** the longest silence of the server */
  pingMillis: number;
}

/** An accepted command, as every subscriber sees it. */
export interface Event {
  /** its place in the room: 1, 2, 3, … without a gap */
  seq: number;
  /** what happened, in the past tense, for example `ticket.moved` */
  name: string;
  /** the user id of who did it */
  by: string;
  /** when it was decided, by the deciding server's clock */
  at: string;
  /** the key that the sender chose */
  key: string;
  /** JSON Merge Patch (RFC 7396) from the document at `seq - 1` to that at `seq` */
  patch: JsonObject;
}

/** What a client says. One message a frame; `type` names the record. */
export interface ClientMessages {
  /** Start to receive a room. */
  subscribe: {
    type: 'subscribe';
    id: number;
    room: RoomName;
    /** the last `seq` that the client holds, to resume from there */
    after?: number;
    /** the epoch under which it holds it */
    epoch?: string;
  };
  /** Stop receiving a room. */
  unsubscribe: {
    type: 'unsubscribe';
    id: number;
    room: RoomName;
  };
  /** Ask for a change. */
  command: {
    type: 'command';
    id: number;
    room: RoomName;
    /** chosen by the client, UUID version 7 preferred; the same key is applied at most once */
    key: string;
    name: string;
    args: JsonObject;
    /** a partial document; where the room differs from it the command is refused as `stale` (`null` means absent) */
    expect?: JsonObject;
  };
  /** Ask for past events: those before a `seq`, newest page first, or those after one. */
  history: {
    type: 'history';
    id: number;
    room: RoomName;
    before?: number;
    after?: number;
    limit: number;
    /** only those that changed this one, written `collection/id` */
    entity?: string;
  };
  /** The first message. Sent again later, it replaces the token before it expires. */
  hello: {
    type: 'hello';
    /** a signed token (RFC 7519); for a guest the one that `welcome` gave, or none */
    token?: string;
    /** a guest's display name; ignored beside any other token */
    name?: string;
    /** free text that names the client's software, for the server's log */
    client?: string;
  };
  /** Change my own presence in a room: a merge patch over my state. */
  presence: {
    type: 'presence';
    room: RoomName;
    state: JsonObject;
  };
  /** An ephemeral message to a room's members: latest wins per member and topic. */
  signal: {
    type: 'signal';
    room: RoomName;
    topic: string;
    data: JsonObject;
  };
  /** The answer to a ping. Any other message says the same. */
  pong: {
    type: 'pong';
  };
}

export type ClientMessage = ClientMessages[keyof ClientMessages];

/** What the server says. `type` names the record. */
export interface ServerMessages {
  /** The answer to `hello`. */
  welcome: {
    type: 'welcome';
    /** names this connection, and the member that it is in each room */
    session: string;
    user: { id: string; name: string };
    /** for a guest only: said in the next `hello`, it keeps the same user id */
    token?: string;
    server: { version: string; at: string };
    /** the longest silence from the server, in milliseconds */
    pingMillis: number;
    limits: { maxMessageBytes: number; maxInFlight: number; maxSubscriptions: number; maxHistory: number; maxMessagesPerSecond: number; maxBurst: number };
  };
  /** The answer to `subscribe`: either the document at `seq`, or the events behind the `after` that was asked for, up to `seq`. */
  subscribed: {
    type: 'subscribed';
    id: number;
    room: RoomName;
    epoch: string;
    seq: number;
    role: Role;
    document?: JsonObject;
    events?: Event[];
    /** by session: `{user, name, state}`; a sample where there are very many */
    members: JsonObject;
    /** of all members */
    count: number;
  };
  /** The subscription has ended: as asked (with its `id`), or because access was withdrawn (with `code` and `message`). */
  unsubscribed: {
    type: 'unsubscribed';
    id?: number;
    room: RoomName;
    code?: Code;
    message?: string;
  };
  /** Consecutive events, the first of which follows the last one delivered. */
  events: {
    type: 'events';
    room: RoomName;
    events: Event[];
  };
  /** The command is committed to PostgreSQL as event `seq`. */
  accepted: {
    type: 'accepted';
    id: number;
    room: RoomName;
    seq: number;
  };
  /** The request was not carried out. */
  refused: {
    type: 'refused';
    /** of the request, where it could be read */
    id?: number;
    code: Code;
    /** a sentence for a person */
    message: string;
    details?: JsonObject;
  };
  /** A merge patch over the room's member map; `null` is one who left. */
  presence: {
    type: 'presence';
    room: RoomName;
    members: JsonObject;
    /** of all members, of whom a very large room lists only some */
    count: number;
    /** true when `members` is no patch but the whole map */
    complete?: boolean;
  };
  /** Signals of one tick. */
  signals: {
    type: 'signals';
    room: RoomName;
    signals: ServerMessages['signal'][];
  };
  /** One member's latest word on a topic. */
  signal: {
    type: 'signal';
    room?: RoomName;
    from: string;
    topic: string;
    data: JsonObject;
  };
  /** The subscriber fell too far behind, or the epoch changed: this replaces what it holds. */
  reset: {
    type: 'reset';
    room: RoomName;
    epoch: string;
    seq: number;
    document: JsonObject;
  };
  /** The subscriber's role in the room has changed. */
  role: {
    type: 'role';
    room: RoomName;
    role: Role;
  };
  /** A page of past events, ascending; `more` says whether another page lies beyond it. */
  history: {
    type: 'history';
    id: number;
    room: RoomName;
    events: Event[];
    more: boolean;
    /** of one entity alone: the oldest event that was looked at, and the `before` of the next page */
    reached?: number;
  };
  /** How the server is: said when that changes, and behind `welcome` where it is degraded. */
  status: {
    type: 'status';
    /** true while it hears of other instances a little later than it could. Nothing is lost by that */
    degraded: boolean;
  };
  /** Are you there? Answer `pong`. */
  ping: {
    type: 'ping';
  };
  /** The last message before the close frame. */
  bye: {
    type: 'bye';
    /** the close code */
    code: number;
    reason: string;
    /** whether to connect again by itself */
    reconnect: boolean;
    /** when, spread by the server over its clients */
    retryAfterMillis: number;
  };
}

export type ServerMessage = ServerMessages[keyof ServerMessages];

/** Commands that every room type knows: who may do what in the room. */
export interface AccessCommands {
  /** The user has this role from now on, whatever a token says. */
  'access.grant': {
    user: string;
    role: Role;
  };
  /** The user may not even read from now on, whatever a token says. */
  'access.revoke': {
    user: string;
  };
}

/** Commands that every room type knows: what is done about changes that have happened. */
export interface ChangeCommands {
  /** Take back what an event changed. */
  'change.undo': {
    /** of the event; that of an undo's own event does it again */
    seq: number;
  };
}

/** Commands that every room type knows: what is done about a room as a whole. */
export interface RoomCommands {
  /** Make a room of which the sender is an owner; refused where anything has happened in it. */
  'room.create': {
    /** where the room's type has one */
    title?: string | null;
  };
}

/** What people do on a board. Ids of new things may be chosen by the client; where they are absent they are made from the command's key. */
export interface BoardCommands extends AccessCommands, ChangeCommands, RoomCommands {
  /** Give the board a title. */
  'board.rename': {
    title: string;
  };
  /** A new column, at the end unless a place is named. */
  'column.add': {
    column?: string | null;
    title: string;
    after?: string | null;
    first?: boolean | null;
  };
  /** Give a column another title. */
  'column.rename': {
    column: string;
    title: string;
  };
  /** Put a column elsewhere, with all that is in it. */
  'column.move': {
    column: string;
    after?: string | null;
    first?: boolean | null;
  };
  /** Take a column away. */
  'column.delete': {
    column: string;
    /** the column that its tickets go to; may be absent when there are none */
    to?: string | null;
  };
  /** Limit the work in progress. */
  'column.limit': {
    column: string;
    /** how many tickets the column holds at most; absent for no limit */
    limit?: number | null;
  };
  /** A new ticket, at the end of its column unless a place is named. */
  'ticket.add': {
    ticket?: string | null;
    column: string;
    title: string;
    after?: string | null;
    first?: boolean | null;
  };
  /** Change the words of a ticket; what is absent stays. */
  'ticket.edit': {
    ticket: string;
    title?: string | null;
    /** the empty text takes it away */
    description?: string | null;
  };
  /** Put a ticket into a column, at its end unless a place is named. */
  'ticket.move': {
    ticket: string;
    column: string;
    after?: string | null;
    first?: boolean | null;
  };
  /** Someone will do it. */
  'ticket.assign': {
    ticket: string;
    user: string;
    /** for people to read; absent, it is the sender's own or the user id */
    name?: string | null;
  };
  /** Someone will not do it any more. */
  'ticket.unassign': {
    ticket: string;
    user: string;
  };
  /** Put a label on a ticket, or give it another hue. */
  'ticket.label': {
    ticket: string;
    label: string;
    /** in degrees, 0 to 359; absent, the label keeps its own or gets one by its name */
    hue?: number | null;
  };
  /** Take a label off a ticket. */
  'ticket.unlabel': {
    ticket: string;
    label: string;
  };
  /** Say when a ticket is due, as a day without a time zone; absent, it is due no more. */
  'ticket.due': {
    ticket: string;
    date?: string | null;
  };
  /** Put a ticket out of the way, restorable. */
  'ticket.archive': {
    ticket: string;
  };
  /** Bring an archived ticket back, to the end of a column. */
  'ticket.restore': {
    ticket: string;
    /** absent, the one it was in, or the first one when that is gone */
    column?: string | null;
  };
  /** Take a ticket away for good, with its comments. */
  'ticket.delete': {
    ticket: string;
  };
  /** A new item at the end, not done yet. */
  'ticket.check.add': {
    ticket: string;
    item?: string | null;
    text: string;
  };
  /** Tick an item, or untick it. */
  'ticket.check.set': {
    ticket: string;
    item: string;
    done: boolean;
  };
  /** Give an item other words. */
  'ticket.check.edit': {
    ticket: string;
    item: string;
    text: string;
  };
  /** Put an item elsewhere in its checklist. */
  'ticket.check.move': {
    ticket: string;
    item: string;
    after?: string | null;
    first?: boolean | null;
  };
  /** Take an item away. */
  'ticket.check.remove': {
    ticket: string;
    item: string;
  };
  /** Say something. */
  'comment.add': {
    ticket: string;
    comment?: string | null;
    text: string;
  };
  /** Say it otherwise: one's own comment only. */
  'comment.edit': {
    comment: string;
    text: string;
  };
  /** Take a comment away: one's own, or anyone's as an owner of the room. */
  'comment.delete': {
    comment: string;
  };
}

/** What people do in a chat. */
export interface ChatCommands extends AccessCommands, ChangeCommands, RoomCommands {
  /** Give the room a title. */
  'chat.rename': {
    title: string;
  };
  /** Say what the room is about. */
  'chat.topic': {
    /** absent takes it away */
    topic?: string | null;
  };
  /** Let everyone but owners wait between two messages of theirs. Owners only. */
  'chat.slow': {
    /** absent ends it */
    seconds?: number | null;
  };
  /** I have read so far. Never goes back; of several that wait, the latest is written. */
  'read.mark': {
    /** the number `n` of the last message that was read */
    upto: number;
  };
  /** Say something. */
  'message.post': {
    /** the id of the new message; absent, it is made from the command's key */
    message?: string | null;
    text: string;
    /** a message that this answers: it goes into that one's thread */
    thread?: string | null;
  };
  /** Say it otherwise: one's own, for some minutes. */
  'message.edit': {
    message: string;
    text: string;
  };
  /** Take a message back, one's own, or anyone's as an owner. That it was there stays. */
  'message.delete': {
    message: string;
  };
  /** Answer with an emoji; each person each emoji once. */
  'message.react': {
    message: string;
    emoji: string;
  };
  /** Take one's emoji back. */
  'message.unreact': {
    message: string;
    emoji: string;
  };
  /** Keep a message at hand for everyone. */
  'message.pin': {
    message: string;
  };
  /** Keep it no more. */
  'message.unpin': {
    message: string;
  };
  /** Let somebody read, but say nothing. */
  'member.mute': {
    user: string;
    /** for how long; absent for good */
    minutes?: number | null;
  };
  /** Let somebody speak again. */
  'member.unmute': {
    user: string;
  };
}

/** What people and programs do on a dashboard. */
export interface DashboardCommands extends AccessCommands, ChangeCommands, RoomCommands {
  /** Give the dashboard a title. */
  'dashboard.rename': {
    title: string;
  };
  /** A new widget, at the first free place unless one is named. */
  'widget.add': {
    /** its id */
    widget?: string | null;
    /** number, gauge, line, table, status or text */
    kind: string;
    title: string;
    /** its first column of twelve, from 0 */
    x?: number | null;
    /** its first row, from 0 */
    y?: number | null;
    /** columns that it is wide */
    w?: number | null;
    /** rows that it is high */
    h?: number | null;
    unit?: string | null;
    /** digits behind the point */
    decimals?: number | null;
    /** what a text widget says */
    text?: string | null;
    /** seconds of recent points that are kept of each series; an hour */
    window?: number | null;
    /** seconds without a reading after which it is shown as stale; a minute */
    stale?: number | null;
    /** where a scale begins */
    min?: number | null;
    /** where a scale ends */
    max?: number | null;
    /** from here on a reading is a warning */
    warn?: number | null;
    /** from here on it is bad; lower than `warn`, low readings are */
    bad?: number | null;
  };
  /** Change what is said of a widget; what is absent stays. */
  'widget.edit': {
    widget: string;
    title?: string | null;
    /** the empty text takes it away */
    unit?: string | null;
    /** digits behind the point */
    decimals?: number | null;
    /** what a text widget says */
    text?: string | null;
    /** seconds of recent points that are kept of each series */
    window?: number | null;
    /** seconds without a reading after which it is shown as stale */
    stale?: number | null;
  };
  /** Say where a widget's scale begins and ends; what is absent follows the readings. */
  'widget.scale': {
    widget: string;
    min?: number | null;
    max?: number | null;
  };
  /** Say from where on readings are a warning, and bad; what is absent is nowhere. */
  'widget.threshold': {
    widget: string;
    warn?: number | null;
    /** lower than `warn`, low readings are bad */
    bad?: number | null;
  };
  /** Put a widget elsewhere; what is in the way makes room below. */
  'widget.move': {
    widget: string;
    x: number;
    y: number;
  };
  /** Make a widget larger or smaller; what is in the way makes room below. */
  'widget.resize': {
    widget: string;
    w: number;
    h: number;
  };
  /** Take a widget away, with its readings. */
  'widget.remove': {
    widget: string;
  };
  /** What is so now: a number, or words. */
  'value.set': {
    widget: string;
    /** a line of a chart or a row of a table; the one unnamed series where it is absent */
    series?: string | null;
    /** a number, */
    value?: number | null;
    /** or words */
    text?: string | null;
    /** good, warn or bad, whatever the thresholds say */
    state?: string | null;
    /** when it was so, as an instant; now where it is absent or ahead of the server. One that is older than what the series has changes nothing */
    at?: string | null;
  };
  /** Several readings at once: all of them are taken, or none. */
  'values.set': {
    values: { widget: string; series?: string; value?: number; text?: string; state?: string; at?: string }[];
  };
  /** Forget a series: a line of a chart, a row of a table. */
  'series.remove': {
    widget: string;
    series: string;
  };
}

/** The limits of a board. Texts are in UTF-16 characters and refused as `invalid`; counts are refused as `rule`, with a sentence that names them. */
export interface BoardLimits {
  readonly MAX_TITLE_CHARS: 500;
  readonly MAX_DESCRIPTION_CHARS: 20000;
  /** A comment or a checklist item. */
  readonly MAX_TEXT_CHARS: 5000;
  readonly MAX_LABEL_CHARS: 40;
  /** The name of an assignee. */
  readonly MAX_NAME_CHARS: 100;
  /** Labels are coloured by a hue in degrees, below this. */
  readonly HUES: 360;
  readonly MAX_COLUMNS: 50;
  /** Tickets of a board, the archived ones included. */
  readonly MAX_TICKETS: 10000;
  /** Tickets of one column: the patch that gives all of them new ranks stays under its limit. */
  readonly MAX_TICKETS_IN_COLUMN: 2000;
  readonly MAX_LABELS: 20;
  readonly MAX_ASSIGNEES: 20;
  readonly MAX_CHECKLIST_ITEMS: 100;
  readonly MAX_COMMENTS_OF_TICKET: 500;
  /** Comments of all tickets of a board together. */
  readonly MAX_COMMENTS: 20000;
}

/** The limits of a chat. Texts are in UTF-16 characters and refused as `invalid`; counts are refused as `rule`, with a sentence that names them. */
export interface ChatLimits {
  /** The title and the topic of a room. */
  readonly MAX_TITLE_CHARS: 500;
  readonly MAX_TEXT_CHARS: 4000;
  /** One emoji as it is written, with its modifiers. */
  readonly MAX_EMOJI_CHARS: 24;
  /** Messages that the document keeps beside the pinned ones; older ones are in the history. */
  readonly MAX_KEPT: 300;
  /** Messages that are pinned in one room; the document keeps them, however old. */
  readonly MAX_PINNED: 20;
  /** Different emoji at one message. */
  readonly MAX_EMOJI: 20;
  /** Reactions at one message, everyone's and with all emoji. */
  readonly MAX_REACTIONS: 500;
  /** People whom one message mentions; further ones are text. */
  readonly MAX_MENTIONS: 20;
  /** People whose names and read positions a room remembers. Of more, it forgets who has read least. */
  readonly MAX_PEOPLE: 5000;
  readonly MAX_MUTED: 1000;
  /** Tombstones of messages that the document does not keep: the latest of them. */
  readonly MAX_REMOVED: 100;
  /** How long a message may be edited by whoever wrote it. */
  readonly EDIT_MINUTES: 15;
  /** The longest time between two messages of one person that slow mode may ask for. */
  readonly MAX_SLOW_SECONDS: 3600;
  /** How long somebody may be muted for: a year. Without a time it is for good. */
  readonly MAX_MUTE_MINUTES: 525600;
  /** The time between two read positions of one person that are written down. */
  readonly READ_PACE_MILLIS: 1000;
}

/** The limits of a dashboard. Texts are in UTF-16 characters and refused as `invalid`, as are numbers that are out of their range; counts are refused as `rule`, with a sentence. */
export interface DashboardLimits {
  readonly MAX_TITLE_CHARS: 500;
  readonly MAX_WIDGET_TITLE_CHARS: 100;
  /** What a text widget says. */
  readonly MAX_TEXT_CHARS: 2000;
  readonly MAX_UNIT_CHARS: 20;
  /** A reading that is text. */
  readonly MAX_READING_CHARS: 200;
  /** The name of a series. */
  readonly MAX_SERIES_CHARS: 60;
  readonly MAX_WIDGETS: 100;
  /** Series of a line chart. */
  readonly MAX_LINES: 12;
  /** Series of a table, which are its rows. */
  readonly MAX_ROWS: 200;
  /** Readings of one command. */
  readonly MAX_READINGS: 500;
  /** Recent points that are kept of each series, one for each share of the widget's window. */
  readonly POINTS: 180;
  /** Columns of the grid. */
  readonly COLUMNS: 12;
  /** Rows of the grid that a widget is high at most. */
  readonly MAX_HEIGHT: 20;
  /** Rows of the grid. */
  readonly MAX_GRID_ROWS: 500;
  readonly MAX_DECIMALS: 6;
  readonly MIN_WINDOW_SECONDS: 60;
  readonly MAX_WINDOW_SECONDS: 604800;
  readonly MIN_STALE_SECONDS: 2;
  readonly MAX_STALE_SECONDS: 2592000;
}

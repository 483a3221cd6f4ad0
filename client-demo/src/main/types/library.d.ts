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

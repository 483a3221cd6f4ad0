/**
 * The shapes that the library speaks of. Nothing is in here for a browser, and none ever loads it:
 * other files name these types in their comments, `import('./types.js').Status`.
 *
 * @typedef {{
 *   name?: string,
 *   token?: string,
 *   getToken?: () => string | Promise<string>,
 *   user?: string,
 *   client?: string,
 *   outbox?: 'stored' | 'memory',
 *   surroundings?: Partial<Surroundings>,
 * }} Options
 *   `name`: a guest's display name. `token`, or `getToken`, which is asked before each connection and
 *   again when a token is refused: who I am; without either I am a guest. `user`: the id for which the
 *   token is, where the page knows it:
 *   then what was changed before the server has said so is kept too. `client`: names the software.
 *   `outbox`: `memory` keeps nothing beyond this page.
 *
 * @typedef {{
 *   state: 'connecting' | 'saved' | 'saving' | 'offline' | 'closed',
 *   text: string,
 *   waiting: number,
 *   outbox: 'stored' | 'memory',
 *   degraded: boolean,
 *   retryAt?: number,
 *   reason?: string,
 *   code?: 'unauthorized' | 'forbidden',
 *   roundTripMillis?: number,
 * }} Status
 *   `state`: `saving` also while it is looked up what an earlier page left. `text`: `saved`, `saving`,
 *   `offline, 3 waiting`. `waiting`: my commands without an answer, those of
 *   my other tabs included. `outbox`: whether they survive a reload, or live in memory because the
 *   browser does not store (private windows, a full disk). `degraded`: the server hears of others a little
 *   later than it could. `retryAt`: milliseconds since 1970. `code`: why it is `closed` for good, where a
 *   page can do something about it: no token was taken, or access was withdrawn.
 *
 * @typedef {{key: string, name: string, args: Record<string, any>, expect?: Record<string, any>}} Order
 *   A command as it was asked for: plain data, so that it can be stored and sent again after a reload.
 *
 * @typedef {(document: any, args: any) => (Record<string, any> | null | undefined)} Predict
 *   What a command will most likely do: a merge patch over the document, or nothing. It is called
 *   again whenever the document below it changes, so it must not have effects. At the first call it
 *   may throw a `Refusal`: then the command is refused here, and never sent.
 *
 * @typedef {Order & {predict?: Predict, acceptedAt?: number}} Pending
 * @typedef {{seq: number, name: string, by: string, at: string, key: string, patch: any}} Event
 *
 * @typedef {{
 *   expect?: Record<string, any>, predict?: Predict, key?: string, undoable?: boolean,
 * }} SendOptions
 *   `expect`: a partial document; where the room differs the command is refused as `stale`. `predict`:
 *   instead of the one registered by name; it is not made again after a reload. `undoable`: false
 *   keeps the command off the undo stack.
 *
 * @typedef {Promise<{seq: number}> & {
 *   key: string, local: Promise<any>, durable: Promise<{seq: number}>,
 * }} Change
 *   `local` resolves with the document that shows the change, as soon as there is one, and rejects
 *   when the change is refused here. `durable`, which is this promise itself, resolves when no crash
 *   can lose the change any more and rejects with a `Refusal`; it waits through lost connections.
 *   Neither has to be awaited.
 *
 * @typedef {{document: any, previous: any, events: Event[], cause: 'local' | 'event' | 'refused' | 'reset'}} DocumentChange
 *   `document` is computed when it is looked at: who draws once a frame reads it then. `previous`: what
 *   was last looked at.
 * @typedef {{user: string, name: string, state: Record<string, any>}} Member
 * @typedef {{from: string, topic: string, data: any}} Signal `from` is a session: a key of `members`
 *
 * @typedef {{
 *   status: Status, welcome: any, traffic: Traffic,
 *   refused: {room: string, order: Order, refusal: import('./refusal.js').Refusal},
 * }} ConnectionEvents what `connection.on` tells, by name
 * @typedef {{
 *   change: DocumentChange, event: Event, refused: {order: Order, refusal: import('./refusal.js').Refusal},
 *   members: Record<string, Member>, signal: Signal, role: Role,
 *   undo: {canUndo: boolean, canRedo: boolean}, closed: import('./refusal.js').Refusal,
 * }} RoomEvents what `room.on` tells, by name
 * @typedef {'viewer' | 'editor' | 'owner'} Role
 *
 * @typedef {{direction: 'in' | 'out', at: number, message: any, bytes: number}} Traffic
 *   `at`: milliseconds since 1970. `bytes`: characters, in truth.
 * @typedef {(direction: 'in' | 'out', text: string, pass: () => void) => void} Gate
 *   Stands between library and socket: what it does not `pass` is lost, what it passes later is late.
 *
 * @typedef {{room: string, order: Order, mine: boolean, id?: number, sentAt?: number, settle: Settle}} Entry
 *   One command of the outbox. `mine`: made by this page. `id`: while it is on its way.
 * @typedef {{resolve(value: any): void, reject(refusal: any): void}} Settle
 * @typedef {{seq?: number, refusal?: import('./refusal.js').Refusal}} Outcome one of the two
 *
 * @typedef {{
 *   send(order: Order, settle: Settle): void,
 *   refuses(order: Order): import('./refusal.js').Refusal | undefined,
 *   request(message: Record<string, any>): Promise<any>,
 *   tell(message: Record<string, any>): void,
 *   confirmed(key: string, seq: number): void,
 *   leave(): void,
 *   newKey(): string,
 *   restart(): void,
 * }} Line what a room needs of its connection
 *
 * @typedef {{
 *   welcomed(welcome: any, again: boolean): void,
 *   heard(message: any): void,
 *   lost(): void,
 *   changed(): void,
 *   probe(): boolean,
 *   awaiting(): boolean,
 *   passed(direction: 'in' | 'out', text: string): void,
 *   gate: Gate | undefined,
 * }} LinkOwner
 *   `probe` asks something that the server answers, if there is anything to ask. `awaiting`: an answer
 *   is due.
 *
 * @typedef {{
 *   WebSocket: new (url: string, protocols: string[]) => any,
 *   setTimeout: (task: () => void, millis: number) => any,
 *   clearTimeout: (timer: any) => void,
 *   now: () => number,
 *   ticks: () => number,
 *   random: () => number,
 *   newKey: () => string,
 *   storage: {getItem(key: string): string | null, setItem(key: string, value: string): void, removeItem(key: string): void} | undefined,
 *   onWake: (listener: (online: boolean) => void) => () => void,
 *   indexedDB: IDBFactory | undefined,
 *   locks: LockManager | undefined,
 *   channel: ((name: string) => BroadcastChannel) | undefined,
 * }} Surroundings
 *   What the library takes from the browser. `now`: milliseconds since 1970, as the machine's clock has
 *   it. `ticks`: milliseconds by a clock that nobody sets; pauses and rates are measured by it. `onWake`:
 *   the network changed, or the page is seen again; returns what stops listening.
 *
 * @module
 */
export {};

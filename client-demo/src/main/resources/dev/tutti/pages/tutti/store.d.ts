import type { Connection, Member, Room, Status } from '../tutti.js';

/** What React's `useSyncExternalStore` takes; snapshots stay `===` until they differ. */
export interface Store<T> {
  subscribe(listener: () => void): () => void;
  getSnapshot(): T;
}

/** The room's document with my own pending changes; undefined until it has come. */
export declare function documentOf<D, C>(room: Room<D, C>): Store<D | undefined>;

/** Who is here: session → member. */
export declare function membersOf(room: Room<any, any>): Store<Record<string, Member>>;

/** What the connection's status is; the same object until something of it differs. */
export declare function statusOf(connection: Connection): Store<Status>;

/** A part of a store: its listeners hear of it only when it differs. */
export declare function select<T, P>(from: Store<T>, part: (value: T) => P, same?: (a: P, b: P) => boolean): Store<P>;

/** For Svelte, whose stores say their value at once. */
export declare function readable<T>(from: Store<T>): { subscribe(run: (value: T) => void): () => void };

/** For Vue: a ref that follows until its scope ends. Give it Vue's own functions. */
export declare function refOf<T, R extends { value: T }>(
  from: Store<T>,
  vue: { shallowRef(value: T): R; onScopeDispose(stop: () => void): void },
): R;

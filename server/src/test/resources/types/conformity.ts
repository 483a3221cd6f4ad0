// The declarations, held against the library itself with the types of its comments.
import * as real from './library/tutti.js';
import * as stores from './library/tutti/store.js';
import * as declared from '/tutti.js';
import * as declaredStores from '/tutti/store.js';
import type * as shapes from './library/tutti/types.js';

const modules: Record<keyof typeof declared, unknown> = real;
const whole: Record<keyof typeof real, unknown> = declared;
const storesThere: Record<keyof typeof declaredStores, unknown> = stores;
const storesDeclared: Record<keyof typeof stores, unknown> = declaredStores;

// What is declared is there, with a type that fits.
// (The `code` of a refusal is any text in the library's own eyes, also of one that a room tells.)
const room: Omit<declared.Room, 'on' | 'refusal' | 'ready'> = {} as real.Room;
const connection: Omit<declared.Connection, 'room'> = {} as real.Connection;
const refusal: Omit<declared.Refusal, 'code'> = {} as real.Refusal;

// What is there is declared, but for what the parts of the library say to each other.
type Inner = 'happened' | 'loaded' | 'restored' | 'handedOver' | 'told' | 'heard' | 'undoChanged' | 'closed' | 'predictions';
const ofRoom: Exclude<keyof real.Room, Inner | keyof declared.Room> extends never ? true : never = true;
type InnerOfConnection = 'options' | 'around';
const ofConnection: Exclude<keyof real.Connection, InnerOfConnection | keyof declared.Connection> extends never ? true : never = true;

// What is handed over is the same on both sides: no field more, none less, none of another type.
type Same<A, B> = [Required<A>, Required<B>] extends [Required<B>, Required<A>] ? (keyof A extends keyof B ? (keyof B extends keyof A ? true : never) : never) : never;
const options: Same<declared.Options, Omit<shapes.Options, 'surroundings'>> = true;
const status: Same<declared.Status, shapes.Status> = true;
const traffic: Same<declared.Traffic, shapes.Traffic> = true;
const member: Same<declared.Member, shapes.Member> = true;
const sendOptions: Same<declared.SendOptions, shapes.SendOptions> = true;
const change: Same<declared.Change<any>, shapes.DocumentChange> = true;
const events: Same<{ [K in keyof declared.RoomEvents<any>]: 0 }, { [K in keyof shapes.RoomEvents]: 0 }> = true;
const ofConnections: Same<{ [K in keyof declared.ConnectionEvents]: 0 }, { [K in keyof shapes.ConnectionEvents]: 0 }> = true;
export { options, status, traffic, member, sendOptions, change, events, ofConnections };
export { modules, whole, storesThere, storesDeclared, room, connection, refusal, ofRoom, ofConnection };

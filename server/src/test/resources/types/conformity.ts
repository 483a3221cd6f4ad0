// The declarations, held against the library itself with the types of its comments.
import * as real from './library/tutti.js';
import * as stores from './library/tutti/store.js';
import * as declared from '/tutti.js';
import * as declaredStores from '/tutti/store.js';

const modules: Record<keyof typeof declared, unknown> = real;
const whole: Record<keyof typeof real, unknown> = declared;
const storesThere: Record<keyof typeof declaredStores, unknown> = stores;
const storesDeclared: Record<keyof typeof stores, unknown> = declaredStores;

// What is declared is there, with a type that fits.
// (`role` and `code` are any text in the library's own eyes; of `room` and `on` the declarations know more.)
const room: Omit<declared.Room, 'role' | 'refusal' | 'ready'> = {} as real.Room;
const connection: Omit<declared.Connection, 'room' | 'on'> = {} as real.Connection;
const refusal: Omit<declared.Refusal, 'code'> = {} as real.Refusal;

// What is there is declared, but for what the parts of the library say to each other.
type Inner = 'happened' | 'loaded' | 'restored' | 'told' | 'heard' | 'undoChanged' | 'closed' | 'predictions';
const ofRoom: Exclude<keyof real.Room, Inner | keyof declared.Room> extends never ? true : never = true;
type InnerOfConnection = 'options' | 'around';
const ofConnection: Exclude<keyof real.Connection, InnerOfConnection | keyof declared.Connection> extends never ? true : never = true;
export { modules, whole, storesThere, storesDeclared, room, connection, refusal, ofRoom, ofConnection };

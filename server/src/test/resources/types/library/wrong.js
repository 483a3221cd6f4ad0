// What the pages' own scripts must not do: that their comments are checked is seen here.
import { connect } from './tutti.js';

connect('/v1/ws', { nmae: 'Ana' }); // TS2353 no such option
connect('/v1/ws').room('board:launch').undoo(); // TS2551 no such method
/** @param {import('./tutti/types.js').Status} status */
export const state = (status) => status.stat; // TS2551 no such field

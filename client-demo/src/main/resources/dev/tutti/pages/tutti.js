/**
 * Tutti for browsers: live shared documents over one WebSocket. No dependencies, no build.
 *
 *   import { connect } from '/tutti.js';
 *   const room = connect('/v1/ws', { name: 'Ana' }).room('board:demo');
 *   room.on('change', ({ document }) => draw(document));
 *   const { seq } = await room.send('ticket.move', { ticket: 't1', column: 'doing' });
 *
 * @module
 */
export { Connection, connect } from './tutti/connection.js';
export { Room } from './tutti/room.js';
export { Refusal } from './tutti/refusal.js';
export { applyPatch } from './tutti/patch.js';
export { uuid7 } from './tutti/uuid7.js';

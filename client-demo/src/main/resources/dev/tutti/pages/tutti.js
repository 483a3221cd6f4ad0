/**
 * Tutti for browsers: live shared documents over one WebSocket. No dependencies, no build.
 *
 *   import { connect } from '/tutti.js';
 *   const connection = connect('/v1/ws', { name: 'Ana' });
 *   const room = connection.room('board:demo', { predictions });
 *   room.on('change', ({ document }) => draw(document));
 *   const change = room.send('ticket.move', { ticket: 't1', column: 'doing' });
 *   await change.local;   // it shows
 *   await change;         // no crash can lose it
 *   await room.undo();    // and back again
 *
 * - `connect(url, options)` gives a {@link Connection}: `room`, `status`, `pending`, `user`, `on`
 *   (`status`, `welcome`, `refused`, `traffic`), `tryNow`, `authenticate`, `rename`, `close`; for
 *   developers also `cut` and `gate`.
 * - A {@link Room} has the live `document`, `confirmed`, `seq`, `epoch`, `role`, `members`, `pending`,
 *   and `send`, `undo`, `redo`, `history`, `setPresence`, `signal`, `leave`, `on` (`change`, `event`,
 *   `refused`, `members`, `signal`, `role`, `undo`, `closed`).
 * - Commands wait without a connection, outlive the page (`status.outbox` says so), and are sent once,
 *   in order, by one of a user's tabs. Predictions registered by name are made again after a reload.
 *
 * The shapes are in `tutti/types.js`.
 *
 * @module
 */
export { Connection, connect } from './tutti/connection.js';
export { Room } from './tutti/room.js';
export { Refusal } from './tutti/refusal.js';
export { applyPatch } from './tutti/patch.js';
export { uuid7 } from './tutti/uuid7.js';

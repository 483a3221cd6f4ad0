/**
 * The rules of a kanban board: columns, tickets, checklists, comments. Pure: no thread, no clock,
 * no I/O, no state. Found by {@code ServiceLoader}; called by {@code room} on the room's thread.
 */
@NullMarked
package dev.tutti.rules.board;

import org.jspecify.annotations.NullMarked;

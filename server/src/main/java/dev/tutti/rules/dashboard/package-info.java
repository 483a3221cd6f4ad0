/**
 * The rules of a dashboard: widgets on a grid, and the readings that they show. Pure: no thread, no
 * clock, no I/O, no state. Found by {@code ServiceLoader}; called by {@code room} on the room's
 * thread.
 */
@NullMarked
package dev.tutti.rules.dashboard;

import org.jspecify.annotations.NullMarked;

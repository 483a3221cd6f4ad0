/**
 * What a command does, per room type: the port that room types implement, and the document they
 * decide on. Pure: no thread, no clock, no I/O. Called by {@code room} on the room's thread.
 */
@NullMarked
package dev.tutti.rules;

import org.jspecify.annotations.NullMarked;

/**
 * Rooms: the single-threaded replica of one document on one instance, and the deciding. Each room
 * lives on its {@link dev.tutti.room.Home}; {@link dev.tutti.room.Rooms} is the door for all other
 * threads. Called by {@code session}; talks to {@code journal}, {@code relay} and {@code fanout}.
 */
@NullMarked
package dev.tutti.room;

import org.jspecify.annotations.NullMarked;

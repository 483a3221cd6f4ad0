/**
 * Who is in a room, and what they say in passing. Nothing is stored. Owned by the room, on its
 * thread.
 */
@NullMarked
package dev.tutti.presence;

import org.jspecify.annotations.NullMarked;

/**
 * Between instances: carries committed events fast, and may lose, repeat or reorder any of them.
 * The journal stays the truth. The port, its messages and their bytes, and the relay of an instance
 * that is alone. Called by {@code room}; what arrives is handed over on the room's own thread.
 */
@NullMarked
package dev.tutti.relay;

import org.jspecify.annotations.NullMarked;

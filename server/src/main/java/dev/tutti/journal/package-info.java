/**
 * The journal: for each room the list of its events, and who may add to it. The port, and an
 * implementation in memory; {@code dev.tutti.postgres} is the durable one. Called by {@code room};
 * answers come on any thread.
 */
@NullMarked
package dev.tutti.journal;

import org.jspecify.annotations.NullMarked;

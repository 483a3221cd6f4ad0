/**
 * Compares what the journal keeps twice: replays every room's events and looks whether its
 * snapshot, head, numbers and keys agree. Called by the command {@code verify}, on its thread,
 * which blocks.
 */
@NullMarked
package dev.tutti.verify;

import org.jspecify.annotations.NullMarked;

/**
 * The commands of rooms of type {@code dashboard} and their limits, as records that the codecs and
 * the rules share. Immutable; any thread.
 */
@NullMarked
package dev.tutti.protocol.dashboard;

import org.jspecify.annotations.NullMarked;

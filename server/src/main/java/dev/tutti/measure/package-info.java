/**
 * What the parts count about themselves, in numbers that cost nanoseconds to keep: no names, no
 * labels, no library. Each part owns its own; {@code ops} gives them names and shows them. Written
 * by any thread, read by whoever looks.
 */
@NullMarked
package dev.tutti.measure;

import org.jspecify.annotations.NullMarked;

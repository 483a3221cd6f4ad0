/**
 * {@code ./tutti chat}: a chat in a terminal, on the Java client and JLine. Main reads what is
 * typed; everything else is drawn on the connection's thread.
 */
@NullMarked
package dev.tutti.terminal;

import org.jspecify.annotations.NullMarked;

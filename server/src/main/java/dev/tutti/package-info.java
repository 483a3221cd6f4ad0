/**
 * The start of the process: {@code Main}, and the wiring of a server by hand in one place. Runs on
 * the main thread. Called by the launcher.
 */
@NullMarked
package dev.tutti;

import org.jspecify.annotations.NullMarked;

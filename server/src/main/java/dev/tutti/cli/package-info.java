/**
 * The command line: {@code tutti serve}, {@code tutti token}, what they print and how they end.
 * Runs on the main thread, and returns an exit code. Called by {@code Main}, which hands in how a
 * server is run.
 */
@NullMarked
package dev.tutti.cli;

import org.jspecify.annotations.NullMarked;

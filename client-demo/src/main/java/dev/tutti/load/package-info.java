/**
 * The load generator behind {@code ./tutti load}: opens many WebSockets from a few threads, sends
 * commands on a schedule that never waits for the server, and checks every subscriber's order while
 * it measures. Each event loop is a {@link dev.tutti.load.Lane} and owns all that it touches; the
 * main thread only starts, asks for sums, and prints. Called by the command line.
 */
@NullMarked
package dev.tutti.load;

import org.jspecify.annotations.NullMarked;

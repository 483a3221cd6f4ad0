/**
 * A client that remembers everything it was told, on the JDK's own WebSocket, and the check of its
 * memory against the journal. Shares nothing with the server but the merge patch. Called by tests
 * and by {@code chaos} on any thread; what arrives is handled on the HTTP client's threads, under
 * the client's lock.
 */
@NullMarked
package dev.tutti.probe;

import org.jspecify.annotations.NullMarked;

/**
 * A client for tests that remembers everything it was told, on the JDK's own WebSocket, and the
 * check of its memory against the journal. Shares nothing with the server but the merge patch.
 * Called by tests on any thread; what arrives is handled on the HTTP client's threads, under the
 * client's lock.
 */
@NullMarked
package dev.tutti.client;

import org.jspecify.annotations.NullMarked;

/**
 * Tutti for Java: live shared documents over one WebSocket, on the JDK's own, with nothing but the
 * protocol beside it. The guide is {@code docs/java-client.md}; it behaves like {@code tutti.js}.
 *
 * <p>Everything public is safe on any thread. State is guarded by one lock a connection; listeners
 * and futures are called on the connection's own thread, in order and without the lock.
 */
@NullMarked
package dev.tutti.client;

import org.jspecify.annotations.NullMarked;

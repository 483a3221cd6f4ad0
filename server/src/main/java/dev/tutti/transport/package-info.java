/**
 * Sockets: HTTP, the WebSocket handshake, frames, TLS, write buffers. The only package that knows
 * Netty's channel types. Everything of one connection happens on its event loop. Started by {@code
 * Main}; calls {@code session} through the {@link dev.tutti.session.Gateway}, and is called by it
 * and by {@code fanout} through {@link dev.tutti.session.Connection} and its outlet.
 */
@NullMarked
package dev.tutti.transport;

import org.jspecify.annotations.NullMarked;

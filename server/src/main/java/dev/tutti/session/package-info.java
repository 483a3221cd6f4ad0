/**
 * One connection after its handshake: who it is, its limits, its subscriptions. A session lives on
 * its connection's event loop; the transport calls it there, and rooms answer it there.
 */
@NullMarked
package dev.tutti.session;

import org.jspecify.annotations.NullMarked;

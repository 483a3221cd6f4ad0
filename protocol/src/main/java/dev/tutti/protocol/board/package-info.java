/**
 * The commands of a board room: one record each, and their limits. What they do to a document is
 * decided by the server's rules. Immutable, safe on any thread; used by the server and by clients.
 */
@NullMarked
package dev.tutti.protocol.board;

import org.jspecify.annotations.NullMarked;

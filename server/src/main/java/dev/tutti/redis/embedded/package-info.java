/**
 * A Redis that belongs to this process: for a fleet on one machine, and for tests. Its methods
 * block. Knows nothing of the rest of the server.
 */
@NullMarked
package dev.tutti.redis.embedded;

import org.jspecify.annotations.NullMarked;

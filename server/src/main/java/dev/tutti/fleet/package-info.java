/**
 * Several instances on this machine, with the PostgreSQL and the Redis that they share, each a
 * process of its own that can be killed by hand. Called by {@code cli} and {@code chaos}, which
 * block; what the processes say arrives on a thread for each.
 */
@NullMarked
package dev.tutti.fleet;

import org.jspecify.annotations.NullMarked;

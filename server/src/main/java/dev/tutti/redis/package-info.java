/**
 * The relay through Redis: a single server by publish and subscribe, a Cluster by its sharded form.
 * Implements the port {@code relay}; the only package that knows Lettuce. One thread owns the
 * connections; publishing happens on the caller's thread, and what arrives is handed to the room's
 * home unread.
 */
@NullMarked
package dev.tutti.redis;

import org.jspecify.annotations.NullMarked;

/**
 * A PostgreSQL of the server's own: real binaries from the class path, a data directory that
 * persists, durable settings, loopback only. Called by {@code Main} while it starts and stops, on
 * its thread; a small shell beside the server stops PostgreSQL when the server is gone.
 */
@NullMarked
package dev.tutti.postgres.embedded;

import org.jspecify.annotations.NullMarked;

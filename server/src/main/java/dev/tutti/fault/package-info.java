/**
 * Breaks what lies between processes: a proxy that stands before a server's port. Called by {@code
 * chaos} and by tests on any thread; the bytes are moved by threads of its own, which block.
 */
@NullMarked
package dev.tutti.fault;

import org.jspecify.annotations.NullMarked;

/**
 * What an operator looks at: gives names to what the other packages count, and shows it in
 * Prometheus' text format. Nothing depends on this package but {@code Server}, which binds each
 * part once, at the start; reading happens on a thread of its own, event loops only hand out.
 */
@NullMarked
package dev.tutti.ops;

import org.jspecify.annotations.NullMarked;

/**
 * The journal in PostgreSQL, the only package that writes SQL. Appender lanes and a small pool of
 * readers block on JDBC on threads of their own, so that no caller ever does; {@code Main} opens
 * it, {@code room} calls it through {@link dev.tutti.journal.Journal}.
 */
@NullMarked
package dev.tutti.postgres;

import org.jspecify.annotations.NullMarked;

/**
 * What the server is told: one table of settings, read from the command line and the environment
 * into records. Refused rather than repaired, all problems at once. Immutable; used once, at start,
 * on the main thread. Called by {@code cli}; the records are read by whoever is wired.
 */
@NullMarked
package dev.tutti.config;

import org.jspecify.annotations.NullMarked;

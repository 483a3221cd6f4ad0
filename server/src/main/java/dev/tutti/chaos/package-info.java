/**
 * {@code tutti chaos}: a fleet of real processes that is broken again and again while people write,
 * and the proof that it kept every promise. Called by {@code cli}; everything runs on its caller's
 * thread, which blocks, and the clients on theirs.
 */
@NullMarked
package dev.tutti.chaos;

import org.jspecify.annotations.NullMarked;

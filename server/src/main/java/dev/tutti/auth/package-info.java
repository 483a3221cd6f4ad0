/**
 * Who is there and what they may do: tokens, guests, origins, and whether a start is safe at all.
 * Everything here is immutable and safe on any thread; nothing blocks but {@link
 * dev.tutti.auth.SecretFile}. Called by {@code session} for each {@code hello}, by {@code
 * transport} for each handshake, and by {@code config} at start.
 */
@NullMarked
package dev.tutti.auth;

import org.jspecify.annotations.NullMarked;

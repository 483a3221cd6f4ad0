/**
 * The declarations for TypeScript: made of the protocol's records and of the hand-written part in
 * {@code client-demo/src/main/types}, and tried with the compiler itself.
 */
@NullMarked
package dev.tutti.types;

import org.jspecify.annotations.NullMarked;

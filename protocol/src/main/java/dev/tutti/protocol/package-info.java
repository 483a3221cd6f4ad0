/**
 * The contract between any client and the server: messages, codes, limits, the codec, and the merge
 * patch. Depends on Jackson alone; everything here is immutable or stateless and safe on any
 * thread.
 */
@NullMarked
package dev.tutti.protocol;

import org.jspecify.annotations.NullMarked;

package dev.tutti.transport;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A body whose length is not known before its end. */
interface Pieces {
  /** The next piece, not to be asked for before the one before is there; empty behind the last. */
  CompletableFuture<Optional<byte[]>> next();
}

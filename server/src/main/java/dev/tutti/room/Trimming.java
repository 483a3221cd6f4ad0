package dev.tutti.room;

import dev.tutti.rules.Retention;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets go of what a room does not keep, behind each of its snapshots. What readers may be caught up
 * with stays in any case, so that only an instance that stood still for longer than the room keeps
 * its past finds events gone that it needs; it loads the room anew. Any thread.
 *
 * @param retention of the room's type
 */
record Trimming(RoomContext context, Retention retention) {
  private static final Logger log = LoggerFactory.getLogger(Trimming.class);

  /** Completes normally, always. One that fails is made up for behind the next snapshot. */
  CompletableFuture<Void> trim(String epoch, long room) {
    if (!retention.letsGo()) {
      return CompletableFuture.completedFuture(null);
    }
    long behind = Math.max(retention.events(), context.settings().limits().maxCatchUpEvents());
    return context
        .journal()
        .trim(epoch, room, behind, context.clock().instant().minus(retention.age()))
        .thenAccept(context.counts().trimmed()::add)
        .exceptionally(failure -> {
          log.debug("Room {} was not trimmed: {}", room, failure.toString());
          return null;
        });
  }
}

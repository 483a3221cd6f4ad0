package dev.tutti.client;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * My own changes through this room, and what I took back. An undo is an event like any other, so a
 * redo is the undo of an undo. Guarded by itself.
 */
final class Undo {
  /** The engine's own command. */
  static final String COMMAND = "change.undo";

  /** How many changes can be taken back. */
  private static final int DEPTH = 100;

  /** After these the same wish may be granted later, so the change stays where it is. */
  private static final Set<String> NOT_NOW = Set.of("rule", "forbidden");

  private final ArrayDeque<CompletableFuture<Long>> done = new ArrayDeque<>();
  private final ArrayDeque<CompletableFuture<Long>> undone = new ArrayDeque<>();
  private final LongFunction<CompletableFuture<Long>> send;

  /** One wish is sent behind the other, whatever their changes wait for. */
  private CompletableFuture<@Nullable Void> asked = CompletableFuture.completedFuture(null);

  /**
   * @param send sends the undo of an event
   */
  Undo(LongFunction<CompletableFuture<Long>> send) {
    this.send = send;
  }

  synchronized void did(CompletableFuture<Long> durable) {
    undone.clear();
    push(done, durable);
  }

  /** What was done so far was another's. */
  synchronized void forget() {
    done.clear();
    undone.clear();
  }

  CompletableFuture<Optional<Long>> undo() {
    return take(done, undone);
  }

  CompletableFuture<Optional<Long>> redo() {
    return take(undone, done);
  }

  private synchronized void push(
      ArrayDeque<CompletableFuture<Long>> stack, CompletableFuture<Long> durable) {
    stack.addLast(durable);
    if (stack.size() > DEPTH) {
      stack.removeFirst();
    }
    durable.whenComplete((seq, failure) -> {
      if (failure != null) {
        synchronized (this) {
          stack.remove(durable);
        }
      }
    });
  }

  private CompletableFuture<Optional<Long>> take(
      ArrayDeque<CompletableFuture<Long>> from, ArrayDeque<CompletableFuture<Long>> to) {
    CompletableFuture<Long> mine;
    CompletableFuture<@Nullable Void> before;
    CompletableFuture<@Nullable Void> sent = new CompletableFuture<>();
    synchronized (this) {
      mine = from.pollLast();
      if (mine == null) {
        return CompletableFuture.completedFuture(Optional.empty());
      }
      before = asked;
      asked = sent;
    }
    CompletableFuture<Long> taken =
        before
            .thenCompose(_ -> mine)
            .thenApply(send::apply)
            .whenComplete((_, _) -> sent.complete(null))
            .thenCompose(Function.identity());
    push(to, taken);
    taken.whenComplete((_, failure) -> {
      if (failure != null && isNotNow(failure)) {
        push(from, mine);
      }
    });
    return taken.thenApply(Optional::of);
  }

  private static boolean isNotNow(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof Refusal refusal && NOT_NOW.contains(refusal.code());
  }
}

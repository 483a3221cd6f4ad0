package dev.tutti.client;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of a command. Nobody has to wait for either.
 *
 * @param local completes with the document that shows it, as soon as there is one; fails where a
 *     prediction says no, and then it is not sent
 * @param durable completes with the number of its event when no crash can lose it; fails with a
 *     {@link Refusal} when it has not happened and will not
 */
public record Sent(UUID key, CompletableFuture<ObjectNode> local, CompletableFuture<Long> durable) {

  /**
   * Waits until it is durable.
   *
   * @return the number of its event
   * @throws java.util.concurrent.CompletionException caused by a {@link Refusal}
   */
  public long join() {
    return durable.join();
  }
}

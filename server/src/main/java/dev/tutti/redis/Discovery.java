package dev.tutti.redis;

import dev.tutti.redis.RedisSettings.Address;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Asks which servers there are, of one address after the other until one answers. */
final class Discovery {
  private static final int PATIENCE_SECONDS = 4;

  private final Connector connector;

  Discovery(Connector connector) {
    this.connector = connector;
  }

  /** Fails with the last address's reason when none answers. Completes on any thread. */
  CompletableFuture<Topology> ask(List<Address> addresses) {
    CompletableFuture<Topology> first = ask(addresses.getFirst());
    if (addresses.size() == 1) {
      return first;
    }
    return first.exceptionallyCompose(failure -> ask(addresses.subList(1, addresses.size())));
  }

  private CompletableFuture<Topology> ask(Address address) {
    CompletableFuture<Topology> answer = new CompletableFuture<>();
    connector
        .connect(address)
        .whenComplete((connection, failure) -> {
          if (failure != null) {
            answer.completeExceptionally(failure);
            return;
          }
          answer.whenComplete((topology, late) -> connection.closeAsync());
          ask(connection, address)
              .whenComplete((topology, refused) -> {
                if (refused == null) {
                  answer.complete(topology);
                } else {
                  answer.completeExceptionally(refused);
                }
              });
        });
    return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static CompletionStage<Topology> ask(
      StatefulRedisConnection<String, byte[]> connection, Address address) {
    return connection
        .async()
        .info()
        // An account that may not ask is given one server.
        .exceptionally(notAllowed -> "")
        .thenCompose(info -> {
          if (info.contains("redis_mode:cluster")) {
            return connection
                .async()
                .clusterNodes()
                .thenApply(nodes -> Topology.cluster(nodes, address));
          }
          if (info.contains("role:slave")) {
            throw new IllegalStateException(
                "it is a replica, which passes on nothing that is published to it");
          }
          return CompletableFuture.completedFuture(Topology.single(address));
        });
  }
}

package dev.tutti.redis;

import dev.tutti.redis.RedisSettings.Address;
import dev.tutti.redis.embedded.TestCluster;
import dev.tutti.relay.FleetRelayContract;
import dev.tutti.relay.Relay;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Over a Cluster of three. */
class ClusterRelayTest extends FleetRelayContract {
  private static TestCluster cluster;
  private final Relays relays = new Relays(settings());

  @BeforeAll
  static void start() {
    cluster = TestCluster.started();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void close() {
    relays.close();
  }

  private static RedisSettings settings() {
    return new RedisSettings(
        List.of(new Address("127.0.0.1", cluster.node(0).port())),
        false,
        Optional.empty(),
        "",
        cluster.password());
  }

  @Override
  protected Relay relay(int instance) {
    return relays.get(instance);
  }

  @Override
  protected void until(BooleanSupplier condition) {
    Relays.until(condition);
  }
}

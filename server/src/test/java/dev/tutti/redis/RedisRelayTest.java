package dev.tutti.redis;

import dev.tutti.redis.embedded.TestRedis;
import dev.tutti.relay.FleetRelayContract;
import dev.tutti.relay.Relay;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Over a single server. */
class RedisRelayTest extends FleetRelayContract {
  private static TestRedis redis;
  private final Relays relays = Relays.over(redis);

  @BeforeAll
  static void start() {
    redis = TestRedis.started();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @AfterEach
  void close() {
    relays.close();
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

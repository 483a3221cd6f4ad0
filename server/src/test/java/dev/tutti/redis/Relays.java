package dev.tutti.redis;

import static org.awaitility.Awaitility.await;

import dev.tutti.redis.RedisSettings.Address;
import dev.tutti.redis.embedded.TestRedis;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** The relays of a fleet's instances over one Redis. */
final class Relays implements AutoCloseable {
  static final byte[] SECRET =
      "the secret of one fleet and of no other".getBytes(StandardCharsets.US_ASCII);

  private final RedisSettings settings;
  private final Map<Integer, RedisRelay> relays = new ConcurrentHashMap<>();

  Relays(RedisSettings settings) {
    this.settings = settings;
  }

  static Relays over(TestRedis redis) {
    return new Relays(settings(redis, redis.port()));
  }

  /** Through another port, for example a proxy's. */
  static RedisSettings settings(TestRedis redis, int port) {
    return new RedisSettings(
        List.of(new Address("127.0.0.1", port)), false, Optional.empty(), "", redis.password());
  }

  /** A connected one; the same for the same number. */
  RedisRelay get(int instance) {
    return relays.computeIfAbsent(
        instance,
        i -> {
          RedisRelay relay = RedisRelay.start(settings, SECRET);
          until(relay::connected);
          return relay;
        });
  }

  static void until(BooleanSupplier condition) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(Duration.ofSeconds(20))
        .until(condition::getAsBoolean);
  }

  @Override
  public void close() {
    relays.values().forEach(RedisRelay::close);
  }
}

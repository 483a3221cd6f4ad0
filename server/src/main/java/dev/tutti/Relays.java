package dev.tutti;

import dev.tutti.config.CannotStart;
import dev.tutti.config.RedisTarget;
import dev.tutti.postgres.PostgresJournal;
import dev.tutti.redis.RedisRelay;
import dev.tutti.redis.RedisSettings;
import dev.tutti.relay.LocalRelay;
import dev.tutti.relay.Relay;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Which relay an instance has. */
final class Relays {
  /** How long a start waits for Redis; it goes on without it. */
  private static final int PATIENCE_SECONDS = 3;

  private Relays() {}

  /**
   * Through Redis where one is named. Blocks until that is connected, or cannot be for now.
   *
   * @throws CannotStart when PostgreSQL does not say what the fleet knows
   */
  static Relay open(Optional<RedisTarget> target, PostgresJournal journal) {
    if (target.isEmpty()) {
      return new LocalRelay();
    }
    RedisRelay relay = RedisRelay.start(settings(target.get()), secret(journal));
    relay.settled().completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    return relay;
  }

  private static byte[] secret(PostgresJournal journal) {
    try {
      return journal.fleetSecret().join();
    } catch (CompletionException e) {
      throw new CannotStart(
          "The secret of the fleet is not to be had: " + e.getMessage(),
          "Look at the PostgreSQL that --postgres-url names, and at the rights of its account.",
          e);
    }
  }

  private static RedisSettings settings(RedisTarget target) {
    return new RedisSettings(
        target.servers().stream()
            .map(server -> new RedisSettings.Address(server.host(), server.port()))
            .toList(),
        target.tls(),
        target.authorities(),
        target.user().orElse(""),
        target.password().orElse(""));
  }
}

package dev.tutti.fleet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What a fleet is to be.
 *
 * @param instances how many, 1 to {@value #MAX_INSTANCES}
 * @param port of the first instance, the others follow; 0 for any free ones
 * @param data holds the PostgreSQL, the Redis and the token secret that all share
 * @param settings environment variables for every instance
 * @param ownPostgres whether the fleet starts one, or {@code settings} name another
 * @param ownRedis whether the fleet starts one, or {@code settings} name another
 * @param grace how long an instance may take to end before it is killed
 * @param restarts whether what ends by itself is started again
 * @param routes how an instance reaches PostgreSQL and Redis
 */
public record FleetPlan(
    int instances,
    int port,
    Path data,
    Map<String, String> settings,
    boolean ownPostgres,
    boolean ownRedis,
    Duration grace,
    boolean restarts,
    Routes routes) {
  public static final int MAX_INSTANCES = 16;

  /** Names the Redis to an instance. */
  public static final String REDIS_URL = "TUTTI_REDIS_URL";

  public FleetPlan {
    settings = Map.copyOf(settings);
  }

  /** Says by which port of this machine an instance reaches a part of the fleet. */
  public interface Routes {
    /** To the part itself. */
    Routes DIRECT =
        new Routes() {
          @Override
          public int toPostgres(int instance, int port) {
            return port;
          }

          @Override
          public int toRedis(int instance, int port) {
            return port;
          }
        };

    int toPostgres(int instance, int port);

    int toRedis(int instance, int port);
  }
}

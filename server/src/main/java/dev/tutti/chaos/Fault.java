package dev.tutti.chaos;

import dev.tutti.fault.Proxy;
import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What goes wrong in one round. Each is over, and everything runs again, when {@link #strike}
 * returns.
 */
enum Fault {
  /** {@code kill -9} of an instance, which is started again. */
  KILL_INSTANCE {
    @Override
    void strike(Bed bed, int instance, RandomGenerator random) {
      bed.instance(instance).kill();
      Bed.until("the instance was started again", () -> bed.instance(instance).runs());
      bed.instance(instance).awaitReady();
    }
  },
  /** {@code SIGSTOP}: the instance keeps its connections, says nothing, and then goes on. */
  FREEZE_INSTANCE {
    @Override
    void strike(Bed bed, int instance, RandomGenerator random) throws IOException {
      bed.instance(instance).freeze();
      bed.whileFrozen();
      bed.instance(instance).thaw();
    }
  },
  /** {@code kill -9} of Redis, which is started again and has forgotten everything. */
  KILL_REDIS {
    @Override
    void strike(Bed bed, int instance, RandomGenerator random) {
      long before = bed.redis().pid();
      bed.redis().kill();
      Bed.until("Redis was started again", () -> bed.redis().pid() != before);
    }
  },
  /** {@code SIGSTOP} of Redis. */
  FREEZE_REDIS {
    @Override
    void strike(Bed bed, int instance, RandomGenerator random) throws IOException {
      bed.redis().freeze();
      bed.whileFrozen();
      bed.redis().thaw();
    }
  },
  /** Everything in Redis is deleted, and its subscribers are thrown out. */
  FLUSH_REDIS {
    @Override
    void strike(Bed bed, int instance, RandomGenerator random) {
      Forger.flush(bed.redis());
    }
  },
  /** Every connection to Redis is reset, several times. */
  CUT_REDIS {
    @Override
    void strike(Bed bed, int instance, RandomGenerator random) {
      for (int i = 0; i < CUTS; i++) {
        bed.links().redis().forEach(Proxy::cut);
        Bed.becomes(() -> connections(bed) > 0, RECONNECT);
      }
    }

    private static int connections(Bed bed) {
      return bed.links().redis().stream().mapToInt(Proxy::connections).sum();
    }
  },
  /** Redis loses an instance's connections without the instance hearing of it. */
  HALF_OPEN_REDIS {
    @Override
    void strike(Bed bed, int instance, RandomGenerator random) {
      bed.links().redis(instance).halfOpen();
      bed.whileFrozen();
      bed.links().redis(instance).cut();
    }
  },
  /** Messages are repeated, mutilated and made up, straight into Redis. */
  FORGE_REDIS {
    @Override
    void strike(Bed bed, int instance, RandomGenerator random) {
      Forger.forge(bed.redis(), random);
    }
  },
  /** The connection breaks when PostgreSQL has committed and says so. */
  CUT_POSTGRES_BEHIND_COMMITS {
    @Override
    void strike(Bed bed, int instance, RandomGenerator random) {
      cut(
          bed.links().postgres(instance),
          () -> bed.links().postgres(instance).cutAtAnswersTo(MARK, CUTS));
    }
  },
  /** The connection breaks when the append is on its way. */
  CUT_POSTGRES_BEFORE_COMMITS {
    @Override
    void strike(Bed bed, int instance, RandomGenerator random) {
      cut(
          bed.links().postgres(instance),
          () -> bed.links().postgres(instance).cutAtRequestsOf(MARK, CUTS));
    }
  },
  /** Nothing passes between an instance and PostgreSQL for a while, and nobody is told. */
  FREEZE_POSTGRES_LINK {
    @Override
    void strike(Bed bed, int instance, RandomGenerator random) {
      bed.links().postgres(instance).freeze();
      bed.whileFrozen();
      bed.links().postgres(instance).thaw();
    }
  },
  /** {@code kill -9} of PostgreSQL, which recovers. */
  KILL_POSTGRES {
    @Override
    void strike(Bed bed, int instance, RandomGenerator random) {
      long before = bed.postgres().pid();
      ProcessHandle.of(before).ifPresent(ProcessHandle::destroyForcibly);
      Bed.until("PostgreSQL was started again", () -> bed.postgres().pid() != before);
    }
  };

  private static final int CUTS = 5;
  private static final Duration RECONNECT = Duration.ofSeconds(2);

  /** Nobody may be writing through the instance that is hit: then it is let be. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** In the patch of every event of a board. */
  private static final String MARK = "tickets";

  /**
   * Does it. Blocks until it is over.
   *
   * @param instance the one that is hit, where one is
   */
  abstract void strike(Bed bed, int instance, RandomGenerator random) throws IOException;

  private static void cut(Proxy proxy, Runnable order) {
    order.run();
    Bed.becomes(() -> proxy.cutsLeft() == 0, PATIENCE);
    proxy.cutAtAnswersTo(MARK, 0);
  }
}

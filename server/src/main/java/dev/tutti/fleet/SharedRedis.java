package dev.tutti.fleet;

import dev.tutti.redis.embedded.EmbeddedRedis;
import dev.tutti.redis.embedded.RedisFailed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The Redis of a fleet. When it has ended without having been told to, that is said, and it is
 * started again under the same address where it {@code restarts}. Safe on any thread.
 */
public final class SharedRedis implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Console console;
  private final boolean restarts;
  private final Thread keeper;
  private volatile EmbeddedRedis redis;
  private volatile boolean closing;

  private SharedRedis(EmbeddedRedis redis, Console console, boolean restarts) {
    this.redis = redis;
    this.console = console;
    this.restarts = restarts;
    this.keeper = Thread.ofPlatform().name("redis-keeper").daemon().unstarted(this::keep);
  }

  static SharedRedis start(Path folder, Console console, boolean restarts) {
    var shared = new SharedRedis(EmbeddedRedis.start(folder), console, restarts);
    shared.announce();
    shared.keeper.start();
    return shared;
  }

  private void announce() {
    console.say("redis is process " + redis.pid() + " on port " + redis.port());
  }

  private void keep() {
    while (!closing) {
      LockSupport.parkNanos(LOOK.toNanos());
      if (!closing && !redis.isAlive()) {
        console.say("redis has ended" + (restarts ? "; it is started again" : ""));
        if (!restarts) {
          return;
        }
        revive();
      }
    }
  }

  private void revive() {
    while (!closing) {
      LockSupport.parkNanos(PAUSE.toNanos());
      try {
        redis = redis.again();
        announce();
        return;
      } catch (RedisFailed failed) {
        console.say("redis could not be started again: " + failed.getMessage());
      }
    }
  }

  /** The number of its process; another after it was started again. */
  public long pid() {
    return redis.pid();
  }

  /** {@code kill -9}. */
  public void kill() {
    ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** {@code kill -STOP}: it keeps its connections and answers nobody. */
  public void freeze() throws IOException {
    Signals.send(pid(), "STOP");
  }

  /** {@code kill -CONT}. */
  public void thaw() throws IOException {
    Signals.send(pid(), "CONT");
  }

  /** Where it listens on loopback, always the same. */
  public int port() {
    return redis.port();
  }

  /** Its address with the password, by way of a port of this machine. */
  public String url(int by) {
    return redis.url().replaceFirst(":\\d+$", ":" + by);
  }

  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(keeper);
    try {
      keeper.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    redis.close();
  }
}

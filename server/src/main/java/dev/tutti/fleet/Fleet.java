package dev.tutti.fleet;

import dev.tutti.auth.SecretFile;
import dev.tutti.config.CannotStart;
import dev.tutti.config.Setting;
import dev.tutti.postgres.PostgresRefused;
import dev.tutti.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL, Redis and some instances, started in this order and stopped in reverse. Each lives as
 * long as this process at most. Starting and closing block; the rest is safe on any thread.
 */
public final class Fleet implements AutoCloseable {
  private static final String READY = "ready ";

  private final FleetPlan plan;
  private final Console console;

  // Guarded by this.
  private final List<Part> instances = new ArrayList<>();
  private @Nullable EmbeddedPostgres postgres;
  private @Nullable SharedRedis redis;
  private boolean closed;

  /** A fleet of which nothing runs yet. */
  public Fleet(FleetPlan plan, Console console) {
    this.plan = plan;
    this.console = console;
  }

  /**
   * Starts everything and returns when all of it is ready. The first instance starts alone, as it
   * may have tables to make.
   *
   * @throws CannotStart for a reason that the operator can change
   */
  public void start() {
    Path folder = folder();
    startShared(folder);
    List<Integer> ports = ports();
    for (int i = 0; i < plan.instances(); i++) {
      add(instance(i, ports.get(i), folder));
    }
    instances().getFirst().start();
    instances().getFirst().awaitReady();
    instances().forEach(Part::start);
    instances().forEach(Part::awaitReady);
  }

  /** Made by one, used by all: the folder, and the secret that signs everybody's tokens. */
  private Path folder() {
    try {
      Files.createDirectories(plan.data());
      SecretFile.findOrCreate(plan.data(), new SecureRandom());
      return plan.data().toRealPath();
    } catch (IOException e) {
      throw new CannotStart(
          "The data directory " + plan.data() + " cannot be used: " + e.getMessage(),
          "Choose another one with --data.",
          e);
    }
  }

  private void startShared(Path folder) {
    if (plan.ownPostgres()) {
      try {
        EmbeddedPostgres started = EmbeddedPostgres.start(folder);
        keep(started);
        console.say("postgresql is process " + started.pid() + " on port " + started.port());
      } catch (PostgresRefused e) {
        throw new CannotStart(
            String.valueOf(e.getMessage()), "Choose another folder with --data.", e);
      }
    }
    if (plan.ownRedis()) {
      keep(SharedRedis.start(folder.resolve("redis"), console, plan.restarts()));
    }
  }

  private synchronized void keep(EmbeddedPostgres started) {
    if (closed) {
      started.close();
      throw ending();
    }
    postgres = started;
  }

  private synchronized void keep(SharedRedis started) {
    if (closed) {
      started.close();
      throw ending();
    }
    redis = started;
  }

  private synchronized void add(Part instance) {
    if (closed) {
      throw ending();
    }
    instances.add(instance);
  }

  private static CannotStart ending() {
    return new CannotStart("The fleet was told to end.", "Start it again.");
  }

  private List<Integer> ports() {
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < plan.instances(); i++) {
      ports.add(plan.port() == 0 ? freePort() : plan.port() + i);
    }
    return ports;
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Part instance(int number, int port, Path folder) {
    Map<String, String> environment = new HashMap<>(plan.settings());
    environment.put(Setting.PORT.variable(), Integer.toString(port));
    environment.put(Setting.DATA.variable(), folder.toString());
    postgres()
        .ifPresent(own -> {
          int by = plan.routes().toPostgres(number, own.port());
          environment.put(
              Setting.POSTGRES_URL.variable(), "postgresql://127.0.0.1:" + by + "/tutti");
          environment.put(Setting.POSTGRES_USER.variable(), own.user());
          environment.put(Setting.POSTGRES_PASSWORD.variable(), own.password());
        });
    redis()
        .ifPresent(own ->
            environment.put(
                FleetPlan.REDIS_URL, own.url(plan.routes().toRedis(number, own.port()))));
    return new Part(
        new Part.Recipe(
            "instance " + (number + 1),
            JavaCommand.of("dev.tutti.Main", "serve"),
            plan.grace(),
            environment,
            folder,
            line ->
                line.startsWith(READY)
                    ? Optional.of(line.substring(READY.length()))
                    : Optional.empty()),
        console,
        plan.restarts());
  }

  /** The instances, in the order of their ports. */
  public synchronized List<Part> instances() {
    return List.copyOf(instances);
  }

  /** The fleet's own PostgreSQL, if it has one. */
  public synchronized Optional<EmbeddedPostgres> postgres() {
    return Optional.ofNullable(postgres);
  }

  /** The fleet's own Redis, if it has one. */
  public synchronized Optional<SharedRedis> redis() {
    return Optional.ofNullable(redis);
  }

  /** Stops the instances in order, all at once, and then what they share. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    CompletableFuture.allOf(
            instances().stream().map(Part::stop).toArray(CompletableFuture<?>[]::new))
        .join();
    redis().ifPresent(SharedRedis::close);
    postgres().ifPresent(EmbeddedPostgres::close);
  }
}

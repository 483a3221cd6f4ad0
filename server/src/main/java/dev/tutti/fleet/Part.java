package dev.tutti.fleet;

import dev.tutti.config.CannotStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One process of a fleet. When it ends without having been told to, that is said, and where it
 * {@code restarts} it is started again after a moment: one second, doubling while it does not stay,
 * 30 at most. Safe on any thread.
 */
public final class Part {
  private static final Duration MIN_PAUSE = Duration.ofSeconds(1);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(30);
  private static final Duration STAYS = Duration.ofSeconds(10);
  private static final Duration READY_LIMIT = Duration.ofMinutes(2);
  private static final int KILLED = 128;

  /**
   * How a part is started.
   *
   * @param name for people: {@code instance 1}
   * @param words its command line
   * @param grace how long it may take to end
   * @param environment variables beside this process's own
   * @param readiness what a line says of its address, if it is the line that says ready
   */
  record Recipe(
      String name,
      List<String> words,
      Duration grace,
      Map<String, String> environment,
      Path folder,
      Function<String, Optional<String>> readiness) {}

  private final Recipe recipe;
  private final Console console;
  private final boolean restarts;

  // Guarded by this.
  private @Nullable Leash leash;
  private CompletableFuture<String> ready = new CompletableFuture<>();
  private boolean stopping;
  private long startedNanos;
  private Duration pause = MIN_PAUSE;

  Part(Recipe recipe, Console console, boolean restarts) {
    this.recipe = recipe;
    this.console = console;
    this.restarts = restarts;
  }

  /** For people: {@code instance 1}. */
  public String name() {
    return recipe.name();
  }

  /** Starts it where it does not run. Returns before it is ready. */
  public synchronized void start() {
    if (stopping || leash != null) {
      return;
    }
    if (ready.isDone()) {
      ready = new CompletableFuture<>(); // It had ended and was left down.
    }
    CompletableFuture<String> announced = ready;
    try {
      Leash started =
          Leash.start(
              recipe.words(),
              recipe.grace(),
              recipe.environment(),
              recipe.folder(),
              line -> read(line, announced));
      leash = started;
      startedNanos = System.nanoTime();
      console.say(name() + " is process " + started.pid());
      started.ended().thenAccept(code -> ended(started, announced, code));
    } catch (IOException e) {
      throw new UncheckedIOException(name() + " could not be started.", e);
    }
  }

  private void read(String line, CompletableFuture<String> announced) {
    console.line(name(), line);
    recipe
        .readiness()
        .apply(line)
        .ifPresent(address -> {
          console.say(name() + " ready " + address);
          announced.complete(address);
        });
  }

  private void ended(Leash which, CompletableFuture<String> announced, int code) {
    boolean wasReady = announced.isDone();
    announced.completeExceptionally(new IOException(name() + " " + described(code)));
    synchronized (this) {
      if (leash != which) {
        return;
      }
      leash = null;
      which.release();
      notifyAll();
      if (stopping) {
        return;
      }
      if (restarts) {
        ready = new CompletableFuture<>(); // Whoever asks from now on waits for the next start.
      }
      boolean stayed = System.nanoTime() - startedNanos > STAYS.toNanos();
      pause = stayed || wasReady ? MIN_PAUSE : longer(pause);
    }
    console.say(name() + " " + described(code) + (restarts ? "; it is started again" : ""));
    if (restarts) {
      CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
          .execute(this::start);
    }
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(MAX_PAUSE) < 0 ? doubled : MAX_PAUSE;
  }

  private static String described(int code) {
    return code > KILLED ? "was ended by signal " + (code - KILLED) : "ended with code " + code;
  }

  /**
   * Waits until it has said that it is ready, and says where.
   *
   * @throws CannotStart when it ends before, or says nothing for two minutes
   */
  public String awaitReady() {
    CompletableFuture<String> announced;
    synchronized (this) {
      announced = ready;
    }
    try {
      return announced.copy().orTimeout(READY_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new CannotStart(
          name() + " did not become ready: " + e.getCause(),
          "Its lines above, which begin with [" + name() + "], say why.",
          e);
    }
  }

  /** Whether it runs, ready or not. */
  public synchronized boolean runs() {
    return leash != null;
  }

  /** The number of its process, while it runs. */
  public synchronized Optional<Long> pid() {
    return Optional.ofNullable(leash).map(Leash::pid);
  }

  /** {@code kill -9}, and waits for its end. It is started again, where that is how it is kept. */
  public void kill() {
    running()
        .ifPresent(now -> {
          now.kill();
          awaitEnd(now);
        });
  }

  private synchronized void awaitEnd(Leash which) {
    while (leash == which) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** {@code kill -STOP}: it keeps its connections and says nothing. */
  public void freeze() throws IOException {
    signal("STOP");
  }

  /** {@code kill -CONT}: it goes on as if nothing had been. */
  public void thaw() throws IOException {
    signal("CONT");
  }

  private void signal(String signal) throws IOException {
    Optional<Leash> now = running();
    if (now.isPresent()) {
      Signals.send(now.get().pid(), signal);
    }
  }

  private synchronized Optional<Leash> running() {
    return Optional.ofNullable(leash);
  }

  /** Tells it to end, for good. Completes when it has. */
  CompletableFuture<Void> stop() {
    Optional<Leash> now;
    synchronized (this) {
      stopping = true;
      now = running();
    }
    now.ifPresent(Leash::release);
    return now.map(Leash::ended).orElse(CompletableFuture.completedFuture(0)).thenAccept(_ -> {});
  }
}

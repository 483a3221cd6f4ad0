package dev.tutti.ops;

import dev.tutti.postgres.PostgresJournal;
import dev.tutti.relay.Relay;
import dev.tutti.room.RoomCounts;
import dev.tutti.room.Rooms;
import dev.tutti.room.RulesCounts;
import dev.tutti.session.Sessions;
import dev.tutti.sources.SourceCounts;
import dev.tutti.transport.Exposition;
import dev.tutti.transport.TransportServer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmHeapPressureMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.logging.LogbackMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * All metrics of one instance. Made before the parts, shown each as it is made, then read on the
 * thread {@code metrics}. What each means, and when to worry, is in {@code docs/operating.md}.
 */
public final class Metrics implements Exposition, AutoCloseable {
  /** Readings that may wait; one more is refused. */
  private static final int MAX_WAITING = 8;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Names names = new Names(registry);
  private final Meters meters = new Meters(names);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final JvmHeapPressureMetrics pressure = new JvmHeapPressureMetrics();
  private final LogbackMetrics logged = new LogbackMetrics();
  private final LoopLag lag = new LoopLag();
  private final Optional<byte[]> token;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAX_WAITING),
          Thread.ofPlatform().name("metrics").daemon().factory());

  /**
   * The metrics of the process.
   *
   * @param token whoever shows it may read from anywhere; without one only this machine may read
   * @param version of the server
   */
  public Metrics(Optional<String> token, String version) {
    this.token = token.map(Metrics::bytes);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    collections.bindTo(registry);
    pressure.bindTo(registry);
    logged.bindTo(registry);
    names.gauge("tutti.build.info", "Always 1, with the version.", () -> 1, "version", version);
  }

  /** Shows the journal and its connections. */
  public void show(PostgresJournal journal) {
    meters.journal(journal);
  }

  /** Shows the rooms. */
  public void show(Rooms rooms, RoomCounts counts) {
    meters.rooms(rooms, counts);
  }

  /** Shows how room types of one's own behave. */
  public void show(RulesCounts rules) {
    meters.rules(rules);
  }

  /** Shows what is asked of elsewhere. */
  public void show(SourceCounts sources) {
    meters.sources(sources);
  }

  /** Shows what goes between instances. */
  public void show(Relay relay) {
    meters.relay(relay);
  }

  /** Shows sessions and the fan-out to them. */
  public void show(Sessions sessions) {
    meters.sessions(sessions);
    meters.fanout(sessions);
  }

  /** Shows the sockets. */
  public void show(TransportServer transport) {
    meters.sockets(transport);
  }

  /** Shows how late event loops are. */
  public void show(Collection<? extends Executor> loops) {
    names.distribution("tutti_loop_lag_seconds", "What a task waits for its loop.", lag.seen());
    lag.watch(loops);
  }

  @Override
  public Visitor visitor(boolean near, Optional<String> shown) {
    if (token.isEmpty()) {
      return near ? Visitor.READER : Visitor.STRANGER;
    }
    boolean right =
        shown.map(Metrics::bytes).filter(it -> MessageDigest.isEqual(it, token.get())).isPresent();
    return right ? Visitor.READER : Visitor.NEEDS_TOKEN;
  }

  @Override
  public void read(Consumer<byte[]> to) {
    try {
      thread.execute(() -> to.accept(bytes(registry.scrape())));
    } catch (RejectedExecutionException tooMany) {
      to.accept(new byte[0]);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    lag.close();
    thread.shutdown();
    collections.close();
    pressure.close();
    logged.close();
    registry.close();
  }
}

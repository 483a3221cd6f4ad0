package dev.tutti.sources;

import dev.tutti.protocol.RoomName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/**
 * All sources of one instance. Each is asked by whoever of the fleet has its turn, once for all
 * viewers, and not while nobody looks, unless it says {@code always}. {@link #tick} comes from a
 * thread that must not wait; whatever waits has a virtual thread.
 */
public final class Sources implements AutoCloseable {
  /** Of one question. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final List<Poll> polls;
  private final Dashboards dashboards;
  private final Turns turns;
  private final Fetch fetch;
  private final InstantSource clock;
  private final SourceCounts counts = new SourceCounts();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** How many looked at each room when it was asked last. */
  private final Map<RoomName, Integer> watching = new ConcurrentHashMap<>();

  /**
   * What is asked.
   *
   * @param allowed addresses beyond those of the open internet
   */
  public record Plan(Set<String> allowed, List<Source> sources) {
    /** Whether there is nothing to do. */
    public boolean isEmpty() {
      return sources.isEmpty();
    }

    /** Without addresses and headers. */
    @Override
    public String toString() {
      return sources.toString();
    }
  }

  /** Asks nothing before the first {@link #tick}. */
  public Sources(
      Plan plan, Dashboards dashboards, Turns turns, InstantSource clock, RandomGenerator random) {
    this(plan, dashboards, turns, clock, random, LIMIT);
  }

  Sources(
      Plan plan,
      Dashboards dashboards,
      Turns turns,
      InstantSource clock,
      RandomGenerator random,
      Duration limit) {
    this.polls =
        plan.sources().stream().map(source -> new Poll(source, dashboards, random)).toList();
    this.dashboards = dashboards;
    this.turns = turns;
    this.clock = clock;
    this.fetch = new Fetch(new Addresses(plan.allowed()), limit);
  }

  /** Asks those whose time has come. Once a second or so. */
  public void tick() {
    Map<RoomName, Integer> seen = new HashMap<>(watching);
    for (Poll poll : polls) {
      Source source = poll.source();
      source.rooms().forEach(room -> dashboards.watching(room, n -> watching.put(room, n)));
      boolean looked =
          source.always() || source.rooms().stream().anyMatch(r -> seen.getOrDefault(r, 0) > 0);
      if (looked && poll.begins(clock.millis())) {
        threads.execute(() -> ask(poll));
      }
    }
  }

  private void ask(Poll poll) {
    if (!turns.mine(poll.source().name())) {
      poll.passed();
      return;
    }
    long beganNanos = System.nanoTime();
    fetch.get(poll.source()).thenAcceptAsync(it -> answered(poll, it, beganNanos), threads);
  }

  private void answered(Poll poll, Fetch.Answer answer, long beganNanos) {
    counts.time().since(beganNanos);
    counts.polls().increment();
    if (!poll.ended(answer, clock.millis())) {
      counts.failures().increment();
    }
  }

  /** What was counted. */
  public SourceCounts counts() {
    return counts;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    fetch.close();
    turns.close();
  }
}

package dev.tutti;

import dev.tutti.measure.Count;
import dev.tutti.measure.Distribution;
import dev.tutti.protocol.dashboard.Reading;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How one instance is, from what its parts count: rates and latencies are those since the last
 * reading. Used by one thread, the home of the room that shows it.
 */
final class Vitals {
  private static final double NANOS = 1e9;
  private static final double MEGABYTE = 1024 * 1024;
  private static final double MILLIS = 1_000;
  private static final double HIGH = 0.99;

  /** What is shown. */
  enum Sign {
    CONNECTIONS("Connections", ""),
    COMMANDS("Commands accepted", "/s"),
    COMMIT("Commit to PostgreSQL, p99", "ms"),
    FANOUT("Frames to readers", "/s"),
    HEAP("Heap", "MB"),
    HEALED("Gaps healed", "");

    private final String title;
    private final String unit;

    Sign(String title, String unit) {
      this.title = title;
      this.unit = unit;
    }

    String widget() {
      return name().toLowerCase(Locale.ROOT);
    }

    String title() {
      return title;
    }

    String unit() {
      return unit;
    }
  }

  /**
   * Where the numbers come from.
   *
   * @param commit in seconds
   */
  record Parts(
      IntSupplier connections, Count commands, Distribution commit, Count frames, Count healed) {}

  private record Seen(long nanos, long commands, long frames, Distribution.Reading commit) {}

  private final String instance;
  private final Parts parts;
  private final LongSupplier nanos;
  private @Nullable Seen last;

  /**
   * @param instance the name of its series, the same after a restart
   */
  Vitals(String instance, Parts parts, LongSupplier nanos) {
    this.instance = instance;
    this.parts = parts;
    this.nanos = nanos;
  }

  /** Nobody looks: the next reading begins anew. */
  void rest() {
    last = null;
  }

  /** What is so now; nothing at the first look, as rates need two. */
  List<Reading> read() {
    Seen before = last;
    Seen now =
        new Seen(
            nanos.getAsLong(),
            parts.commands().total(),
            parts.frames().total(),
            parts.commit().read());
    last = now;
    if (before == null) {
      return List.of();
    }
    double seconds = Math.max(1, now.nanos - before.nanos) / NANOS;
    Runtime java = Runtime.getRuntime();
    Map<Sign, Double> values = new EnumMap<>(Sign.class);
    values.put(Sign.CONNECTIONS, (double) parts.connections().getAsInt());
    values.put(Sign.COMMANDS, (now.commands - before.commands) / seconds);
    values.put(Sign.FANOUT, (now.frames - before.frames) / seconds);
    values.put(Sign.HEAP, (java.totalMemory() - java.freeMemory()) / MEGABYTE);
    values.put(Sign.HEALED, (double) parts.healed().total());
    double commit = high(before.commit, now.commit) * MILLIS;
    if (commit > 0) {
      values.put(Sign.COMMIT, commit);
    }
    List<Reading> readings = new ArrayList<>();
    values.forEach((sign, value) ->
        readings.add(new Reading(sign.widget(), instance, value, null, null, null)));
    return readings;
  }

  /** The bound that 99 of 100 recorded between two readings are under; 0 where there are none. */
  private static double high(Distribution.Reading before, Distribution.Reading now) {
    long all = now.count() - before.count();
    long below = 0;
    for (int i = 0; i < now.bounds().length && all > 0; i++) {
      below += now.counts()[i] - before.counts()[i];
      if (below >= Math.ceil(all * HIGH)) {
        // Beyond the last bound there is only infinity, which no chart can show.
        return Double.isInfinite(now.bounds()[i]) ? now.bounds()[i - 1] : now.bounds()[i];
      }
    }
    return 0;
  }
}

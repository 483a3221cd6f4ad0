package dev.tutti.ops;

import dev.tutti.measure.Count;
import dev.tutti.measure.Counts;
import dev.tutti.measure.Distribution;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/**
 * Puts numbers under names in the registry. A label's values are always of a table in the code,
 * never a room or a user: those have no end.
 */
record Names(PrometheusMeterRegistry registry) {

  /** A number that goes up and down. */
  void gauge(String name, String help, DoubleSupplier value, String... labels) {
    Gauge.builder(name, value::getAsDouble)
        .description(help)
        .tags(Tags.of(labels))
        .strongReference(true)
        .register(registry);
  }

  /** A number that only grows; the format adds {@code _total}. */
  void count(String name, String help, Count count, String... labels) {
    // Names is what the registry holds weakly here; the count is held by the function.
    FunctionCounter.builder(name, this, it -> count.total())
        .description(help)
        .tags(Tags.of(labels))
        .register(registry);
  }

  /** One such number for each word of a table. */
  <E extends Enum<E>> void counts(
      String name, String help, Counts<E> counts, String label, Function<E, String> word) {
    counts.each((of, count) -> count(name, help, count, label, word.apply(of)));
  }

  /** A histogram, which Micrometer has no way to take ready-made. */
  void distribution(String name, String help, Distribution distribution) {
    registry
        .getPrometheusRegistry()
        .register((Collector) () -> histogram(name, help, distribution.read()));
  }

  private static HistogramSnapshot histogram(String name, String help, Distribution.Reading now) {
    return HistogramSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(
            HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(ClassicHistogramBuckets.of(now.bounds(), now.counts()))
                .sum(now.sum())
                .build())
        .build();
  }
}

package dev.tutti;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.measure.Count;
import dev.tutti.measure.Distribution;
import dev.tutti.protocol.dashboard.Reading;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a server shows of itself is what its parts have counted. */
class VitalsTest {
  private static final double MEGABYTE = 1024 * 1024;

  private final AtomicInteger connections = new AtomicInteger();
  private final Count commands = new Count();
  private final Distribution commit = Distribution.ofNanos();
  private final Count frames = new Count();
  private final Count healed = new Count();
  private final AtomicLong nanos = new AtomicLong(1);
  private final Vitals vitals =
      new Vitals(
          "web-1:8080",
          new Vitals.Parts(connections::get, commands, commit, frames, healed),
          nanos::get);

  @Test
  void ratesAreThoseSinceTheLastReadingAndTheRestIsAsItIs() {
    connections.set(3);
    commands.add(1_000);
    frames.add(9_000);
    healed.add(7);
    assertThat(vitals.read()).as("rates need two looks").isEmpty();

    seconds(2);
    connections.set(12);
    commands.add(50);
    frames.add(400);
    healed.add(1);
    Map<String, Double> first = values();
    assertThat(first)
        .containsEntry("connections", 12.0)
        .containsEntry("commands", 25.0)
        .containsEntry("fanout", 200.0)
        .containsEntry("healed", 8.0)
        .doesNotContainKey("commit");
    Runtime java = Runtime.getRuntime();
    assertThat(first.get("heap")).isBetween(1.0, java.maxMemory() / MEGABYTE);

    seconds(1);
    assertThat(values())
        .containsEntry("connections", 12.0)
        .containsEntry("commands", 0.0)
        .containsEntry("fanout", 0.0)
        .containsEntry("healed", 8.0);
  }

  @Test
  void ofCommitsItIsTheBoundThatNinetyNineOfAHundredAreUnder() {
    commits(1_000, 9_000); // Before the first look: they are no part of what follows.
    vitals.read();
    seconds(1);
    commits(99, 2);
    commits(1, 200);
    assertThat(values()).containsEntry("commit", 2.5);
    seconds(1);
    commits(98, 2);
    commits(2, 200);
    assertThat(values()).containsEntry("commit", 250.0);
    seconds(1);
    assertThat(values()).as("nothing was committed").doesNotContainKey("commit");
    seconds(1);
    commits(1, 60_000);
    assertThat(values()).as("no chart can show infinity").containsEntry("commit", 10_000.0);
  }

  @Test
  void afterARestItBeginsAnew() {
    vitals.read();
    seconds(3_600);
    commands.add(3_600);
    vitals.rest();
    assertThat(vitals.read()).isEmpty();
    seconds(1);
    commands.add(5);
    assertThat(values()).containsEntry("commands", 5.0);
  }

  /** By widget; each is a number of this instance's series, of a widget that is laid out. */
  private Map<String, Double> values() {
    return vitals.read().stream()
        .peek(reading -> assertThat(reading.series()).isEqualTo("web-1:8080"))
        .collect(Collectors.toMap(Reading::widget, reading -> reading.value()));
  }

  private void commits(int count, long millis) {
    for (int i = 0; i < count; i++) {
      commit.record(TimeUnit.MILLISECONDS.toNanos(millis));
    }
  }

  private void seconds(long count) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(count));
  }
}

package dev.tutti.load;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * All that is counted. Each {@link Lane} owns one and counts on its own thread; the main thread
 * asks a lane's loop for a copy and adds the copies up. Times are nanoseconds of {@link Stamp#now}.
 */
final class Tally {
  /** The longest latency that is told apart; slower ones count as this long. */
  private static final long SLOWEST_NANOS = 120_000_000_000L;

  private static final int DIGITS = 3;

  // The measured part of the run; what falls outside of it is warm-up or draining.
  private long fromNanos = Long.MAX_VALUE;
  private long untilNanos = Long.MAX_VALUE;

  // The whole run.
  long sent;
  long accepted;
  long delivered;
  long frames;
  long bytes;

  // The measured part.
  long acceptedMeasured;
  long deliveredMeasured;
  long framesMeasured;
  long bytesMeasured;

  // The checks, over the whole run.
  long gaps;
  long repeats;
  long resets;
  long skippedByReset;
  long acceptedBeforeEvent;
  long answersToNothing;
  long unsent;
  final Map<String, Long> refused = new TreeMap<>();
  final Map<String, Long> closed = new TreeMap<>();

  /** The first sentence that came with each code. */
  final Map<String, String> sentences = new TreeMap<>();

  /** From due until {@code accepted}, of commands due in the measured part. */
  final Histogram acceptedLatency = histogram();

  /** From due until the event was read by another client of the same server. */
  final Histogram seenLatency = histogram();

  /** From due until the event was read by a client of another server. */
  final Histogram seenElsewhereLatency = histogram();

  /** From a subscription's due time until its document was read whole. */
  final Histogram joinLatency = histogram();

  /** Everything since the last {@link #lap}. */
  private final Histogram lapLatency = histogram();

  /** When the bytes at hand were read. */
  private long nowNanos;

  private boolean measuring;

  private static Histogram histogram() {
    return new Histogram(1_000, SLOWEST_NANOS, DIGITS);
  }

  /** Sets the measured part of the run. */
  void measure(long fromNanos, long untilNanos) {
    this.fromNanos = fromNanos;
    this.untilNanos = untilNanos;
  }

  /** Bytes came in. Called before their frames are counted. */
  void read(int count) {
    nowNanos = Stamp.now();
    measuring = nowNanos >= fromNanos && nowNanos < untilNanos;
    bytes += count;
    if (measuring) {
      bytesMeasured += count;
    }
  }

  void frame() {
    frames++;
    if (measuring) {
      framesMeasured++;
    }
  }

  void delivered(long events) {
    delivered += events;
    if (measuring) {
      deliveredMeasured += events;
    }
  }

  void accepted(long dueNanos) {
    accepted++;
    if (measuring) {
      acceptedMeasured++;
    }
    record(acceptedLatency, dueNanos);
  }

  void seen(long dueNanos, boolean elsewhere) {
    record(elsewhere ? seenElsewhereLatency : seenLatency, dueNanos);
  }

  void joined(long dueNanos) {
    record(joinLatency, dueNanos);
  }

  void says(String code, String sentence) {
    sentences.putIfAbsent(code, sentence);
  }

  void refused(String code) {
    refused.merge(code, 1L, Long::sum);
  }

  void closed(String why) {
    closed.merge(why, 1L, Long::sum);
  }

  private void record(Histogram histogram, long dueNanos) {
    long nanos = Math.clamp(nowNanos - dueNanos, 0, SLOWEST_NANOS);
    lapLatency.recordValue(nanos);
    if (dueNanos >= fromNanos && dueNanos < untilNanos) {
      histogram.recordValue(nanos);
    }
  }

  /**
   * What the progress line shows.
   *
   * @param p99Nanos of everything that was answered since the last lap
   */
  record Lap(long sent, long accepted, long delivered, long p99Nanos) {
    Lap plus(Lap other) {
      return new Lap(
          sent + other.sent,
          accepted + other.accepted,
          delivered + other.delivered,
          Math.max(p99Nanos, other.p99Nanos));
    }
  }

  Lap lap() {
    long p99 = lapLatency.getTotalCount() == 0 ? 0 : lapLatency.getValueAtPercentile(99);
    lapLatency.reset();
    return new Lap(sent, accepted, delivered, p99);
  }

  /** Adds another lane's counts to these. Neither may be counting at the time. */
  Tally add(Tally other) {
    sent += other.sent;
    accepted += other.accepted;
    delivered += other.delivered;
    frames += other.frames;
    bytes += other.bytes;
    acceptedMeasured += other.acceptedMeasured;
    deliveredMeasured += other.deliveredMeasured;
    framesMeasured += other.framesMeasured;
    bytesMeasured += other.bytesMeasured;
    gaps += other.gaps;
    repeats += other.repeats;
    resets += other.resets;
    skippedByReset += other.skippedByReset;
    acceptedBeforeEvent += other.acceptedBeforeEvent;
    answersToNothing += other.answersToNothing;
    unsent += other.unsent;
    other.refused.forEach((code, count) -> refused.merge(code, count, Long::sum));
    other.closed.forEach((why, count) -> closed.merge(why, count, Long::sum));
    other.sentences.forEach(sentences::putIfAbsent);
    acceptedLatency.add(other.acceptedLatency);
    seenLatency.add(other.seenLatency);
    seenElsewhereLatency.add(other.seenElsewhereLatency);
    joinLatency.add(other.joinLatency);
    return this;
  }
}

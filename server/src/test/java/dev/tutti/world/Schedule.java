package dev.tutti.world;

import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Virtual time: tasks in the order of their moments, and the one source of chance. */
final class Schedule {
  private static final Instant BEGINNING = Instant.parse("2026-11-22T12:00:00Z");

  private record Task(long atMicros, long number, Runnable run) implements Comparable<Task> {
    @Override
    public int compareTo(Task other) {
      int byTime = Long.compare(atMicros, other.atMicros);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private final RandomGenerator random;
  private long nowMicros;
  private long number;

  Schedule(long seed) {
    random = new SplittableRandom(seed);
  }

  RandomGenerator random() {
    return random;
  }

  long nowMicros() {
    return nowMicros;
  }

  /** Wall-clock time as somebody sees it whose clock is off by so much. */
  InstantSource clock(long skewMicros) {
    return () -> BEGINNING.plusNanos((nowMicros + skewMicros) * 1_000);
  }

  void at(long micros, Runnable run) {
    tasks.add(new Task(Math.max(micros, nowMicros), number++, run));
  }

  void after(long micros, Runnable run) {
    at(nowMicros + micros, run);
  }

  /** Runs a task again and again, the first time after one period. */
  void every(long micros, Runnable run) {
    after(
        micros,
        () -> {
          run.run();
          every(micros, run);
        });
  }

  /** Whether a chance of so many in a thousand comes true. */
  boolean chance(int perMille) {
    return perMille > 0 && random.nextInt(1_000) < perMille;
  }

  /** A duration between two bounds, in microseconds. */
  long micros(long from, long to) {
    return from + random.nextLong(Math.max(1, to - from));
  }

  /** Runs everything that is due within the next so many microseconds. */
  void run(long micros) {
    long end = nowMicros + micros;
    while (!tasks.isEmpty() && tasks.peek().atMicros() <= end) {
      Task next = tasks.remove();
      nowMicros = next.atMicros();
      next.run().run();
    }
    nowMicros = end;
  }
}

package dev.tutti.postgres;

import static dev.tutti.journal.Samples.aName;
import static dev.tutti.journal.Samples.batch;
import static dev.tutti.journal.Samples.get;

import dev.tutti.journal.Appended;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many events a second the journal takes: each room appends its next batch when the last one
 * has won. Arguments: lanes, rooms, events of a batch, seconds. No test; run by hand.
 */
final class AppendBenchmark {
  private static final int ROUNDS = 3;
  private static final int SINGLE_APPENDS = 1_000;

  private final PostgresJournal journal;
  private final int size;
  private final Executor room =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
  private final LongAdder events = new LongAdder();
  private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();

  private AppendBenchmark(PostgresJournal journal, int size) {
    this.journal = journal;
    this.size = size;
  }

  public static void main(String[] arguments) throws InterruptedException {
    var numbers = Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
    var database = TestPostgres.database().withLanes(numbers[0]);
    try (var journal = PostgresJournal.open(database)) {
      for (int round = 0; round < ROUNDS; round++) {
        new AppendBenchmark(journal, numbers[2]).run(numbers[1], numbers[3]);
      }
      new AppendBenchmark(journal, 1).runOneByOne();
    }
  }

  private void run(int rooms, int seconds) throws InterruptedException {
    var done = new CountDownLatch(rooms);
    long[] ids = new long[rooms];
    Arrays.setAll(ids, _ -> get(journal.create(aName())).id());
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    for (long id : ids) {
      next(id, 0, end, done);
    }
    done.await();
    System.out.printf("%d rooms, batches of %d: %,d events/s", rooms, size, events.sum() / seconds);
    printTimes();
  }

  private void next(long id, long head, long end, CountDownLatch done) {
    long start = System.nanoTime();
    if (start > end) {
      done.countDown();
      return;
    }
    journal
        .append(batch(id, head, size))
        .thenAcceptAsync(
            outcome -> {
              require(outcome);
              nanos.add(System.nanoTime() - start);
              events.add(size);
              next(id, head + size, end, done);
            },
            room);
  }

  private void runOneByOne() {
    long id = get(journal.create(aName())).id();
    for (int i = 0; i < SINGLE_APPENDS; i++) {
      long start = System.nanoTime();
      require(get(journal.append(batch(id, i, 1))));
      nanos.add(System.nanoTime() - start);
    }
    System.out.print("one event after the other");
    printTimes();
  }

  private static void require(Appended outcome) {
    if (!(outcome instanceof Appended.Won)) {
      throw new AssertionError(outcome);
    }
  }

  private void printTimes() {
    var sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    System.out.printf(
        ", p50 %.2f ms, p99 %.2f ms%n",
        sorted[sorted.length / 2] / 1e6, sorted[sorted.length * 99 / 100] / 1e6);
  }
}

package dev.tutti.postgres;

import dev.tutti.journal.Appended;
import dev.tutti.journal.Batch;
import dev.tutti.journal.JournalException;
import dev.tutti.postgres.Inbox.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An appender: one thread with one connection, which takes every batch that waits and appends them
 * in one statement. While that commits, the next ones gather. A room always goes to the same lane,
 * so its batches never overtake each other.
 */
final class Lane {
  private static final Logger log = LoggerFactory.getLogger(Lane.class);

  private final Inbox inbox = new Inbox();
  private final Thread thread;

  private final JournalCounts counts;
  private final Troubles troubles;

  // Only accessed by the lane's thread.
  private final LaneConnection connection;

  /** What lanes warn of, all of them together. */
  record Troubles(Trouble unknown, Trouble refused) {
    /** By this clock. */
    static Troubles by(LongSupplier nanoTime) {
      return new Troubles(
          new Trouble("An append ended unknown; its keys are looked up", nanoTime),
          new Trouble("PostgreSQL refused what a batch holds", nanoTime));
    }
  }

  Lane(int number, Database database, JournalCounts counts, Troubles troubles) {
    this.counts = counts;
    this.troubles = troubles;
    connection = new LaneConnection(database, System::nanoTime);
    thread = Thread.ofPlatform().name("journal-lane-" + number).daemon().start(this::run);
  }

  /** Hands a batch over. Returns at once. */
  CompletableFuture<Appended> append(Batch batch) {
    var waiting = Waiting.of(batch);
    if (!inbox.put(waiting)) {
      return CompletableFuture.completedFuture(
          new Appended.Unavailable(
              new JournalException("The journal is closed, or too much waits for it.")));
    }
    return waiting.outcome();
  }

  private void run() {
    try {
      for (var batches = inbox.take(); !batches.isEmpty(); batches = inbox.take()) {
        appendSafely(batches);
      }
    } catch (InterruptedException e) {
      log.warn("A lane of the journal was interrupted.", e);
    } finally {
      connection.drop();
    }
  }

  /** What is thrown here, an {@link Error} even, ends these batches and never the lane. */
  private void appendSafely(List<Waiting> batches) {
    try {
      append(batches);
    } catch (RuntimeException | Error e) {
      log.error("An append of {} rooms failed in a way that is not expected.", batches.size(), e);
      connection.drop();
      complete(batches, new Appended.Unknown(e));
    }
  }

  private void append(List<Waiting> batches) {
    AppendStatement statement;
    try {
      statement = connection.statement();
    } catch (JournalException e) {
      complete(batches, new Appended.Unavailable(e));
      return;
    }
    String epoch = connection.epoch();
    List<Waiting> old = batches.stream().filter(w -> !w.batch().belongsTo(epoch)).toList();
    // Decided in a life of the journal that is over, on events that may be lost.
    complete(old, new Appended.Lost());
    List<Waiting> ours = batches.stream().filter(w -> w.batch().belongsTo(epoch)).toList();
    if (!ours.isEmpty()) {
      append(ours, statement);
    }
  }

  private void append(List<Waiting> batches, AppendStatement statement) {
    try {
      long beganNanos = System.nanoTime();
      Set<Long> won = statement.append(batches.stream().map(Waiting::batch).toList());
      counts.commit().since(beganNanos);
      counts.batches().record(batches.size());
      counts.events().record(events(batches));
      completeEach(batches, won);
    } catch (Exception e) {
      counts.failures().increment();
      failed(batches, e);
    }
  }

  private void failed(List<Waiting> batches, Exception cause) {
    switch (Failure.of(cause)) {
      case DATA -> appendInHalves(batches, cause);
      case REFUSED -> complete(batches, unavailable("PostgreSQL refused an append.", cause));
      case UNKNOWN -> {
        troubles.unknown().happened(cause);
        connection.drop();
        complete(batches, new Appended.Unknown(cause));
      }
    }
  }

  /** Something in one batch was refused, and the whole statement with it: it is to fail alone. */
  private void appendInHalves(List<Waiting> batches, Exception cause) {
    if (batches.size() == 1) {
      troubles.refused().happened(cause);
      complete(batches, unavailable("PostgreSQL refused what the batch holds.", cause));
      return;
    }
    int half = batches.size() / 2;
    append(batches.subList(0, half));
    append(batches.subList(half, batches.size()));
  }

  private static void completeEach(List<Waiting> batches, Set<Long> won) {
    for (Waiting each : batches) {
      boolean hasWon = won.contains(each.batch().room());
      each.outcome().complete(hasWon ? new Appended.Won() : new Appended.Lost());
    }
  }

  private static int events(List<Waiting> batches) {
    int events = 0;
    for (Waiting each : batches) {
      events += each.batch().entries().size();
    }
    return events;
  }

  /** Batches that wait. Any thread. */
  int waiting() {
    return inbox.size();
  }

  private static Appended unavailable(String sentence, Exception cause) {
    return new Appended.Unavailable(new JournalException(sentence, cause));
  }

  private static void complete(List<Waiting> batches, Appended outcome) {
    batches.forEach(each -> each.outcome().complete(outcome));
  }

  /** Takes no more; appends what waits, and ends. Returns at once. */
  void finish() {
    inbox.close();
  }

  /** Waits for the end, until a moment of {@code nanoTime}; then what waits is given up. */
  void endBy(long nanos) throws InterruptedException {
    if (!thread.join(Duration.ofNanos(Math.max(1, nanos - System.nanoTime())))) {
      log.warn("A lane of the journal does not end; its connection is cut.");
      complete(
          inbox.giveUp(), new Appended.Unavailable(new JournalException("The journal is closed.")));
      connection.cut();
    }
  }
}

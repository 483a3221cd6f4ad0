package dev.tutti.postgres;

import static dev.tutti.journal.Samples.batch;
import static dev.tutti.journal.Samples.get;
import static dev.tutti.journal.Samples.seqs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.journal.Appended;
import dev.tutti.journal.Entry;
import dev.tutti.journal.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Several instances, each with several lanes, append to the same rooms at once. */
final class ManyAppendersTest {
  private static final int INSTANCES = 3;
  private static final int WRITERS_PER_INSTANCE = 4;
  private static final int WINS_PER_WRITER = 25;
  private static final int ROOMS = 5;

  @Test
  void rivalsLeaveNoGapNoDuplicateAndNoDeadlock() throws Exception {
    var database = TestPostgres.database().withLanes(3);
    var instances = new ArrayList<PostgresJournal>();
    for (int i = 0; i < INSTANCES; i++) {
      instances.add(PostgresJournal.open(database));
    }
    var rooms = rooms(instances.getFirst());
    var writers = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < INSTANCES * WRITERS_PER_INSTANCE; i++) {
      var random = new SplittableRandom(i);
      var journal = instances.get(i % INSTANCES);
      writers.add(() -> write(journal, rooms, random));
    }
    int appended = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(writers)) {
        appended += done.get();
      }
    }
    int kept = 0;
    for (long room : rooms) {
      var entries = get(instances.getFirst().readAfter(room, 0, Integer.MAX_VALUE));
      assertThat(seqs(entries))
          .isEqualTo(LongStream.rangeClosed(1, entries.size()).boxed().toList());
      assertThat(entries.stream().map(Entry::key).distinct()).hasSize(entries.size());
      kept += entries.size();
    }
    assertThat(kept).isEqualTo(appended);
    assertThat(
            TestPostgres.ask(
                database,
                "select deadlocks from pg_stat_database where datname = current_database()"))
        .isEqualTo("0");
    instances.forEach(PostgresJournal::close);
  }

  private static List<Long> rooms(PostgresJournal journal) {
    var rooms = new ArrayList<Long>();
    for (int i = 0; i < ROOMS; i++) {
      rooms.add(get(journal.create(Samples.aName())).id());
    }
    return rooms;
  }

  /** Appends to random rooms at the head that it just read, until it won often enough. */
  private static int write(PostgresJournal journal, List<Long> rooms, SplittableRandom random) {
    int appended = 0;
    for (int wins = 0; wins < WINS_PER_WRITER; ) {
      long room = rooms.get(random.nextInt(ROOMS));
      int count = random.nextInt(1, 4);
      long head = get(journal.heads(List.of(room))).get(room);
      if (get(journal.append(batch(room, head, count))) instanceof Appended.Won) {
        wins++;
        appended += count;
      }
    }
    return appended;
  }
}

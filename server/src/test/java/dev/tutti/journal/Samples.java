package dev.tutti.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.RoomName;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Rooms, entries and batches for tests of journals. */
public final class Samples {
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");

  private Samples() {}

  public static RoomName aName() {
    return new RoomName("test:" + UUID.randomUUID());
  }

  /** {@code count} entries behind {@code after}. */
  public static Batch batch(long room, long after, int count) {
    var entries = LongStream.rangeClosed(after + 1, after + count);
    return new Batch(room, after, entries.mapToObj(Samples::entry).toList());
  }

  public static Entry entry(long seq) {
    var patch =
        "{\"tickets\": {\"t1\": {\"column\": \"doing\", \"rank\": \"a%d\"}}}".formatted(seq);
    return new Entry(seq, UUID.randomUUID(), -seq, "ticket.moved", "guest:ana", NOON, patch);
  }

  public static Batch batchOf(long room, String name, String by, String patch) {
    return new Batch(room, 0, List.of(new Entry(1, UUID.randomUUID(), 1, name, by, NOON, patch)));
  }

  public static List<Long> seqs(List<Entry> entries) {
    return entries.stream().map(Entry::seq).toList();
  }

  /** Waits for an append, which must win. */
  static void won(CompletableFuture<Appended> append) {
    assertThat(get(append)).isEqualTo(new Appended.Won());
  }

  public static <T> T get(CompletableFuture<T> future) {
    return future.orTimeout(20, TimeUnit.SECONDS).join();
  }
}

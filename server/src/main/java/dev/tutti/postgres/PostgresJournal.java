package dev.tutti.postgres;

import dev.tutti.journal.Appended;
import dev.tutti.journal.Batch;
import dev.tutti.journal.Entry;
import dev.tutti.journal.Journal;
import dev.tutti.journal.Opening;
import dev.tutti.journal.Stretch;
import dev.tutti.protocol.EntityName;
import dev.tutti.protocol.RoomName;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * The journal in PostgreSQL. Appends go through {@link Lane}s, each a thread with one connection
 * and one statement for everything that waits; questions go through {@link Readers}. Nothing here
 * blocks its caller. Futures complete on the threads of the lanes and readers.
 */
public final class PostgresJournal implements Journal {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final List<Lane> lanes;
  private final Readers readers;
  private final List<String> volatileSettings;
  private final JournalCounts counts;

  private PostgresJournal(
      List<Lane> lanes, Readers readers, List<String> volatileSettings, JournalCounts counts) {
    this.lanes = lanes;
    this.readers = readers;
    this.volatileSettings = volatileSettings;
    this.counts = counts;
  }

  /**
   * Looks at the server, brings its tables up to date, and begins. Blocks.
   *
   * @throws PostgresRefused when PostgreSQL cannot be reached or does not suit, with a sentence
   */
  public static PostgresJournal open(PostgresSettings settings) {
    var database = new Database(settings);
    return open(database, Schema.of(database));
  }

  static PostgresJournal open(Database database, Schema schema) {
    var check = checked(database);
    schema.bringUpToDate();
    var counts = new JournalCounts();
    var troubles = Lane.Troubles.by(System::nanoTime);
    var readers = new Readers(database);
    var lanes = new ArrayList<Lane>();
    for (int i = 0; i < database.settings().lanes(); i++) {
      lanes.add(new Lane(i, database, counts, troubles));
    }
    return new PostgresJournal(List.copyOf(lanes), readers, check.volatileSettings(), counts);
  }

  private static ServerCheck checked(Database database) {
    var settings = database.settings();
    try (Connection connection =
        DriverManager.getConnection(settings.jdbcUrl(), database.properties())) {
      var check = ServerCheck.of(connection);
      check.require(settings.acceptVolatile());
      return check;
    } catch (SQLException e) {
      throw new PostgresRefused("PostgreSQL cannot be reached: " + e.getMessage(), e);
    }
  }

  /** The settings that are off although durability needs them; empty unless that was accepted. */
  public List<String> volatileSettings() {
    return volatileSettings;
  }

  /** What lanes and readers have counted. */
  public JournalCounts counts() {
    return counts;
  }

  /** Batches that wait for a lane. */
  public int waitingBatches() {
    return lanes.stream().mapToInt(Lane::waiting).sum();
  }

  /** Questions that wait for a reader. */
  public int waitingQuestions() {
    return readers.waiting();
  }

  /** The connections of the readers. */
  public ReaderPool readerPool() {
    return readers.state();
  }

  private <T> CompletableFuture<T> ask(JournalRead what, Readers.Question<T> question) {
    counts.reads().increment(what);
    return readers.ask(question);
  }

  @Override
  public CompletableFuture<Appended> append(Batch batch) {
    return lanes.get(Math.floorMod(Long.hashCode(batch.room()), lanes.size())).append(batch);
  }

  /**
   * What the instances of a fleet know and nobody else: made with the tables, never changed, not
   * for any log.
   */
  public CompletableFuture<byte[]> fleetSecret() {
    return ask(JournalRead.OTHER, Queries::fleetSecret);
  }

  @Override
  public CompletableFuture<String> epoch() {
    return ask(JournalRead.HEADS, Epoch::of);
  }

  @Override
  public CompletableFuture<Optional<RoomHead>> find(RoomName room) {
    return ask(JournalRead.HEADS, connection -> Queries.find(connection, room));
  }

  @Override
  public CompletableFuture<List<RoomHead>> findAll(Collection<RoomName> rooms) {
    return ask(JournalRead.HEADS, connection -> Queries.findAll(connection, rooms));
  }

  @Override
  public CompletableFuture<Opening> opening(RoomName room, int back, int limit) {
    return ask(JournalRead.ROOM, connection -> Openings.opening(connection, room, back, limit));
  }

  @Override
  public CompletableFuture<RoomHead> create(RoomName room) {
    return ask(JournalRead.OTHER, connection -> Queries.create(connection, room));
  }

  @Override
  public CompletableFuture<List<Entry>> readAfter(long room, long after, int limit) {
    return ask(
        JournalRead.HISTORY, connection -> Queries.readAfter(connection, room, after, limit));
  }

  @Override
  public CompletableFuture<Stretch> stretch(long room, long after, int limit) {
    return ask(JournalRead.EVENTS, connection -> Openings.stretch(connection, room, after, limit));
  }

  @Override
  public CompletableFuture<List<Entry>> readBefore(long room, long before, int limit) {
    return ask(
        JournalRead.HISTORY, connection -> Queries.readBefore(connection, room, before, limit));
  }

  @Override
  public CompletableFuture<List<Entry>> readTouching(
      long room, EntityName entity, long from, long before, int limit) {
    return ask(
        JournalRead.HISTORY, c -> Queries.readTouching(c, room, entity, from, before, limit));
  }

  @Override
  public CompletableFuture<Boolean> rename(long room, RoomName name) {
    return ask(JournalRead.OTHER, connection -> Queries.rename(connection, room, name));
  }

  @Override
  public CompletableFuture<Void> discard(long room) {
    return ask(
            JournalRead.OTHER,
            connection -> {
              Queries.discard(connection, room);
              return room;
            })
        .thenAccept(_ -> {});
  }

  @Override
  public CompletableFuture<Map<UUID, KnownKey>> known(long room, Collection<UUID> keys) {
    return ask(JournalRead.KEYS, connection -> Queries.known(connection, room, keys));
  }

  @Override
  public CompletableFuture<Map<Long, Long>> heads(Collection<Long> rooms) {
    return ask(JournalRead.HEADS, connection -> Queries.heads(connection, rooms));
  }

  @Override
  public CompletableFuture<Void> save(String epoch, long room, Snapshot snapshot) {
    return ask(
            JournalRead.OTHER,
            connection -> {
              if (Epoch.of(connection).equals(epoch)) {
                Queries.save(connection, room, snapshot);
              }
              return room;
            })
        .thenAccept(_ -> {});
  }

  @Override
  public CompletableFuture<Integer> trim(String epoch, long room, long behind, Instant before) {
    return readers.ask(connection ->
        Epoch.of(connection).equals(epoch) ? Trims.trim(connection, room, behind, before) : 0);
  }

  @Override
  public CompletableFuture<Void> begin(long room, Snapshot from) {
    return readers
        .ask(connection -> {
          Trims.begin(connection, room, from);
          return room;
        })
        .thenAccept(_ -> {});
  }

  @Override
  public CompletableFuture<List<RoomHead>> list(String prefix, String after, int limit) {
    return ask(JournalRead.OTHER, connection -> Queries.list(connection, prefix, after, limit));
  }

  @Override
  public void close() {
    close(CLOSE_LIMIT);
  }

  /**
   * Takes no more and finishes what waits, lanes and readers at the same time; cuts the connections
   * of those that do not end in half of this time. Blocks for no longer than that.
   */
  public void close(Duration limit) {
    long endNanos = System.nanoTime() + limit.toNanos();
    lanes.forEach(Lane::finish);
    readers.finish();
    long halfNanos = endNanos - limit.toNanos() / 2;
    try {
      for (Lane lane : lanes) {
        lane.endBy(halfNanos);
      }
      readers.close(Duration.ofNanos(Math.max(0, endNanos - System.nanoTime())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

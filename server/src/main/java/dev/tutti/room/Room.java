package dev.tutti.room;

import dev.tutti.fanout.LoopFanout;
import dev.tutti.fanout.Reader;
import dev.tutti.journal.Appended;
import dev.tutti.journal.Batch;
import dev.tutti.journal.Entry;
import dev.tutti.journal.Journal.KnownKey;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.Codec;
import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import dev.tutti.rules.Document;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One room on one instance: decides commands on its replica, appends them, and only then confirms
 * them. At most one round is in flight; what arrives meanwhile forms the next.
 *
 * <pre>
 *   LOADING    -- loaded --------------------------> READY
 *   READY      -- commands wait -------------------> APPENDING
 *   READY      -- a gap, or a head beyond ours ----> RECOVERING
 *   APPENDING  -- won -----------------------------> READY       fan out, answer, publish
 *   APPENDING  -- lost or unknown -----------------> RECOVERING
 *   APPENDING  -- unavailable ---------------------> PAUSED      decide again after a pause
 *   RECOVERING -- events read, keys looked up -----> READY       known keys answered, the rest again
 *   RECOVERING -- journal unreachable -------------> RECOVERING  after a pause
 *   READY      -- idle ----------------------------> CLOSED
 * </pre>
 *
 * <p>Everything here runs on the room's {@link Home}; {@link Rooms} is the door for other threads.
 * Nothing is guessed: after a lost or unknown append the journal says which keys happened.
 */
class Room {
  private static final Logger log = LoggerFactory.getLogger(Room.class);

  /**
   * Beyond so many things that wait for the journal no presence waits with them: unlike joins and
   * requests, there is no end to what one connection may send of it.
   */
  private static final int MAX_ARRIVALS_FOR_PRESENCE = 256;

  private enum Phase {
    LOADING,
    READY,
    APPENDING,
    RECOVERING,
    PAUSED,
    CLOSED
  }

  private final RoomName name;
  private final Ruleset rules;
  private final RoomContext context;
  private final Home home;
  private final Desk desk;
  private final Audience audience;
  private final Backoff backoff;

  /** What came while loading or behind a client that is ahead; run in order when ready. */
  private final List<Runnable> arrivals = new ArrayList<>();

  private Phase phase = Phase.LOADING;
  private Replica replica;
  private String epoch = "";

  /** The room's id in the journal; 0 until it exists there. */
  private long id;

  /** The highest {@code seq} that anybody has spoken of. */
  private long heardOf;

  /** The {@code seq} of the last snapshot that was begun. */
  private long snapshotSeq;

  /** True when the journal's epoch is no longer ours. */
  private boolean stale;

  private long busyMillis;

  Room(RoomName name, Ruleset rules, Home home, RoomContext context) {
    this.name = name;
    this.rules = rules;
    this.home = home;
    this.context = context;
    this.desk = new Desk(context.settings().limits());
    this.audience = new Audience(name, rules, home, context.settings());
    this.backoff = new Backoff(context.settings().retryMillis(), context.random());
    this.replica = new Replica(Document.empty(), 0, context.settings().limits());
  }

  Home home() {
    return home;
  }

  /** The id in the journal; 0 until the room exists there. */
  long id() {
    return id;
  }

  boolean closed() {
    return phase == Phase.CLOSED;
  }

  // Loading

  void start() {
    context.relay().open(name, (of, events) -> home.execute(() -> relayed(of, events)));
    load();
  }

  private void load() {
    if (phase == Phase.CLOSED) {
      return;
    }
    phase = Phase.LOADING;
    on(
        Loaded.from(context.journal(), name, context.settings().limits()),
        this::loaded,
        failure -> {
          log.warn("Room {} cannot be loaded; trying again: {}", name, failure.getMessage());
          expire();
          home.later(backoff.nextMillis(), this::load);
        });
  }

  private void loaded(Loaded loaded) {
    boolean reset = !epoch.isEmpty() && (stale || !epoch.equals(loaded.epoch()));
    stale = false;
    backoff.reset();
    epoch = loaded.epoch();
    id = loaded.id();
    replica = loaded.replica(context.settings().limits());
    snapshotSeq = loaded.snapshot().map(s -> s.seq()).orElse(0L);
    if (reset) {
      heardOf = replica.seq();
      desk.renew();
      audience.restart(replica);
    }
    ready();
  }

  /** The one place where the room turns ready: pays what is owed before deciding anything. */
  private void ready() {
    if (phase == Phase.CLOSED) {
      return;
    }
    phase = Phase.READY;
    if (stale) {
      load();
      return;
    }
    if (heardOf > replica.seq()) {
      catchUp();
      return;
    }
    List<Runnable> waiting = List.copyOf(arrivals);
    arrivals.clear();
    waiting.forEach(Runnable::run);
    pump();
  }

  // Deciding and appending

  /** A command. Its reply is called exactly once. */
  void submit(Proposal proposal, Reply reply) {
    busy();
    Optional<KnownKey> known = replica.recentKey(proposal.key());
    if (known.isPresent()) {
      reply.outcome(Desk.known(proposal, known.get()));
      return;
    }
    if (desk.take(proposal, reply, context.millis())) {
      pump();
    }
  }

  private void pump() {
    while (phase == Phase.READY && desk.hasWaiting()) {
      List<Pending> commands = desk.next(context.settings().maxBatch());
      Instant at = context.clock().instant().truncatedTo(ChronoUnit.MICROS);
      Round round =
          Round.decide(replica, commands, rules, at, context.settings().maxBatchBytes());
      desk.again(commands.subList(round.commands().size(), commands.size()));
      if (round.entries().isEmpty()) {
        refuse(round.refused());
      } else {
        phase = Phase.APPENDING;
        append(round);
      }
    }
  }

  private void append(Round round) {
    if (id != 0) {
      Batch batch = new Batch(epoch, id, round.after(), round.entries());
      on(
          context.journal().append(batch),
          outcome -> appended(round, outcome),
          failure -> appended(round, new Appended.Unknown(failure)));
      return;
    }
    on(
        context.journal().create(name),
        head -> {
          id = head.id();
          heardOf = Math.max(heardOf, head.head());
          if (head.head() > replica.seq()) {
            recover(round);
          } else {
            append(round);
          }
        },
        failure -> appended(round, new Appended.Unavailable(failure)));
  }

  private void appended(Round round, Appended outcome) {
    switch (outcome) {
      case Appended.Won() -> {
        backoff.reset();
        won(round);
        ready();
      }
      case Appended.Lost() -> recover(round);
      case Appended.Unknown(Throwable cause) -> {
        log.warn("Room {}: an append ended unknown: {}", name, cause.getMessage());
        round.commands().forEach(pending -> pending.doubt(round.after()));
        recover(round);
      }
      case Appended.Unavailable(Throwable cause) -> {
        log.debug("Room {}: the journal is unavailable: {}", name, cause.getMessage());
        desk.again(round.commands());
        expire();
        phase = Phase.PAUSED;
        home.later(backoff.nextMillis(), this::resume);
      }
    }
  }

  private void resume() {
    if (phase == Phase.PAUSED) {
      ready();
    }
  }

  private void won(Round round) {
    if (replica.seq() == round.after()) {
      replica.confirm(round);
      advanced(new Taken(round.events(), round.touchesAccess()));
    } else {
      // A healing read was faster than the answer, and has brought some of our own events.
      take(round.entries());
    }
    context.relay().publish(name, epoch, round.events());
    long seq = round.after();
    for (Pending pending : round.accepted()) {
      seq++;
      desk.accept(pending, new KnownKey(seq, pending.proposal().digest()), replica.seq());
    }
    refuse(round.refused());
    snapshotIfDue();
  }

  /** Events have become part of the replica: everyone is told, in this order. */
  private void advanced(Taken taken) {
    if (taken.events().isEmpty()) {
      return;
    }
    audience.events(taken.events(), taken.touchesAccess(), replica);
    desk.reached(replica.seq());
  }

  // Recovering

  private void catchUp() {
    if (id != 0) {
      recover(null);
      return;
    }
    if (phase == Phase.CLOSED) {
      return;
    }
    phase = Phase.RECOVERING;
    on(
        context.journal().find(name),
        head -> {
          if (head.isPresent()) {
            id = head.get().id();
            recover(null);
          } else {
            heardOf = replica.seq();
            ready();
          }
        },
        failure -> home.later(backoff.nextMillis(), this::catchUp));
  }

  /** Reads what others appended, and which of a round's own keys happened. */
  private void recover(@Nullable Round round) {
    if (phase == Phase.CLOSED) {
      return;
    }
    phase = Phase.RECOVERING;
    long heard = heardOf;
    List<Pending> ours = round == null ? List.of() : round.commands();
    on(
        Recovery.from(context.journal(), id, replica.seq(), Pending.keys(ours)),
        recovered -> recovered(round, recovered, heard),
        failure -> {
          log.warn("Room {} cannot recover; trying again: {}", name, failure.getMessage());
          desk.giveUp(ours, context.millis() - context.settings().patienceMillis());
          expire();
          home.later(backoff.nextMillis(), () -> recover(round));
        });
  }

  private void recovered(@Nullable Round round, Recovery recovered, long heard) {
    stale |= !recovered.epoch().equals(epoch);
    // In another life of the journal these entries need not follow what we hold.
    List<EncodedEvent> taken = stale ? List.of() : take(recovered.entries());
    if (!taken.isEmpty() && !recovered.known().isEmpty()) {
      // Some are ours, and whoever appended them could not tell the others.
      context.relay().publish(name, epoch, taken);
    }
    if (recovered.entries().isEmpty() && heardOf == heard) {
      // Whoever spoke of more was wrong.
      heardOf = replica.seq();
    }
    heardOf = Math.max(heardOf, replica.seq());
    if (round == null) {
      backoff.reset();
      ready();
      return;
    }
    int again = desk.settle(round.commands(), recovered.known(), replica.seq());
    heardOf = Math.max(heardOf, recovered.lastKnown());
    if (!taken.isEmpty() || again < round.commands().size()) {
      backoff.reset();
      ready();
    } else {
      // Somebody holds the room and has not committed yet: wait for them instead of spinning.
      phase = Phase.PAUSED;
      home.later(backoff.nextMillis(), this::resume);
    }
  }

  /** Applies those entries that are next, and returns them. */
  private List<EncodedEvent> take(List<Entry> entries) {
    Taken taken = replica.take(entries);
    advanced(taken);
    snapshotIfDue();
    return taken.events();
  }

  /**
   * Refusals are sent when it is sure that their commands have not happened, and that they were
   * decided on a state no older than the command: one sent again may be refused only because its
   * first sending succeeded, or because this instance is behind.
   */
  private void refuse(List<Round.Refusal> refusals) {
    if (refusals.isEmpty()) {
      return;
    }
    on(
        Standing.of(context.journal(), name, id, Pending.keys(Round.Refusal.commands(refusals))),
        standing -> refused(refusals, standing),
        failure -> {
          desk.giveUp(
              Round.Refusal.commands(refusals),
              context.millis() - context.settings().patienceMillis());
          List<Round.Refusal> left =
              refusals.stream().filter(r -> desk.holds(r.pending())).toList();
          home.later(backoff.nextMillis(), () -> refuse(left));
        });
  }

  private void refused(List<Round.Refusal> refusals, Standing standing) {
    desk.refuse(refusals, standing, replica.seq());
    if (id == 0) {
      id = standing.room();
    }
    heardOf = Math.max(heardOf, standing.reach());
    if (phase == Phase.READY) {
      ready();
    }
  }

  private void expire() {
    desk.expire(context.millis() - context.settings().patienceMillis());
  }

  // Hearing from other instances

  private void relayed(String of, List<EncodedEvent> events) {
    if (phase == Phase.LOADING || phase == Phase.CLOSED || events.isEmpty()) {
      if (!events.isEmpty()) {
        heardOf = Math.max(heardOf, events.getLast().seq());
      }
      return;
    }
    if (!of.equals(epoch)) {
      checkEpoch();
      return;
    }
    Taken taken = replica.takeRelayed(events, this::follows);
    advanced(taken);
    heard(events.getLast().seq());
    if (phase == Phase.PAUSED && !taken.events().isEmpty()) {
      // The winner that the pause was for has spoken.
      ready();
    }
  }

  /** Whether an event from the relay is the very next one. */
  boolean follows(long seq) {
    return seq == replica.seq() + 1;
  }

  /** Somebody says that the room's head is at least {@code seq}. */
  void heard(long seq) {
    heardOf = Math.max(heardOf, seq);
    if (phase == Phase.READY && heardOf > replica.seq()) {
      catchUp();
    }
  }

  /** What the journal says of this room's head, now. */
  void head(long seq, String of) {
    if (phase == Phase.LOADING || phase == Phase.CLOSED) {
      return;
    }
    if (!of.equals(epoch)) {
      stale = true;
      if (phase == Phase.READY) {
        ready();
      }
    } else {
      heard(seq);
    }
  }

  private void checkEpoch() {
    on(context.journal().epoch(), now -> head(0, now), failure -> {});
  }

  // Readers

  /** A session subscribes. A client that is ahead of this instance waits until it is level. */
  void join(Member member) {
    busy();
    whenLoaded(() -> seat(member));
  }

  private void seat(Member member) {
    if (member.after() > replica.seq() && member.epoch().equals(epoch)) {
      // Once only: what the client says that it holds may not be so.
      arrivals.add(() -> audience.join(member, replica, epoch));
      heard(member.after());
    } else {
      audience.join(member, replica, epoch);
    }
  }

  /** A reader is behind and its socket takes more. */
  void catchUp(Reader reader, long sent, boolean joined) {
    whenLoaded(() -> audience.catchUp(reader, sent, joined, replica, epoch));
  }

  /** A session unsubscribes, or is gone; {@code after} runs on its loop. */
  void leave(Reader reader, LoopFanout loop, Runnable after) {
    busy();
    whenLoaded(() -> audience.leave(reader, loop, after));
  }

  /** A member changes its presence; {@code refused} is told when it is too large. */
  void presence(Reader reader, ObjectNode patch, Consumer<Outcome.Refused> refused) {
    if (arrivals.size() >= MAX_ARRIVALS_FOR_PRESENCE) {
      refused.accept(
          new Outcome.Refused(
              Code.UNAVAILABLE, "The room is not loaded yet. Send your presence again later."));
      return;
    }
    whenLoaded(() -> audience.presence(reader, patch, refused));
  }

  /** A member says something in passing. */
  void signal(Reader reader, String topic, ObjectNode data) {
    audience.signal(reader, topic, data);
  }

  /** Reads once: the document as it is confirmed here, or why not. */
  void view(Claim claim, Codec codec, Consumer<View> to) {
    busy();
    whenLoaded(() -> {
      Role role = rules.roleOf(replica.document(), claim);
      to.accept(
          role.atLeast(Role.VIEWER)
              ? new View.Seen(id, epoch, replica.seq(), audience.view(codec, role, replica, epoch))
              : new View.Hidden(Audience.mayNotRead()));
    });
  }

  /** The room's id in the journal and the role in it, for readers of past events. */
  void locate(Claim claim, BiConsumer<Long, Role> to) {
    busy();
    whenLoaded(() -> to.accept(id, rules.roleOf(replica.document(), claim)));
  }

  /** A member's claims have changed. */
  void reclaim(Reader reader, Claim claim) {
    whenLoaded(() -> audience.reclaim(reader, claim, replica));
  }

  private void whenLoaded(Runnable task) {
    // Nobody overtakes: who leaves must not do so before having come.
    if (phase == Phase.LOADING || !arrivals.isEmpty()) {
      arrivals.add(task);
    } else {
      task.run();
    }
  }

  // Snapshots and unloading

  private void snapshotIfDue() {
    if (replica.seq() - snapshotSeq >= context.settings().snapshotEvery()) {
      snapshot();
    }
  }

  private CompletableFuture<Void> snapshot() {
    snapshotSeq = replica.seq();
    return context.snapshots().save(epoch, id, replica.seq(), replica.document());
  }

  /**
   * Unloads the room if nobody has needed it for a while; says whether it is gone. A room that does
   * not exist is let go at once: anybody can name any number of those.
   */
  boolean closeIfIdle() {
    boolean idle =
        phase == Phase.READY
            && arrivals.isEmpty()
            && audience.isEmpty()
            && desk.isEmpty()
            && (id == 0 || context.millis() - busyMillis >= context.settings().idleMillis());
    if (idle) {
      close();
    }
    return idle;
  }

  /** Lets go of the room; what was confirmed is in the journal. */
  CompletableFuture<Void> close() {
    phase = Phase.CLOSED;
    context.relay().close(name);
    return id != 0 && replica.seq() > snapshotSeq
        ? snapshot()
        : CompletableFuture.completedFuture(null);
  }

  private void busy() {
    busyMillis = context.millis();
  }

  /** Hops back to the room's thread; a closed room hears nothing more. */
  private <T> void on(CompletableFuture<T> future, Consumer<T> done, Consumer<Throwable> failed) {
    future.whenComplete((result, failure) ->
        home.execute(() -> {
          if (phase == Phase.CLOSED) {
            return;
          }
          if (failure == null) {
            done.accept(result);
          } else {
            failed.accept(failure);
          }
        }));
  }
}

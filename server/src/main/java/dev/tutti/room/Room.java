package dev.tutti.room;

import dev.tutti.journal.Appended;
import dev.tutti.journal.Entry;
import dev.tutti.journal.Journal.KnownKey;
import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.RoomName;
import dev.tutti.relay.Delivery;
import dev.tutti.relay.InstanceId;
import dev.tutti.relay.RelayMessage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One room on one instance: decides commands on its replica, appends them, and only then confirms
 * them. At most one round is in flight; what arrives meanwhile forms the next.
 *
 * <pre>
 *   LOADING    -- loaded --------------------------> READY
 *   READY      -- commands wait -------------------> DECIDING
 *   READY      -- a gap, or a head beyond ours ----> RECOVERING
 *   READY      -- another life of the journal -----> LOADING
 *   READY      -- what is missing is gone ---------> LOADING
 *   DECIDING   -- events decided ------------------> APPENDING
 *   DECIDING   -- all refused, or others faster ---> READY
 *   APPENDING  -- won -----------------------------> READY       fan out, answer, publish
 *   APPENDING  -- lost, and others are heard ------> READY       but it is not our turn
 *   APPENDING  -- lost or unknown -----------------> RECOVERING
 *   APPENDING  -- unavailable ---------------------> PAUSED      decide again after a pause
 *   RECOVERING -- events read, keys looked up -----> READY       known keys answered, the rest again
 *   RECOVERING -- nothing moved -------------------> PAUSED      somebody holds the room: wait
 *   RECOVERING -- journal unreachable -------------> RECOVERING  after a pause
 *   PAUSED     -- over, or events came ------------> READY
 *   READY      -- idle ----------------------------> CLOSED
 * </pre>
 *
 * <p>Everything here runs on the room's {@link Home}; {@link Rooms} is the door for other threads.
 * Nothing is guessed: after a lost or unknown append the journal says which keys happened.
 */
class Room {
  private static final Logger log = LoggerFactory.getLogger(Room.class);

  private enum Phase {
    LOADING,
    READY,
    DECIDING,
    APPENDING,
    RECOVERING,
    PAUSED,
    CLOSED
  }

  private final RoomName name;
  private final Ruleset rules;
  private final RoomContext context;
  private final Home home;
  private final Confirmed held;
  private final Snapshots snapshots;
  private final Desk desk;
  private final Refusals refusals;
  private final Audience audience;
  private final Lobby lobby;
  private final Reception reception;
  private final Backoff backoff;
  private final Hop hop;
  private final Appender appender;
  private final Turns turns;

  private Phase phase = Phase.LOADING;

  /** True while a wake-up for commands that their pace holds back is on its way. */
  private boolean waking;

  /** True while a round is to begin behind what this thread has to do already. */
  private boolean gathering;

  Room(RoomName name, Ruleset rules, Home home, RoomContext context) {
    this.name = name;
    this.rules = rules;
    this.home = home;
    this.context = context;
    this.held = new Confirmed(name, context.settings().limits());
    this.snapshots =
        new Snapshots(
            context.snapshots(),
            context.settings().snapshotEvery(),
            new Trimming(context, rules.retention()));
    this.desk = new Desk(context.settings().limits());
    this.audience = new Audience(name, rules, home, context, held);
    this.lobby =
        new Lobby(audience, held, context::millis, () -> phase == Phase.LOADING, this::heard);
    this.reception = new Reception(name, rules, context, held, audience, lobby);
    this.backoff = new Backoff(context.settings().retryMillis(), context.random());
    this.hop = new Hop(home, backoff, this::closed, context.counts().accidents());
    this.refusals = new Refusals(context, held, desk, hop);
    this.appender = new Appender(context.journal(), held, hop);
    this.turns = new Turns(held, home, context, this::gather);
  }

  RoomName name() {
    return name;
  }

  Home home() {
    return home;
  }

  /** The id in the journal; 0 until the room exists there. */
  long id() {
    return held.id();
  }

  boolean closed() {
    return phase == Phase.CLOSED;
  }

  /** Where it is read. */
  Reception reception() {
    return reception;
  }

  // Loading

  void start() {
    hop.on(context.relay().open(name, home, this::relayed), open -> opened(), failure -> opened());
  }

  private void opened() {
    audience.company().ask();
    load();
  }

  private void load() {
    if (phase == Phase.CLOSED) {
      return;
    }
    phase = Phase.LOADING;
    hop.on(
        Loaded.from(context.journal(), name, context.settings().limits()),
        this::loaded,
        failure -> {
          context.counts().loadFailures().increment();
          context.outage().failed("Loading " + name, failure);
          expire();
          hop.afterPause(this::load);
        });
  }

  private void loaded(Loaded loaded) {
    backoff.reset();
    context.counts().loads().increment();
    context.outage().over();
    snapshots.loaded(loaded);
    switch (held.load(loaded)) {
      case NEXT -> {}
      case FURTHER_ON -> {
        audience.restart();
        desk.reached(held.seq());
      }
      case ANOTHER_LIFE -> {
        context.counts().lives().increment();
        desk.renew();
        audience.restart();
      }
    }
    ready();
  }

  /** The one place where the room turns ready: pays what is owed before deciding anything. */
  private void ready() {
    if (phase == Phase.CLOSED) {
      return;
    }
    phase = Phase.READY;
    if (held.isVoid()) {
      load();
      return;
    }
    if (held.isBehind()) {
      catchUp();
      return;
    }
    lobby.open();
    pump();
  }

  // Deciding and appending

  /** A command. Its reply is called exactly once. */
  void submit(Proposal proposal, Reply reply) {
    reception.needed();
    Optional<KnownKey> known = held.replica().recentKey(proposal.key());
    if (known.isPresent()) {
      context.counts().duplicates().increment();
      reply.outcome(Desk.known(proposal, known.get()));
      return;
    }
    if (desk.take(proposal, reply, context.millis())) {
      gather();
      wakeLater();
    }
  }

  /**
   * Begins a round with all the commands that have come by now. The first of a burst would else be
   * a round of its own, and the others would wait for its commit.
   */
  private void gather() {
    if (!gathering && phase == Phase.READY) {
      gathering = true;
      home.execute(this::gathered);
    }
  }

  private void gathered() {
    gathering = false;
    readyAgain();
  }

  private void wakeLater() {
    long at = desk.wakeAtMillis();
    if (!waking && at < Long.MAX_VALUE) {
      waking = true;
      home.later(Math.max(1, at - context.millis()), this::wake);
    }
  }

  /** Decides what its pace has held back for long enough. */
  private void wake() {
    waking = false;
    if (phase != Phase.CLOSED) {
      desk.wake(context.millis());
      pump();
      wakeLater();
    }
  }

  private void pump() {
    while (phase == Phase.READY && desk.hasWaiting() && turns.mine()) {
      List<Pending> commands = desk.next(context.settings().maxBatch(), context.millis());
      if (commands.stream().anyMatch(pending -> pending.canBeSettledAt(held.seq()))) {
        // By the time that it is appended its first append may have been let go of.
        recover(commands);
        return;
      }
      Instant at = context.clock().instant().truncatedTo(ChronoUnit.MICROS);
      int maxBytes = context.settings().maxBatchBytes();
      phase = Phase.DECIDING;
      turns.began();
      rules
          .deciding()
          .decide(new Round(held.replica(), commands, rules, at, maxBytes), home, this::decided);
    }
    if (phase == Phase.READY && !desk.hasWaiting()) {
      turns.give();
    }
  }

  private void decided(Round round) {
    if (phase == Phase.CLOSED) {
      return;
    }
    desk.again(round.rest());
    if (round.after() != held.seq() || held.isVoid()) {
      // Others were faster while the rules were at it.
      desk.again(round.commands());
      ready();
    } else if (round.entries().isEmpty()) {
      phase = Phase.READY;
      refuse(round.refused());
      home.execute(this::pump);
    } else {
      phase = Phase.APPENDING;
      appender.append(round, outcome -> appended(round, outcome));
    }
  }

  private void appended(Round round, Appended outcome) {
    context.counts().appended(outcome, round.entries().size());
    switch (outcome) {
      case Appended.Won() -> {
        backoff.reset();
        context.outage().over();
        won(round);
        ready();
      }
      case Appended.Lost() -> lost(round);
      case Appended.Unknown(Throwable cause) -> {
        log.debug("Room {}: an append ended unknown: {}", name, cause.getMessage());
        desk.doubt(round.commands(), round.after());
        recover(round.commands());
      }
      case Appended.Unavailable(Throwable cause) -> {
        context.outage().failed("Appending to " + name, cause);
        desk.again(round.commands());
        turns.give();
        expire();
        pause();
      }
    }
  }

  /** Somebody was faster, holds the room at this moment, or has applied one of the keys. */
  void lost(Round round) {
    if (turns.lost(round.after())) {
      desk.again(round.commands());
      ready();
    } else {
      recover(round.commands());
    }
  }

  private void pause() {
    phase = Phase.PAUSED;
    hop.afterPause(this::resume);
  }

  private void resume() {
    if (phase == Phase.PAUSED) {
      ready();
    }
  }

  private void won(Round round) {
    if (held.seq() == round.after()) {
      held.replica().confirm(round);
      advanced(new Taken(round.events(), round.touchesAccess()));
    } else {
      // A healing read was faster than the answer, and has brought some of our own events.
      take(round.entries());
    }
    tell(round.events());
    turns.won(round.accepted().size(), desk.waiting());
    long seq = round.after();
    for (Pending pending : round.accepted()) {
      seq++;
      desk.accept(pending, new KnownKey(seq, pending.proposal().digest()), held.seq());
    }
    refuse(round.refused());
    snapshots.writeIfDue(held);
  }

  /** Events have become part of the replica: everyone is told, in this order. */
  private void advanced(Taken taken) {
    if (taken.events().isEmpty()) {
      return;
    }
    audience.events(taken.events(), taken.touchesAccess());
    desk.reached(held.seq());
  }

  // Recovering

  private void catchUp() {
    if (held.id() != 0) {
      recover(List.of());
      return;
    }
    if (phase == Phase.CLOSED) {
      return;
    }
    phase = Phase.RECOVERING;
    hop.on(
        context.journal().find(name),
        head -> {
          if (head.isPresent()) {
            held.found(head.get().id());
            recover(List.of());
          } else {
            held.nothingMore();
            ready();
          }
        },
        failure -> hop.afterPause(this::catchUp));
  }

  /** Reads what others appended, and which of our own commands happened. */
  private void recover(List<Pending> ours) {
    if (phase == Phase.CLOSED) {
      return;
    }
    phase = Phase.RECOVERING;
    long heard = held.heardOf();
    long seq = held.seq();
    hop.on(
        Recovery.from(context.journal(), held.id(), seq, ours),
        recovered -> recovered(ours, seq, recovered, heard),
        failure -> {
          context.outage().failed("Recovering " + name, failure);
          desk.giveUp(ours, context.millis() - context.settings().patienceMillis());
          expire();
          hop.afterPause(() -> recover(ours));
        });
  }

  private void recovered(List<Pending> ours, long after, Recovery recovered, long heard) {
    context.outage().over();
    held.compare(recovered.epoch());
    // In another life of the journal these entries need not follow what we hold.
    List<EncodedEvent> taken = held.isStale() ? List.of() : take(recovered.entries());
    if (isCutOff(recovered)) {
      held.cutOff();
    }
    if (!taken.isEmpty() && !recovered.traces().known().isEmpty()) {
      // Some are ours, and whoever appended them could not tell the others.
      tell(taken);
    }
    if (recovered.entries().isEmpty() && held.heardOf() == heard) {
      // Whoever spoke of more was wrong.
      held.nothingMore();
    }
    held.hear(held.seq());
    if (ours.isEmpty()) {
      context.counts().healed(taken.size());
      backoff.reset();
      ready();
      return;
    }
    long head = held.isStale() ? -1 : after;
    boolean settled = desk.settle(ours, recovered.traces(), head, held.seq());
    context.counts().duplicates().add(recovered.traces().known().size());
    held.hear(recovered.lastKnown());
    if (!taken.isEmpty() || settled) {
      backoff.reset();
      ready();
    } else {
      // Somebody holds the room and has not committed yet: wait for them instead of spinning.
      pause();
    }
  }

  /** Whether the journal has let go of what comes next here, so that reading on leads nowhere. */
  boolean isCutOff(Recovery recovered) {
    return recovered.isCutOff(held.seq());
  }

  /** Applies those entries that are next, and returns them. */
  private List<EncodedEvent> take(List<Entry> entries) {
    Taken taken = held.replica().take(entries);
    advanced(taken);
    snapshots.writeIfDue(held);
    return taken.events();
  }

  private void refuse(List<Round.Refusal> refused) {
    refusals.settle(refused, this::readyAgain);
  }

  /** Something may have changed for a room that was ready. */
  private void readyAgain() {
    if (phase == Phase.READY) {
      ready();
    }
  }

  /** Whoever has waited too long is told, whatever the journal is doing with their command. */
  void losePatience() {
    long beforeMillis = context.millis() - context.settings().patienceMillis();
    desk.losePatience(beforeMillis);
    lobby.losePatience(beforeMillis);
    pump();
  }

  private void expire() {
    desk.expire(context.millis() - context.settings().patienceMillis());
  }

  // Hearing from other instances

  private void tell(List<EncodedEvent> events) {
    context.relay().publish(name, new RelayMessage.Events(held.epoch(), events));
  }

  /** Another instance says something. */
  void relayed(Delivery delivery) {
    if (phase == Phase.CLOSED) {
      return;
    }
    switch (delivery.message()) {
      case RelayMessage.Events(String of, List<EncodedEvent> events) -> {
        appendedBy(delivery.from(), events.getLast().seq());
        relayed(of, events);
      }
      case RelayMessage.Head(String of, long seq) -> {
        appendedBy(delivery.from(), seq);
        heardOf(of, seq);
      }
      case RelayMessage.AsksForTurn asking -> {
        turns.asked(delivery.from(), asking.needsMillis());
        readyAgain();
      }
      case RelayMessage.Turn(String of, long seq, InstanceId next) -> {
        heardOf(of, seq);
        turns.given(next);
      }
      case RelayMessage.Members news -> audience.company().heard(delivery, news);
      case RelayMessage.WhoIsThere asking -> audience.company().asked();
      case RelayMessage.Signals said -> audience.company().heard(delivery, said);
    }
  }

  private void appendedBy(InstanceId instance, long seq) {
    if (seq > held.seq()) {
      turns.appended(instance, phase == Phase.APPENDING);
    }
  }

  private void heardOf(String of, long seq) {
    if (of.equals(held.epoch())) {
      heard(seq);
    }
  }

  private void relayed(String of, List<EncodedEvent> events) {
    if (phase == Phase.LOADING) {
      held.hear(events.getLast().seq());
      return;
    }
    if (!of.equals(held.epoch())) {
      checkEpoch();
      return;
    }
    Taken taken = held.replica().takeRelayed(events, this::follows);
    advanced(taken);
    heard(events.getLast().seq());
    if (phase == Phase.PAUSED && !taken.events().isEmpty()) {
      // The winner that the pause was for has spoken.
      ready();
    }
    pump();
  }

  /** Whether an event from the relay is the very next one. */
  boolean follows(long seq) {
    return seq == held.seq() + 1;
  }

  /** Somebody says that the room's head is at least {@code seq}. */
  void heard(long seq) {
    held.hear(seq);
    if (phase == Phase.READY && held.isBehind()) {
      catchUp();
    }
  }

  /** What the journal says of this room's head, now. */
  void head(long seq, String of) {
    if (phase == Phase.LOADING || phase == Phase.CLOSED) {
      // What is being read may be from before this.
      held.hear(seq);
      return;
    }
    if (!of.equals(held.epoch())) {
      held.compare(of);
      readyAgain();
    } else {
      heard(seq);
    }
  }

  private void checkEpoch() {
    hop.on(context.journal().epoch(), now -> head(0, now), failure -> {});
  }

  // Unloading

  /**
   * Unloads the room if nobody has needed it for a while; says whether it is gone. A room that does
   * not exist is let go at once: anybody can name any number of those.
   */
  boolean closeIfIdle() {
    boolean idle = phase == Phase.READY && desk.isEmpty() && reception.isIdle();
    if (idle) {
      close();
    }
    return idle;
  }

  /** Complete when all commands that were taken are answered. */
  CompletableFuture<Void> settled() {
    CompletableFuture<Void> settled = desk.settled();
    pump();
    return settled;
  }

  /** Lets go of the room; what was confirmed is in the journal. */
  CompletableFuture<Void> close() {
    turns.give();
    phase = Phase.CLOSED;
    audience.company().end();
    context.relay().close(name);
    return snapshots.writeLast(held);
  }

  /** Time passes: called every second or so. */
  void beat() {
    audience.company().beat();
  }
}

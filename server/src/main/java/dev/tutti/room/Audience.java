package dev.tutti.room;

import dev.tutti.fanout.LoopFanout;
import dev.tutti.fanout.LoopRoom;
import dev.tutti.fanout.Reader;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.Codec;
import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.Limits;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everyone who reads a room on this instance: brought to where the replica is, then sent every
 * event behind it; shown to each other. Owned by the room's thread.
 */
final class Audience {
  /** What messages follow that hold the document. */
  private static final long WHOLE = -1;

  /**
   * How long presence rests after it left, for each member that it went to: so a room that fills
   * tells its members at most 500 times a second, however many they are.
   */
  private static final int REST_MILLIS_PER_MEMBER = 2;

  private static final int MAX_REST_MILLIS = 1_000;

  private final RoomName name;
  private final Ruleset rules;
  private final Home home;
  private final RoomSettings settings;
  private final RoomCounts counts;
  private final Confirmed held;
  private final Seats seats;
  private final Company company;
  private boolean ticking;

  /** Made when somebody asks for it, and no longer good when others are listed. */
  private @Nullable EncodedMembers members;

  /** Ticks until presence may leave again. */
  private int presenceRests;

  Audience(RoomName name, Ruleset rules, Home home, RoomContext context, Confirmed held) {
    this.name = name;
    this.rules = rules;
    this.home = home;
    this.settings = context.settings();
    this.counts = context.counts();
    this.held = held;
    this.seats = new Seats(name);
    this.company = new Company(name, context, this::tick);
  }

  /** Who is in the room, here and elsewhere. */
  Company company() {
    return company;
  }

  boolean isEmpty() {
    return seats.isEmpty();
  }

  /** Seats a member who may read, and brings it to the replica. */
  void join(Member member) {
    Role role = role(member.claim());
    if (!role.atLeast(Role.VIEWER)) {
      member.loop().answer(() -> member.seat().refused(mayNotRead()));
      return;
    }
    seats.add(member, role);
    if (member.shown()) {
      company.join(member);
    }
    Replica replica = held.replica();
    String epoch = held.epoch();
    boolean sameLife = member.epoch().equals(epoch);
    Optional<List<EncodedEvent>> events =
        sameLife ? replica.since(member.after()) : Optional.empty();
    EncodedDocument document = replica.encoded();
    EncodedMembers others = members();
    int count = company.count();
    seats.bring(
        member.reader(),
        epoch,
        WHOLE,
        replica.seq(),
        () ->
            List.of(
                Payloads.subscribed(
                    member.codec(),
                    member.id(),
                    name,
                    epoch,
                    document,
                    role,
                    events,
                    others,
                    count)));
  }

  /** A seated reader is behind and its socket takes more. */
  void catchUp(Reader reader, long sent, boolean joined) {
    Optional<Member> seated = seats.member(reader);
    if (seated.isEmpty()) {
      return;
    }
    Member member = seated.get();
    if (!joined) {
      // It has not had its "subscribed": the socket was full when that was ready.
      seats.leave(reader);
      company.leave(member.session());
      join(member);
      return;
    }
    Replica replica = held.replica();
    String epoch = held.epoch();
    Codec codec = member.codec();
    Optional<List<EncodedEvent>> events = replica.since(sent);
    EncodedDocument document = replica.encoded();
    EncodedMembers others = members();
    int count = company.count();
    if (events.isEmpty()) {
      counts.resets().increment();
    }
    seats.bring(
        reader,
        epoch,
        events.isEmpty() ? WHOLE : sent,
        replica.seq(),
        () -> {
          List<byte[]> payloads = new ArrayList<>(2);
          if (events.isEmpty()) {
            payloads.add(Payloads.reset(codec, name, epoch, document));
          } else if (!events.get().isEmpty()) {
            payloads.add(LoopRoom.encode(codec, name, events.get()));
          }
          payloads.add(Payloads.presence(codec, name, others, count));
          return payloads;
        });
  }

  private EncodedMembers members() {
    ServerMessage.Presence all = company.all();
    EncodedMembers now = members;
    if (now == null || !now.areOf(all)) {
      now = new EncodedMembers(all);
      members = now;
    }
    return now;
  }

  /** The replica has begun a new life: everyone asks for the document. */
  void restart() {
    review();
    seats.restart();
  }

  /** The replica has taken consecutive events. */
  void events(List<EncodedEvent> events, boolean touchesAccess) {
    if (touchesAccess) {
      review();
    }
    seats.events(events);
  }

  private void review() {
    for (Member gone : seats.review(this::role)) {
      company.leave(gone.session());
    }
  }

  /** A member's claims have changed. */
  void reclaim(Reader reader, Claim claim) {
    seats.reclaim(reader, claim);
    seats
        .member(reader)
        .filter(Member::shown)
        .ifPresent(member -> company.rename(member.session(), claim.name()));
    review();
  }

  /** A session unsubscribes, or is gone; {@code after} runs on its loop. */
  void leave(Reader reader, LoopFanout loop, Runnable after) {
    Optional<Member> gone = seats.remove(reader, after);
    if (gone.isEmpty()) {
      // Its seat was taken away while it was about to leave; it is answered all the same.
      loop.answer(after);
    }
    if (gone.filter(Member::shown).isPresent()) {
      company.leave(gone.get().session());
    }
  }

  /** A member changes its presence; {@code refused} is told when it is too large. */
  void presence(Reader reader, ObjectNode patch, Consumer<Outcome.Refused> refused) {
    Optional<Member> member = seats.member(reader).filter(Member::shown);
    if (member.isEmpty()) {
      return;
    }
    int max = settings.limits().maxPresenceBytes();
    Optional<Integer> tooLarge = company.update(member.get().session(), patch, max);
    if (tooLarge.isPresent()) {
      refused.accept(
          new Outcome.Refused(
              Code.TOO_LARGE,
              "A presence state may have %s, not %s."
                  .formatted(Limits.bytes(max), Limits.bytes(tooLarge.get()))));
    }
  }

  /** A member says something in passing. */
  void signal(Reader reader, String topic, ObjectNode data) {
    Optional<Member> member = seats.member(reader).filter(Member::shown);
    if (member.isPresent()) {
      company.signal(member.get().session(), topic, data);
    }
  }

  /** For somebody who reads once: the document as it is confirmed here, or why not. */
  View view(Claim claim, Codec codec) {
    Role role = role(claim);
    if (!role.atLeast(Role.VIEWER)) {
      return new View.Hidden(mayNotRead());
    }
    EncodedDocument document = held.replica().encoded();
    byte[] subscribed =
        Payloads.subscribed(
            codec,
            0,
            name,
            held.epoch(),
            document,
            role,
            Optional.empty(),
            members(),
            company.count());
    return new View.Seen(held.id(), held.epoch(), held.seq(), subscribed);
  }

  /** The role that somebody has now, by the document or by their claims. */
  Role role(Claim claim) {
    return rules.roleOf(held.replica().document(), claim);
  }

  static Outcome.Refused mayNotRead() {
    return new Outcome.Refused(Code.FORBIDDEN, "You may not read this room.");
  }

  private void tick() {
    if (!ticking) {
      ticking = true;
      home.later(settings.tickMillis(), this::ticked);
    }
  }

  private void ticked() {
    ticking = false;
    company.tell();
    company.takeSignals().ifPresent(seats::passing);
    if (presenceRests > 0) {
      presenceRests--;
    } else if (company.hasChanges()) {
      seats.passing(company.takeChanges());
      int restMillis = Math.min(company.count() * REST_MILLIS_PER_MEMBER, MAX_REST_MILLIS);
      presenceRests = restMillis / settings.tickMillis();
    }
    if (company.hasChanges()) {
      tick();
    }
  }
}

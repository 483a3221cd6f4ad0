package dev.tutti.room;

import dev.tutti.presence.Members;
import dev.tutti.presence.MembersElsewhere;
import dev.tutti.presence.OwnMembers;
import dev.tutti.presence.Signals;
import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.ServerMessage;
import dev.tutti.relay.Delivery;
import dev.tutti.relay.Relay;
import dev.tutti.relay.RelayMessage;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who is in a room and what they say in passing, on this instance and on the others: each instance
 * owns the presence of its sessions and tells the others of it; the view is the union. Nothing is
 * stored, so nothing can be left behind. Owned by the room's thread.
 */
final class Company {
  /** Between two whole lists of the own members, if there are any. */
  private static final int BEAT_MILLIS = 5_000;

  /** Between two questions to the others: the answer to each is all of their members. */
  private static final int ASK_MILLIS = 500;

  private final RoomName name;
  private final RoomContext context;
  private final Relay relay;
  private final Runnable tick;
  private final Members everyone;
  private final OwnMembers own;
  private final MembersElsewhere elsewhere;

  /** What goes to the readers here, and what of it goes to the other instances. */
  private final Signals signals;

  private final Signals ownSignals;

  /** Whether the others are to be asked for their members with the next tick. */
  private boolean asking;

  private boolean connected = true;
  private boolean ended;
  private long toldMillis;
  private long askedMillis;

  /**
   * Nobody yet.
   *
   * @param tick asks for a tick soon, at which {@link #tell} is called
   */
  Company(RoomName name, RoomContext context, Runnable tick) {
    int maxListed = context.settings().limits().maxMembers();
    this.name = name;
    this.context = context;
    this.relay = context.relay();
    this.tick = tick;
    this.everyone = new Members(name, maxListed);
    this.own = new OwnMembers(everyone, maxListed, context.random().nextInt());
    this.elsewhere = new MembersElsewhere(everyone, own);
    this.signals = new Signals(name);
    this.ownSignals = new Signals(name);
  }

  void join(Member member) {
    everyone.join(member.session(), member.claim().user(), member.claim().name());
    own.join(member.session());
    tick.run();
  }

  /** A member has another name. */
  void rename(String session, String to) {
    everyone.rename(session, to);
    own.update(session);
    tick.run();
  }

  void leave(String session) {
    everyone.leave(session);
    own.leave(session);
    tick.run();
  }

  /** A member changes its state; tells its size in bytes when that is over {@code maxBytes}. */
  Optional<Integer> update(String session, ObjectNode patch, int maxBytes) {
    Optional<Integer> tooLarge = everyone.update(session, patch, maxBytes);
    if (tooLarge.isEmpty()) {
      own.update(session);
      tick.run();
    }
    return tooLarge;
  }

  void signal(String session, String topic, ObjectNode data) {
    signals.add(session, topic, data);
    ownSignals.add(session, topic, data);
    tick.run();
  }

  // What readers here are told

  ServerMessage.Presence all() {
    return everyone.all();
  }

  int count() {
    return everyone.count();
  }

  boolean hasChanges() {
    return everyone.hasChanges();
  }

  ServerMessage.Presence takeChanges() {
    return everyone.takeChanges();
  }

  Optional<ServerMessage.Signals> takeSignals() {
    return signals.take();
  }

  // Between instances

  /** The room is open: whoever has members in it may say so. */
  void ask() {
    asking = true;
    tick.run();
  }

  /** Tells the other instances what there is to tell. */
  void tell() {
    if (ended) {
      return;
    }
    long now = context.millis();
    ownSignals
        .take()
        .ifPresent(said ->
            relay.publish(
                name,
                new RelayMessage.Signals(
                    said.signals().stream()
                        .map(s -> new RelayMessage.Signals.Signal(s.from(), s.topic(), s.data()))
                        .toList())));
    if (own.hasNews()) {
      RelayMessage.Members news = own.news();
      if (news.whole()) {
        toldMillis = now;
      }
      relay.publish(name, news);
    }
    if (asking && now - askedMillis >= ASK_MILLIS) {
      asking = false;
      askedMillis = now;
      relay.publish(name, new RelayMessage.WhoIsThere(now));
    }
  }

  /** Another instance tells of its members. */
  void heard(Delivery delivery, RelayMessage.Members news) {
    if (!elsewhere.heard(delivery, news, context.millis())) {
      asking = true;
    }
    tick.run();
  }

  /** Another instance asks. */
  void asked() {
    if (!own.isEmpty()) {
      own.tellAll();
      tick.run();
    }
  }

  /** Members of another instance say something in passing. */
  void heard(Delivery delivery, RelayMessage.Signals said) {
    if (elsewhere.heardSignals(delivery, context.millis())) {
      said.signals().forEach(s -> signals.add(s.from(), s.topic(), s.data()));
      tick.run();
    }
  }

  /** Time passes: called every second or so. */
  void beat() {
    long now = context.millis();
    elsewhere.forgetSilent(now);
    boolean before = connected;
    connected = relay.connected();
    if (connected && !before) {
      asking = true;
    }
    if (!own.isEmpty() && (now - toldMillis >= BEAT_MILLIS || (connected && !before))) {
      own.tellAll();
    }
    if (asking || own.hasNews() || everyone.hasChanges()) {
      tick.run();
    }
  }

  /** The room is let go: the others are told at once that nobody is here any more. */
  void end() {
    ended = true;
    own.end().ifPresent(news -> relay.publish(name, news));
  }
}

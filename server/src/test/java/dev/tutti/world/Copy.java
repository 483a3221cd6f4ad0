package dev.tutti.world;

import dev.tutti.probe.Promise;
import dev.tutti.protocol.Event;
import dev.tutti.protocol.MergePatch;
import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a browser holds of a room: the document, kept by fifteen lines that know nothing of the
 * room's type, and here also everything it was ever shown.
 */
final class Copy {
  /** An event as it was shown. */
  record Shown(String epoch, long seq, UUID key) {}

  private final RoomName room;
  private final List<Shown> shown = new ArrayList<>();
  private ObjectNode document = JsonNodeFactory.instance.objectNode();
  private ObjectNode members = JsonNodeFactory.instance.objectNode();
  private String epoch = "";
  private long seq;

  /** True between {@code subscribed} and the end of the subscription or the connection. */
  private boolean live;

  /** What its owner has said of itself, as the others are to see it in the end. */
  private ObjectNode said = JsonNodeFactory.instance.objectNode();

  private boolean saidForCertain = true;

  /** The last number that each member has signalled. */
  private final Map<String, Long> signalled = new HashMap<>();

  /** True when its owner wants to read the room. */
  boolean wanted = true;

  Copy(RoomName room) {
    this.room = room;
  }

  RoomName room() {
    return room;
  }

  void subscribed(ServerMessage.Subscribed message) {
    ObjectNode whole = message.document();
    List<Event> events = message.events();
    if (whole != null) {
      document = whole;
      seq = message.seq();
      epoch = message.epoch();
    } else if (events != null) {
      check(epoch.equals(message.epoch()), "events of " + message.epoch() + " upon " + epoch);
      events.forEach(this::take);
      check(seq == message.seq(), "subscribed at " + message.seq() + " but sent " + seq);
    }
    members = message.members();
    said = JsonNodeFactory.instance.objectNode();
    saidForCertain = true;
    signalled.clear();
    live = true;
  }

  void reset(ServerMessage.Reset message) {
    check(live, "reset without a subscription");
    document = message.document();
    seq = message.seq();
    epoch = message.epoch();
  }

  void events(List<Event> events) {
    check(live, "events without a subscription");
    events.forEach(this::take);
  }

  private void take(Event event) {
    check(event.seq() == seq + 1, "event " + event.seq() + " upon " + seq);
    seq = event.seq();
    document = (ObjectNode) MergePatch.apply(document, event.patch());
    shown.add(new Shown(epoch, seq, event.key()));
  }

  void presence(ServerMessage.Presence message) {
    members =
        message.complete()
            ? message.members()
            : (ObjectNode) MergePatch.apply(members, message.members());
  }

  /** A member says something in passing: never something older than what it said before. */
  void signal(ServerMessage.Signal signal) {
    check(live, "a signal without a subscription");
    long number = signal.data() == null ? 0 : signal.data().path("n").asLong();
    Long before = signalled.put(signal.from(), number);
    if (before != null && before >= number) {
      throw new Broken(
          Promise.SIGNALS_ARE_THE_LATEST,
          room + ": " + signal.from() + " says " + number + " after " + before);
    }
  }

  ObjectNode said() {
    return said;
  }

  void said(ObjectNode now) {
    said = now;
  }

  /** What the others see of its owner cannot be told any more. */
  void saidNothingCertain() {
    saidForCertain = false;
  }

  /** Whether what a member says of itself is seen here. */
  boolean sees(String session, Copy of) {
    return !of.saidForCertain || MergePatch.same(members.path(session).path("state"), of.said);
  }

  void end() {
    live = false;
  }

  private void check(boolean kept, String otherwise) {
    if (!kept) {
      throw new Broken(Promise.NO_GAP, room + ": " + otherwise);
    }
  }

  boolean live() {
    return live;
  }

  long seq() {
    return seq;
  }

  /** The epoch under which the document is held; null while nothing is. */
  @Nullable String epoch() {
    return epoch.isEmpty() ? null : epoch;
  }

  ObjectNode document() {
    return document;
  }

  List<String> members() {
    return members.properties().stream().map(Map.Entry::getKey).sorted().toList();
  }

  List<Shown> shown() {
    return shown;
  }

  /** A value of the document, missing where there is none. */
  JsonNode at(String... path) {
    JsonNode node = document;
    for (String step : path) {
      node = node.path(step);
    }
    return node;
  }
}

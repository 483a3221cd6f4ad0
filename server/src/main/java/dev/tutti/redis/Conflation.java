package dev.tutti.redis;

import dev.tutti.protocol.EncodedEvent;
import dev.tutti.relay.RelayMessage;
import dev.tutti.relay.RelayMessage.Events;
import dev.tutti.relay.RelayMessage.Head;
import dev.tutti.relay.RelayMessage.Members;
import dev.tutti.relay.RelayMessage.Signals;
import dev.tutti.relay.RelayMessage.Signals.Signal;
import dev.tutti.relay.RelayMessage.WhoIsThere;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What becomes of two messages of a room of which the earlier still waits. Consecutive events are
 * put together; of presence and signals only the latest of each member stays, since nobody wants to
 * know where a cursor was while Redis was slow.
 */
final class Conflation {
  private record Place(String from, String topic) {}

  private Conflation() {}

  /** Whether messages of other kinds between two of this one do not keep them apart. */
  static boolean overtakes(RelayMessage message) {
    return message instanceof Members
        || message instanceof Signals
        || message instanceof WhoIsThere;
  }

  /** Both messages as one, where they can be; its size is for the caller to look at. */
  static Optional<RelayMessage> of(RelayMessage earlier, RelayMessage later) {
    return switch (later) {
      case Events events when earlier instanceof Events before && follows(before, events) ->
          Optional.of(joined(before, events));
      case Head head when earlier instanceof Head before && before.epoch().equals(head.epoch()) ->
          Optional.of(head.seq() >= before.seq() ? head : before);
      case Members members when earlier instanceof Members before ->
          Optional.of(latest(before, members));
      case Signals signals when earlier instanceof Signals before ->
          Optional.of(latest(before, signals));
      case WhoIsThere asking when earlier instanceof WhoIsThere -> Optional.of(asking);
      default -> Optional.empty();
    };
  }

  private static boolean follows(Events earlier, Events later) {
    return earlier.epoch().equals(later.epoch())
        && later.events().getFirst().seq() == earlier.events().getLast().seq() + 1;
  }

  private static Events joined(Events earlier, Events later) {
    List<EncodedEvent> all = new ArrayList<>(earlier.events());
    all.addAll(later.events());
    return new Events(later.epoch(), all);
  }

  /** The list that both lead to, or the change from what the earlier follows. */
  private static Members latest(Members earlier, Members later) {
    if (later.whole()) {
      return later;
    }
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    members.setAll(earlier.members());
    later
        .members()
        .properties()
        .forEach(member -> {
          if (earlier.whole() && member.getValue().isNull()) {
            members.remove(member.getKey());
          } else {
            members.set(member.getKey(), member.getValue());
          }
        });
    return new Members(later.version(), earlier.follows(), earlier.whole(), members, later.count());
  }

  /** Of each member the last word on each topic; the oldest go where there is no place for all. */
  private static Signals latest(Signals earlier, Signals later) {
    LinkedHashMap<Place, Signal> last = new LinkedHashMap<>();
    for (Signals each : List.of(earlier, later)) {
      for (Signal signal : each.signals()) {
        last.putLast(new Place(signal.from(), signal.topic()), signal);
      }
    }
    List<Signal> all = List.copyOf(last.values());
    return new Signals(all.subList(Math.max(0, all.size() - Signals.MAX_SIGNALS), all.size()));
  }
}

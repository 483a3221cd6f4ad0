package dev.tutti.redis;

import io.lettuce.core.cluster.SlotHash;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Which link carries which channel, as it is known now. Immutable.
 *
 * @param whole whether every channel is carried
 */
record Routes(boolean sharded, boolean whole, List<Link> links) {
  static final Routes NONE = new Routes(false, false, List.of());

  Optional<Link> link(String channel) {
    if (!sharded) {
      return links.stream().findFirst();
    }
    int slot = SlotHash.getSlot(channel);
    for (Link link : links) {
      if (link.node().slots().get(slot)) {
        return Optional.of(link);
      }
    }
    return Optional.empty();
  }

  /** Those of the rooms that a link carries. */
  Collection<Subscription> carriedBy(Link link, Collection<Subscription> rooms) {
    return rooms.stream()
        .filter(room -> link(room.channel()).filter(of -> of == link).isPresent())
        .toList();
  }

  /** Without one of the links; its channels are carried by nobody. */
  Routes without(Link lost) {
    return new Routes(sharded, false, links.stream().filter(link -> link != lost).toList());
  }

  boolean isWell() {
    return whole && links.stream().allMatch(Link::isWell);
  }
}

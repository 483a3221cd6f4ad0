package dev.tutti.rules.board;

import dev.tutti.protocol.board.Place;
import dev.tutti.rules.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Things that are ordered together by rank (and by id, should two ranks be equal), without the one
 * that moves: the tickets of a column, the columns of a board, the items of a checklist.
 *
 * @param members in order
 * @param entities finds an entity by its id, whether it belongs to the lane or not
 */
record Lane(NavigableSet<Neighbour> members, Function<String, Optional<ObjectNode>> entities) {

  static final String RANK = "rank";

  /** Something in the lane. */
  record Neighbour(String id, String rank) implements Comparable<Neighbour> {
    @Override
    public int compareTo(Neighbour other) {
      int byRank = rank.compareTo(other.rank);
      return byRank != 0 ? byRank : id.compareTo(other.id);
    }
  }

  /**
   * The gap that a place means.
   *
   * @param others how many the lane holds without the one that moves
   */
  record Gap(int others, Optional<Neighbour> low, Optional<Neighbour> high) {

    /** Whether something with this id and rank stands in the gap already. */
    boolean holds(String id, String rank) {
      Neighbour self = new Neighbour(id, rank);
      return low.map(n -> n.compareTo(self) < 0).orElse(true)
          && high.map(n -> n.compareTo(self) > 0).orElse(true);
    }
  }

  /** A lane of few things, put in order here. */
  static Lane of(Map<String, ObjectNode> all, String self) {
    NavigableSet<Neighbour> members = new TreeSet<>();
    all.forEach((id, entity) -> {
      if (!id.equals(self)) {
        members.add(new Neighbour(id, rankOf(entity)));
      }
    });
    return new Lane(members, id -> Optional.ofNullable(all.get(id)));
  }

  /**
   * Finds a gap. A neighbour that is not in the lane any more (someone was quicker) means the end:
   * the wish "into this lane" still stands.
   */
  Gap gap(Place place) {
    if (members.isEmpty()) {
      return new Gap(0, Optional.empty(), Optional.empty());
    }
    Optional<Neighbour> low =
        switch (place) {
          case Place.First() -> Optional.empty();
          case Place.After(String id) -> neighbour(id).or(() -> Optional.of(members.last()));
          case Place.Last() -> Optional.of(members.last());
        };
    Optional<Neighbour> high =
        low.isEmpty()
            ? Optional.of(members.first())
            : Optional.ofNullable(members.higher(low.get()));
    return new Gap(members.size(), low, high);
  }

  /** The ids in order. */
  List<String> order() {
    return members.stream().map(Neighbour::id).toList();
  }

  /**
   * The ranks that put these into a gap, in this order. When there is none of sensible length in
   * it, everything in the lane gets a new rank.
   */
  Map<String, String> ranks(Gap gap, List<String> inserted) {
    Map<String, String> ranks = new LinkedHashMap<>();
    String low = gap.low().map(Neighbour::rank).orElse(null);
    String high = gap.high().map(Neighbour::rank).orElse(null);
    for (String id : inserted) {
      if (low != null && high != null && low.compareTo(high) >= 0) {
        return spread(gap, inserted);
      }
      low = Rank.between(low, high);
      if (low.length() > Rank.MAX_CHARS) {
        return spread(gap, inserted);
      }
      ranks.put(id, low);
    }
    return ranks;
  }

  private Map<String, String> spread(Gap gap, List<String> inserted) {
    List<String> order = new ArrayList<>(order());
    order.addAll(gap.low().map(n -> order.indexOf(n.id()) + 1).orElse(0), inserted);
    List<String> ranks = Rank.spread(order.size());
    Map<String, String> byId = new LinkedHashMap<>();
    for (int i = 0; i < order.size(); i++) {
      byId.put(order.get(i), ranks.get(i));
    }
    return byId;
  }

  private Optional<Neighbour> neighbour(String id) {
    return entities
        .apply(id)
        .map(entity -> new Neighbour(id, rankOf(entity)))
        .filter(members::contains);
  }

  private static String rankOf(ObjectNode entity) {
    return Fields.string(entity, RANK);
  }
}

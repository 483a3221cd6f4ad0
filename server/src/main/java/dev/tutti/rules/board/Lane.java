package dev.tutti.rules.board;

import dev.tutti.protocol.board.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Things that are ordered together by rank (and by id, should two ranks be equal), without the one
 * that moves: the tickets of a column, the columns of a board, the items of a checklist.
 *
 * @param all ids and entities, of which some belong to the lane
 * @param self the id of what moves or is new: never its own neighbour
 */
record Lane(
    Map<String, ? extends JsonNode> all, Predicate<? super JsonNode> belongs, @Nullable String self) {

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

  /**
   * Finds the gap in one pass. A neighbour that is not in the lane any more (someone was quicker)
   * means the end: the wish "into this lane" still stands.
   */
  Gap gap(Place place) {
    Neighbour low = place instanceof Place.After(String id) ? neighbour(id) : null;
    boolean first = place instanceof Place.First;
    boolean last = !first && low == null;
    Neighbour high = null;
    int others = 0;
    for (Map.Entry<String, ? extends JsonNode> entry : all.entrySet()) {
      JsonNode entity = entry.getValue();
      if (!belongs.test(entity) || entry.getKey().equals(self)) {
        continue;
      }
      others++;
      Neighbour one = new Neighbour(entry.getKey(), rankOf(entity));
      if (last) {
        low = low == null || one.compareTo(low) > 0 ? one : low;
      } else if (low == null || one.compareTo(low) > 0) {
        high = high == null || one.compareTo(high) < 0 ? one : high;
      }
    }
    return new Gap(others, Optional.ofNullable(low), Optional.ofNullable(high));
  }

  /** How many the lane holds, without the one that moves. */
  int size() {
    return gap(Place.LAST).others();
  }

  /** The ids in order. */
  List<String> order() {
    List<Neighbour> sorted = new ArrayList<>();
    all.forEach(
        (id, entity) -> {
          if (belongs.test(entity) && !id.equals(self)) {
            sorted.add(new Neighbour(id, rankOf(entity)));
          }
        });
    sorted.sort(null);
    return sorted.stream().map(Neighbour::id).toList();
  }

  /**
   * The ranks that put these into a gap, in this order. When there is none of sensible length in it,
   * everything in the lane gets a new rank.
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

  private @Nullable Neighbour neighbour(String id) {
    JsonNode entity = all.get(id);
    return entity == null || id.equals(self) || !belongs.test(entity)
        ? null
        : new Neighbour(id, rankOf(entity));
  }

  private static String rankOf(JsonNode entity) {
    return entity.path(RANK).asString("");
  }
}

package dev.tutti.rules.board;

import dev.tutti.rules.View;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tickets of each column in order, without the archived ones; so that a move on a board of a
 * thousand tickets looks at a dozen of them.
 */
final class TicketOrder implements View<PMap<String, PSortedSet<Lane.Neighbour>>> {
  static final TicketOrder VIEW = new TicketOrder();

  private TicketOrder() {}

  @Override
  public PMap<String, PSortedSet<Lane.Neighbour>> empty() {
    return HashTreePMap.empty();
  }

  @Override
  public PMap<String, PSortedSet<Lane.Neighbour>> changed(
      PMap<String, PSortedSet<Lane.Neighbour>> view,
      String collection,
      String id,
      Optional<ObjectNode> was,
      Optional<ObjectNode> is) {
    if (!collection.equals(Ticket.COLLECTION)) {
      return view;
    }
    Ticket before = was.map(entity -> new Ticket(id, entity)).filter(Ticket::live).orElse(null);
    Ticket after = is.map(entity -> new Ticket(id, entity)).filter(Ticket::live).orElse(null);
    if (before != null && after != null && before.standsWhere(after)) {
      return view;
    }
    PMap<String, PSortedSet<Lane.Neighbour>> result = view;
    if (before != null) {
      PSortedSet<Lane.Neighbour> rest = in(result, before.column()).minus(before.asNeighbour());
      result = rest.isEmpty() ? result.minus(before.column()) : result.plus(before.column(), rest);
    }
    if (after != null) {
      PSortedSet<Lane.Neighbour> more = in(result, after.column()).plus(after.asNeighbour());
      result = result.plus(after.column(), more);
    }
    return result;
  }

  /** The tickets of one column. */
  static PSortedSet<Lane.Neighbour> in(
      PMap<String, PSortedSet<Lane.Neighbour>> view, String column) {
    PSortedSet<Lane.Neighbour> tickets = view.get(column);
    return tickets == null ? TreePSet.empty() : tickets;
  }
}

package dev.tutti.rules.board;

import static dev.tutti.rules.board.Board.quoted;
import static dev.tutti.rules.board.Board.refused;

import dev.tutti.protocol.board.BoardLimits;
import dev.tutti.protocol.board.Place;
import dev.tutti.rules.Change;
import dev.tutti.rules.ChangeRules;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Fields;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * What holds on a board when a change is taken back: what others did since to other fields may
 * stand against it. Places are given back as they were; where another has taken one, the place
 * right behind it.
 */
final class UndoRules {
  private final Document before;
  private final Change change;

  /** The document with all of the change. */
  private final Document after;

  private UndoRules(Document before, Change change) {
    this.before = before;
    this.change = change;
    this.after = before.apply(change.patchOn(before));
  }

  static Decision decide(Document before, Change change) {
    UndoRules undo = new UndoRules(before, change);
    return Stream.<Function<UndoRules, Optional<Decision>>>of(
            UndoRules::columns, UndoRules::tickets, UndoRules::room, UndoRules::comments)
        .flatMap(rule -> rule.apply(undo).stream())
        .findFirst()
        .orElseGet(() -> new Decision.Accepted(ChangeRules.UNDONE, undo.ranked()));
  }

  private Optional<Decision> columns() {
    for (String id : change.ids(Column.COLLECTION)) {
      Optional<ObjectNode> gone = before.entity(Column.COLLECTION, id);
      int left = TicketOrder.in(after.view(TicketOrder.VIEW), id).size();
      if (gone.isPresent() && after.entity(Column.COLLECTION, id).isEmpty() && left > 0) {
        String title = quoted(new Column(id, gone.get()).title());
        return Optional.of(
            refused(title + " holds tickets by now: " + left + ". Move them out first."));
      }
    }
    return tooMany(Column.COLLECTION, BoardLimits.MAX_COLUMNS);
  }

  private Optional<Decision> tickets() {
    for (String id : change.ids(Ticket.COLLECTION)) {
      Optional<Ticket> was = before.entity(Ticket.COLLECTION, id).map(e -> new Ticket(id, e));
      Optional<Ticket> is = after.entity(Ticket.COLLECTION, id).map(e -> new Ticket(id, e));
      if (is.isEmpty()) {
        if (was.isPresent() && commentsOf(id) > 0) {
          return Optional.of(
              refused(quoted(was.get().title()) + " has comments by now. Delete it instead."));
        }
        continue;
      }
      Ticket ticket = is.get();
      if (ticket.live() && after.entity(Column.COLLECTION, ticket.column()).isEmpty()) {
        return Optional.of(
            refused("The column that " + quoted(ticket.title()) + " was in is gone."));
      }
      Optional<Decision> tooMuch =
          tooMuch(was, ticket, Ticket::labels, BoardLimits.MAX_LABELS, "labels")
              .or(() ->
                  tooMuch(was, ticket, Ticket::assignees, BoardLimits.MAX_ASSIGNEES, "assignees"))
              .or(() ->
                  tooMuch(
                      was,
                      ticket,
                      Ticket::checklist,
                      BoardLimits.MAX_CHECKLIST_ITEMS,
                      "checklist items"));
      if (tooMuch.isPresent()) {
        return tooMuch;
      }
    }
    return tooMany(Ticket.COLLECTION, BoardLimits.MAX_TICKETS);
  }

  /** Whether each column that tickets come back to has room for them. */
  private Optional<Decision> room() {
    Set<String> entered = new LinkedHashSet<>();
    for (String id : change.ids(Ticket.COLLECTION)) {
      after
          .entity(Ticket.COLLECTION, id)
          .map(entity -> new Ticket(id, entity))
          .filter(Ticket::live)
          .ifPresent(ticket -> entered.add(ticket.column()));
    }
    for (String id : entered) {
      Column column = new Column(id, after.entity(Column.COLLECTION, id).orElseThrow());
      int there = TicketOrder.in(before.view(TicketOrder.VIEW), id).size();
      int more = TicketOrder.in(after.view(TicketOrder.VIEW), id).size() - there;
      Optional<Decision> noRoom = more > 0 ? Board.noRoom(column, there, more) : Optional.empty();
      if (noRoom.isPresent()) {
        return noRoom;
      }
    }
    return Optional.empty();
  }

  private Optional<Decision> comments() {
    for (String id : change.ids(Comment.COLLECTION)) {
      Optional<Comment> is = after.entity(Comment.COLLECTION, id).map(e -> new Comment(id, e));
      if (is.isEmpty()) {
        continue;
      }
      String ticket = is.get().ticket();
      if (after.entity(Ticket.COLLECTION, ticket).isEmpty()) {
        return Optional.of(refused("The ticket of this comment is gone."));
      }
      boolean more = before.entity(Comment.COLLECTION, id).isEmpty();
      if (more && commentsOf(ticket) > BoardLimits.MAX_COMMENTS_OF_TICKET) {
        return Optional.of(
            refused("A ticket has at most " + BoardLimits.MAX_COMMENTS_OF_TICKET + " comments."));
      }
    }
    return tooMany(Comment.COLLECTION, BoardLimits.MAX_COMMENTS);
  }

  private long commentsOf(String ticket) {
    return after.collection(Comment.COLLECTION).values().stream()
        .filter(comment -> Comment.isOf(comment, ticket))
        .count();
  }

  private Optional<Decision> tooMany(String collection, int most) {
    int now = after.collection(collection).size();
    return now > most && now > before.collection(collection).size()
        ? Optional.of(refused("A board holds at most " + most + " " + collection + "."))
        : Optional.empty();
  }

  private static Optional<Decision> tooMuch(
      Optional<Ticket> was, Ticket is, Function<Ticket, ObjectNode> part, int most, String name) {
    int now = part.apply(is).size();
    return now > most && now > was.map(ticket -> part.apply(ticket).size()).orElse(0)
        ? Optional.of(refused("A ticket has at most " + most + " " + name + "."))
        : Optional.empty();
  }

  /** The change, with another rank for whatever comes back to one that is taken. */
  private Change ranked() {
    Document document = after;
    for (String collection : List.of(Column.COLLECTION, Ticket.COLLECTION)) {
      for (String id : change.ids(collection)) {
        for (Map.Entry<String, ObjectNode> moved : apart(document, collection, id).entrySet()) {
          change.put(collection, moved.getKey(), moved.getValue());
          document = document.with(collection, moved.getKey(), moved.getValue());
        }
      }
    }
    return change;
  }

  /** What has to move so that an entity's rank is its own. */
  private static Map<String, ObjectNode> apart(Document document, String collection, String id) {
    Optional<ObjectNode> entity = document.entity(collection, id);
    Optional<Lane> lane = entity.flatMap(e -> lane(document, collection, id, e));
    if (lane.isEmpty()) {
      return Map.of();
    }
    String rank = Fields.string(entity.orElseThrow(), Lane.RANK);
    Lane.Neighbour twin = lane.get().members().ceiling(new Lane.Neighbour("", rank));
    if (twin == null || !twin.rank().equals(rank)) {
      return Map.of();
    }
    Lane.Gap gap = lane.get().gap(new Place.After(twin.id()));
    Map<String, ObjectNode> moved = new TreeMap<>();
    lane.get()
        .ranks(gap, List.of(id))
        .forEach((each, to) -> {
          ObjectNode is = document.entity(collection, each).orElseThrow();
          moved.put(each, Fields.with(is, Lane.RANK, to));
        });
    return moved;
  }

  private static Optional<Lane> lane(
      Document document, String collection, String id, ObjectNode entity) {
    if (collection.equals(Column.COLLECTION)) {
      return Optional.of(Lane.of(document.collection(collection), id));
    }
    Ticket ticket = new Ticket(id, entity);
    return ticket.live()
        ? Optional.of(Board.ticketsIn(document, ticket.column(), Optional.of(ticket)))
        : Optional.empty();
  }
}

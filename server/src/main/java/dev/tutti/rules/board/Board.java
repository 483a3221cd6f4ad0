package dev.tutti.rules.board;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.board.BoardLimits;
import dev.tutti.rules.Actor;
import dev.tutti.rules.Change;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.pcollections.PSortedSet;
import tools.jackson.databind.node.ObjectNode;

/** A board while one command is decided on it: what is there, who asks, and when. */
record Board(Document document, Actor actor, Moment now) {

  /** The id that the client chose for something new, or one made from the command's key. */
  String newId(Optional<String> chosen, String prefix) {
    return chosen.orElseGet(() -> now.id(prefix));
  }

  boolean has(String collection, String id) {
    return document.entity(collection, id).isPresent();
  }

  /** What a rule says about a column, if it exists. */
  Decision onColumn(String id, Function<Column, Decision> rule) {
    Optional<ObjectNode> column = document.entity(Column.COLLECTION, id);
    return column.isEmpty() ? notFound("column", id) : rule.apply(new Column(id, column.get()));
  }

  /** What a rule says about a ticket, if it exists, archived or not. */
  Decision onAnyTicket(String id, Function<Ticket, Decision> rule) {
    Optional<ObjectNode> ticket = document.entity(Ticket.COLLECTION, id);
    return ticket.isEmpty() ? notFound("ticket", id) : rule.apply(new Ticket(id, ticket.get()));
  }

  /** What a rule says about a ticket, if it exists and is not archived. */
  Decision onTicket(String id, Function<Ticket, Decision> rule) {
    return onAnyTicket(
        id,
        ticket ->
            ticket.archived()
                ? refused("This ticket is archived. Restore it first.")
                : rule.apply(ticket));
  }

  /** What a rule says about a comment, if it exists. */
  Decision onComment(String id, Function<Comment, Decision> rule) {
    Optional<ObjectNode> comment = document.entity(Comment.COLLECTION, id);
    return comment.isEmpty() ? notFound("comment", id) : rule.apply(new Comment(id, comment.get()));
  }

  /** The tickets of a column, but for {@code self}. */
  Lane ticketsIn(String column, Optional<Ticket> self) {
    return ticketsIn(document, column, self);
  }

  /** The tickets of a column of a document, but for {@code self}. */
  static Lane ticketsIn(Document document, String column, Optional<Ticket> self) {
    PSortedSet<Lane.Neighbour> all = TicketOrder.in(document.view(TicketOrder.VIEW), column);
    return new Lane(
        self.isEmpty() ? all : all.minus(self.get().asNeighbour()),
        id -> document.entity(Ticket.COLLECTION, id));
  }

  /** The columns, but for {@code self}. */
  Lane columns(String self) {
    return Lane.of(document.collection(Column.COLLECTION), self);
  }

  /** Why so many more tickets may not enter a column, if they may not. */
  static Optional<Decision> noRoom(Column column, int there, int more) {
    OptionalInt limit = column.limit();
    int most = Math.min(limit.orElse(Integer.MAX_VALUE), BoardLimits.MAX_TICKETS_IN_COLUMN);
    if (there + more <= most) {
      return Optional.empty();
    }
    String holds = "it holds " + there + " of " + most + " tickets.";
    return Optional.of(
        refused(
            there >= most
                ? quoted(column.title()) + " is full: " + holds + " Move one out first."
                : quoted(column.title()) + " has no room for " + more + " more: " + holds));
  }

  static Decision accepted(String event, Change change) {
    return new Decision.Accepted(event, change);
  }

  /** It was so already: an event without a patch, so that whoever asked second is not told off. */
  static Decision already(String event) {
    return new Decision.Accepted(event, Change.none());
  }

  static Decision refused(String sentence) {
    return new Decision.Refused(Code.RULE, sentence);
  }

  static Decision notFound(String what, String id) {
    return new Decision.Refused(Code.NOT_FOUND, "There is no " + what + " " + quoted(id) + ".");
  }

  static Decision taken(String what, String id) {
    return refused("There is already a " + what + " " + quoted(id) + ".");
  }

  static String quoted(String text) {
    return "\"" + text + "\"";
  }
}

package dev.tutti.rules.board;

import static dev.tutti.rules.Parts.author;
import static dev.tutti.rules.Parts.collections;
import static dev.tutti.rules.Parts.fields;
import static dev.tutti.rules.Parts.instant;
import static dev.tutti.rules.Parts.line;
import static dev.tutti.rules.Parts.most;
import static dev.tutti.rules.Parts.number;
import static dev.tutti.rules.Parts.object;
import static dev.tutti.rules.Parts.optionalText;
import static dev.tutti.rules.Parts.string;

import dev.tutti.protocol.Args;
import dev.tutti.protocol.board.BoardLimits;
import dev.tutti.rules.Document;
import dev.tutti.rules.Parts;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a board's document looks like: each field, its type and its limits. For what is imported.
 */
final class Shape {
  private static final String RANK = "[0-9A-Za-z]{0,23}[1-9A-Za-z]";

  private final Document document;

  private Shape(Document document) {
    this.document = document;
  }

  static Optional<String> objection(Document document) {
    return Parts.objection(new Shape(document)::check);
  }

  private void check() {
    collections(
        document, BoardInfo.COLLECTION, Column.COLLECTION, Ticket.COLLECTION, Comment.COLLECTION);
    fields(object(document.toJson(), BoardInfo.COLLECTION), Set.of(), Set.of(BoardInfo.ID));
    ObjectNode info = BoardInfo.of(document).entity();
    fields(info, Set.of(), Set.of("title"));
    optionalText(info, "title", BoardLimits.MAX_TITLE_CHARS);
    counted(Column.COLLECTION, BoardLimits.MAX_COLUMNS);
    counted(Ticket.COLLECTION, BoardLimits.MAX_TICKETS);
    counted(Comment.COLLECTION, BoardLimits.MAX_COMMENTS);
    document.collection(Column.COLLECTION).forEach(Shape::column);
    Map<String, Integer> inColumn = new HashMap<>();
    document.collection(Ticket.COLLECTION).forEach((id, ticket) -> ticket(id, ticket, inColumn));
    Map<String, Integer> ofTicket = new HashMap<>();
    document.collection(Comment.COLLECTION).forEach((id, one) -> comment(id, one, ofTicket));
    mostOf(inColumn, BoardLimits.MAX_TICKETS_IN_COLUMN, "tickets in a column");
    mostOf(ofTicket, BoardLimits.MAX_COMMENTS_OF_TICKET, "comments of a ticket");
  }

  private static void column(String id, ObjectNode column) {
    Args.id(id, "column");
    fields(column, Set.of("title", "rank"), Set.of("limit"));
    line(column, "title", BoardLimits.MAX_TITLE_CHARS);
    rank(column);
    number(column.get("limit"), 1, BoardLimits.MAX_TICKETS_IN_COLUMN, "limit");
  }

  private void ticket(String id, ObjectNode ticket, Map<String, Integer> inColumn) {
    Args.id(id, "ticket");
    fields(
        ticket,
        Set.of("title", "column", "rank", "by", "at"),
        Set.of("description", "labels", "assignees", "due", "checklist", "archived"));
    line(ticket, "title", BoardLimits.MAX_TITLE_CHARS);
    optionalText(ticket, "description", BoardLimits.MAX_DESCRIPTION_CHARS);
    rank(ticket);
    author(ticket);
    String column = Args.id(string(ticket, "column"), "column");
    if (!ticket.has("archived")) {
      if (document.entity(Column.COLLECTION, column).isEmpty()) {
        throw Args.invalid("column", "A ticket is in a column that is not there.");
      }
      inColumn.merge(column, 1, Integer::sum);
    } else {
      author(object(ticket, "archived"));
    }
    if (ticket.has("due")) {
      date(string(ticket, "due"));
    }
    map(ticket, "labels", BoardLimits.MAX_LABELS)
        .properties()
        .forEach(label -> {
          Args.key(label.getKey(), BoardLimits.MAX_LABEL_CHARS, "label");
          number(label.getValue(), 0, BoardLimits.HUES - 1, "label");
        });
    ObjectNode assignees = map(ticket, "assignees", BoardLimits.MAX_ASSIGNEES);
    for (String user : assignees.propertyNames()) {
      Args.user(user, "assignees");
      line(assignees, user, BoardLimits.MAX_NAME_CHARS);
    }
    ObjectNode checklist = map(ticket, "checklist", BoardLimits.MAX_CHECKLIST_ITEMS);
    for (String item : checklist.propertyNames()) {
      Args.id(item, "checklist");
      check(object(checklist, item));
    }
  }

  private static void check(ObjectNode item) {
    fields(item, Set.of("text", "done", "rank"), Set.of());
    line(item, "text", BoardLimits.MAX_TEXT_CHARS);
    rank(item);
    if (!item.path("done").isBoolean()) {
      throw Args.invalid("done", "\"done\" must be true or false.");
    }
  }

  private void comment(String id, ObjectNode comment, Map<String, Integer> ofTicket) {
    Args.id(id, "comment");
    fields(comment, Set.of("ticket", "text", "by", "name", "at"), Set.of("edited"));
    String ticket = string(comment, "ticket");
    if (document.entity(Ticket.COLLECTION, ticket).isEmpty()) {
      throw Args.invalid("ticket", "A comment is of a ticket that is not there.");
    }
    ofTicket.merge(ticket, 1, Integer::sum);
    Args.text(string(comment, "text"), BoardLimits.MAX_TEXT_CHARS, "text");
    line(comment, "name", BoardLimits.MAX_NAME_CHARS);
    author(comment);
    if (comment.has("edited")) {
      instant(comment, "edited");
    }
  }

  // Parts

  private void counted(String collection, int most) {
    if (document.collection(collection).size() > most) {
      throw Args.invalid(collection, "A board holds at most " + most + " " + collection + ".");
    }
  }

  private static void mostOf(Map<String, Integer> counts, int most, String what) {
    counts.values().forEach(count -> most(count, most, what));
  }

  private static ObjectNode map(ObjectNode entity, String field, int most) {
    ObjectNode map = object(entity, field);
    if (map.size() > most) {
      throw Args.invalid(field, "A ticket has at most " + most + " " + field + ".");
    }
    return map;
  }

  private static void rank(ObjectNode in) {
    if (!string(in, Lane.RANK).matches(RANK)) {
      throw Args.invalid(Lane.RANK, "A rank is a fraction in base 62.");
    }
  }

  private static void date(String text) {
    try {
      LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw Args.invalid("due", "\"due\" must be a date such as 2026-11-22.");
    }
  }
}

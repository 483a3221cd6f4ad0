package dev.tutti.rules.board;

import dev.tutti.rules.Actor;
import dev.tutti.rules.Fields;
import dev.tutti.rules.Moment;
import java.time.LocalDate;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A ticket, seen through the rules' eyes. The entity keeps what the rules do not know.
 *
 * <p>{@code {title, description?, column, rank, labels: {name: hue}?, assignees: {user: name}?,
 * due?, checklist: {id: {text, done, rank}}?, archived: {at, by}?, by, at}}. An archived ticket
 * keeps the column that it was in, for its way back; that column may be gone.
 */
record Ticket(String id, ObjectNode entity) {
  static final String COLLECTION = "tickets";
  static final String LABELS = "labels";
  static final String ASSIGNEES = "assignees";
  static final String CHECKLIST = "checklist";

  private static final String TITLE = "title";
  private static final String DESCRIPTION = "description";
  private static final String COLUMN = "column";
  private static final String DUE = "due";
  private static final String ARCHIVED = "archived";

  static Ticket added(String id, String title, Actor actor, Moment now) {
    ObjectNode entity = Fields.none().put(TITLE, title);
    entity.put("by", actor.user()).put("at", BoardInfo.time(now));
    return new Ticket(id, entity);
  }

  /** Whether it is on the board, in a column and not archived. */
  boolean live() {
    return !archived() && entity.has(COLUMN);
  }

  /** Whether it is on the board in this column. */
  boolean isIn(String column) {
    return live() && column().equals(column);
  }

  /** Whether another one has the same column and rank. */
  boolean standsWhere(Ticket other) {
    return rank().equals(other.rank()) && column().equals(other.column());
  }

  Lane.Neighbour asNeighbour() {
    return new Lane.Neighbour(id, rank());
  }

  String title() {
    return Fields.string(entity, TITLE);
  }

  Optional<String> description() {
    return Fields.optional(entity, DESCRIPTION);
  }

  String column() {
    return Fields.string(entity, COLUMN);
  }

  String rank() {
    return Fields.string(entity, Lane.RANK);
  }

  boolean archived() {
    return entity.has(ARCHIVED);
  }

  ObjectNode labels() {
    return Fields.object(entity, LABELS);
  }

  ObjectNode assignees() {
    return Fields.object(entity, ASSIGNEES);
  }

  ObjectNode checklist() {
    return Fields.object(entity, CHECKLIST);
  }

  Ticket titled(String title) {
    return new Ticket(id, Fields.with(entity, TITLE, title));
  }

  Ticket described(String description) {
    return new Ticket(
        id,
        description.isEmpty()
            ? Fields.without(entity, DESCRIPTION)
            : Fields.with(entity, DESCRIPTION, description));
  }

  Ticket at(String column, String rank) {
    ObjectNode moved = Fields.with(entity, COLUMN, column);
    return new Ticket(id, moved.put(Lane.RANK, rank));
  }

  Ticket due(LocalDate date) {
    return new Ticket(id, Fields.with(entity, DUE, date.toString()));
  }

  Ticket dueNoMore() {
    return new Ticket(id, Fields.without(entity, DUE));
  }

  Ticket archivedBy(Actor actor, Moment now) {
    ObjectNode archived = Fields.none().put("at", BoardInfo.time(now)).put("by", actor.user());
    return new Ticket(id, Fields.with(entity, ARCHIVED, archived));
  }

  /** Out of the archive, and in no column yet. */
  Ticket restored() {
    return new Ticket(id, Fields.without(Fields.without(entity, ARCHIVED), COLUMN));
  }

  Ticket with(String field, String member, JsonNode value) {
    return new Ticket(id, Fields.withMember(entity, field, member, value));
  }

  Ticket without(String field, String member) {
    return new Ticket(id, Fields.withoutMember(entity, field, member));
  }
}

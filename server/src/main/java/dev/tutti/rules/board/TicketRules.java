package dev.tutti.rules.board;

import static dev.tutti.rules.board.Board.accepted;
import static dev.tutti.rules.board.Board.already;
import static dev.tutti.rules.board.Board.refused;

import dev.tutti.protocol.board.BoardLimits;
import dev.tutti.protocol.board.CheckCommand;
import dev.tutti.protocol.board.CommentCommand;
import dev.tutti.protocol.board.Place;
import dev.tutti.protocol.board.TicketCommand;
import dev.tutti.rules.Change;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Fields;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What happens to tickets, but for their checklists and comments. */
final class TicketRules {
  private static final int HUE_STEP = 30;

  private TicketRules() {}

  static Decision decide(Board board, TicketCommand command) {
    return switch (command) {
      case TicketCommand.Add add -> add(board, add);
      case TicketCommand.Edit edit ->
          board.onTicket(edit.ticket(), ticket -> now("ticket.edited", edited(ticket, edit)));
      case TicketCommand.Move move -> move(board, move);
      case TicketCommand.Assign assign ->
          board.onTicket(assign.ticket(), ticket -> assign(board, ticket, assign));
      case TicketCommand.Unassign(String id, String user) ->
          board.onTicket(
              id, ticket -> now("ticket.unassigned", ticket.without(Ticket.ASSIGNEES, user)));
      case TicketCommand.Label label ->
          board.onTicket(label.ticket(), ticket -> label(ticket, label));
      case TicketCommand.Unlabel(String id, String label) ->
          board.onTicket(
              id, ticket -> now("ticket.unlabelled", ticket.without(Ticket.LABELS, label)));
      case TicketCommand.Due due ->
          board.onTicket(due.ticket(), ticket -> now("ticket.scheduled", due(ticket, due.date())));
      case TicketCommand.Archive(String id) -> archive(board, id);
      case TicketCommand.Restore restore ->
          board.onAnyTicket(restore.ticket(), ticket -> restore(board, ticket, restore));
      case TicketCommand.Delete(String id) ->
          board.onAnyTicket(id, ticket -> delete(board, ticket));
      case CheckCommand check -> CheckRules.decide(board, check);
      case CommentCommand comment -> CommentRules.decide(board, comment);
    };
  }

  /** Puts tickets into a column at these ranks. */
  static void putAt(Change change, Board board, String column, Map<String, String> ranks) {
    ranks.forEach((id, rank) -> {
      ObjectNode entity = board.document().entity(Ticket.COLLECTION, id).orElseThrow();
      change.put(Ticket.COLLECTION, id, new Ticket(id, entity).at(column, rank).entity());
    });
  }

  private static Decision add(Board board, TicketCommand.Add add) {
    String id = board.newId(Optional.ofNullable(add.ticket()), "t");
    if (board.has(Ticket.COLLECTION, id)) {
      return Board.taken("ticket", id);
    }
    if (board.document().collection(Ticket.COLLECTION).size() >= BoardLimits.MAX_TICKETS) {
      return refused(
          "A board holds at most " + BoardLimits.MAX_TICKETS + " tickets. Delete archived ones.");
    }
    Ticket ticket = Ticket.added(id, add.title(), board.actor(), board.now());
    return board.onColumn(
        add.column(), column -> enter(board, "ticket.added", ticket, column, add.place()));
  }

  private static Decision move(Board board, TicketCommand.Move move) {
    return board.onTicket(
        move.ticket(),
        ticket ->
            board.onColumn(
                move.column(),
                column -> enter(board, "ticket.moved", ticket, column, move.place())));
  }

  private static Decision enter(
      Board board, String event, Ticket ticket, Column column, Place place) {
    boolean resident = ticket.isIn(column.id());
    Lane lane = board.ticketsIn(column.id(), Optional.of(ticket));
    Lane.Gap gap = lane.gap(place);
    if (resident && gap.holds(ticket.id(), ticket.rank())) {
      return already(event);
    }
    Optional<Decision> noRoom = Board.noRoom(column, gap.others(), 1);
    if (!resident && noRoom.isPresent()) {
      return noRoom.get();
    }
    Map<String, String> ranks = lane.ranks(gap, List.of(ticket.id()));
    Map<String, String> others = new LinkedHashMap<>(ranks);
    String rank = Objects.requireNonNull(others.remove(ticket.id()));
    Change change = Change.none();
    change.put(Ticket.COLLECTION, ticket.id(), ticket.at(column.id(), rank).entity());
    putAt(change, board, column.id(), others);
    return accepted(event, change);
  }

  private static Ticket edited(Ticket ticket, TicketCommand.Edit edit) {
    Ticket titled = edit.title() == null ? ticket : ticket.titled(edit.title());
    return edit.description() == null ? titled : titled.described(edit.description());
  }

  private static Decision assign(Board board, Ticket ticket, TicketCommand.Assign assign) {
    String user = assign.user();
    ObjectNode assignees = ticket.assignees();
    if (!assignees.has(user) && assignees.size() >= BoardLimits.MAX_ASSIGNEES) {
      return refused("A ticket has at most " + BoardLimits.MAX_ASSIGNEES + " assignees.");
    }
    String own = user.equals(board.actor().user()) ? board.actor().name() : user;
    String name = assign.name() == null ? own : assign.name();
    return now("ticket.assigned", ticket.with(Ticket.ASSIGNEES, user, Fields.text(name)));
  }

  private static Decision label(Ticket ticket, TicketCommand.Label command) {
    String label = command.label();
    JsonNode old = ticket.labels().get(label);
    if (old == null && ticket.labels().size() >= BoardLimits.MAX_LABELS) {
      return refused("A ticket has at most " + BoardLimits.MAX_LABELS + " labels.");
    }
    int hue;
    if (command.hue() != null) {
      hue = command.hue();
    } else {
      hue = old == null ? hueOf(label) : old.asInt();
    }
    JsonNode value = JsonNodeFactory.instance.numberNode(hue);
    return now("ticket.labelled", ticket.with(Ticket.LABELS, label, value));
  }

  /** One of twelve hues, the same for the same label everywhere. */
  private static int hueOf(String label) {
    return Math.floorMod(label.hashCode(), BoardLimits.HUES / HUE_STEP) * HUE_STEP;
  }

  private static Ticket due(Ticket ticket, @Nullable LocalDate date) {
    return date == null ? ticket.dueNoMore() : ticket.due(date);
  }

  private static Decision archive(Board board, String id) {
    return board.onAnyTicket(
        id,
        ticket ->
            ticket.archived()
                ? already("ticket.archived")
                : now("ticket.archived", ticket.archivedBy(board.actor(), board.now())));
  }

  private static Decision restore(Board board, Ticket ticket, TicketCommand.Restore restore) {
    if (!ticket.archived()) {
      return already("ticket.restored");
    }
    String column;
    if (restore.column() != null) {
      column = restore.column();
    } else if (board.has(Column.COLLECTION, ticket.column())) {
      column = ticket.column();
    } else {
      List<String> columns = board.columns("").order();
      if (columns.isEmpty()) {
        return refused("There is no column to restore it to. Add one first.");
      }
      column = columns.getFirst();
    }
    return board.onColumn(
        column, to -> enter(board, "ticket.restored", ticket.restored(), to, Place.LAST));
  }

  private static Decision delete(Board board, Ticket ticket) {
    Change change = Change.none().remove(Ticket.COLLECTION, ticket.id());
    board
        .document()
        .collection(Comment.COLLECTION)
        .forEach((id, entity) -> {
          if (Comment.isOf(entity, ticket.id())) {
            change.remove(Comment.COLLECTION, id);
          }
        });
    return accepted("ticket.deleted", change);
  }

  private static Decision now(String event, Ticket ticket) {
    return accepted(event, Change.none().put(Ticket.COLLECTION, ticket.id(), ticket.entity()));
  }
}

package dev.tutti.rules.board;

import static dev.tutti.rules.board.Board.accepted;
import static dev.tutti.rules.board.Board.quoted;
import static dev.tutti.rules.board.Board.refused;

import dev.tutti.protocol.board.BoardLimits;
import dev.tutti.protocol.board.ColumnCommand;
import dev.tutti.protocol.board.Place;
import dev.tutti.rules.Change;
import dev.tutti.rules.Decision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What happens to columns. */
final class ColumnRules {
  private ColumnRules() {}

  static Decision decide(Board board, ColumnCommand command) {
    return switch (command) {
      case ColumnCommand.Add add -> add(board, add);
      case ColumnCommand.Rename(String id, String title) ->
          board.onColumn(id, column -> now("column.renamed", column.titled(title)));
      case ColumnCommand.Move move ->
          board.onColumn(
              move.column(), column -> place(board, "column.moved", column, move.place()));
      case ColumnCommand.Delete delete ->
          board.onColumn(delete.column(), column -> delete(board, column, delete));
      case ColumnCommand.Limit limit ->
          board.onColumn(
              limit.column(), column -> now("column.limited", column.limited(limit.limit())));
    };
  }

  private static Decision add(Board board, ColumnCommand.Add add) {
    String id = board.newId(Optional.ofNullable(add.column()), "c");
    if (board.has(Column.COLLECTION, id)) {
      return Board.taken("column", id);
    }
    if (board.document().collection(Column.COLLECTION).size() >= BoardLimits.MAX_COLUMNS) {
      return refused("A board holds at most " + BoardLimits.MAX_COLUMNS + " columns.");
    }
    return place(board, "column.added", Column.added(id, add.title()), add.place());
  }

  private static Decision place(Board board, String event, Column column, Place place) {
    Lane lane = board.columns(column.id());
    Lane.Gap gap = lane.gap(place);
    if (!column.rank().isEmpty() && gap.holds(column.id(), column.rank())) {
      return Board.already(event);
    }
    Change change = Change.none();
    lane.ranks(gap, List.of(column.id()))
        .forEach((id, rank) -> {
          Column one = id.equals(column.id()) ? column : other(board, id);
          change.put(Column.COLLECTION, id, one.at(rank).entity());
        });
    return accepted(event, change);
  }

  private static Decision delete(Board board, Column column, ColumnCommand.Delete delete) {
    List<String> tickets = board.ticketsIn(column.id(), Optional.empty()).order();
    if (delete.to() == null) {
      return tickets.isEmpty()
          ? accepted("column.deleted", Change.none().remove(Column.COLLECTION, column.id()))
          : refused(
              quoted(column.title())
                  + " still holds tickets: "
                  + tickets.size()
                  + ". Say which column they go to.");
    }
    return board.onColumn(delete.to(), to -> deleteInto(board, column, tickets, to));
  }

  private static Decision deleteInto(Board board, Column column, List<String> tickets, Column to) {
    Lane lane = board.ticketsIn(to.id(), Optional.empty());
    Lane.Gap gap = lane.gap(Place.LAST);
    Optional<Decision> noRoom = Board.noRoom(to, gap.others(), tickets.size());
    if (noRoom.isPresent() && !tickets.isEmpty()) {
      return noRoom.get();
    }
    Change change = Change.none().remove(Column.COLLECTION, column.id());
    Map<String, String> ranks = tickets.isEmpty() ? Map.of() : lane.ranks(gap, tickets);
    TicketRules.putAt(change, board, to.id(), ranks);
    return accepted("column.deleted", change);
  }

  private static Column other(Board board, String id) {
    ObjectNode entity = board.document().entity(Column.COLLECTION, id).orElseThrow();
    return new Column(id, entity);
  }

  private static Decision now(String event, Column column) {
    return accepted(event, Change.none().put(Column.COLLECTION, column.id(), column.entity()));
  }
}

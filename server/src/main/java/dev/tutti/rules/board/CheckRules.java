package dev.tutti.rules.board;

import static dev.tutti.rules.board.Board.accepted;
import static dev.tutti.rules.board.Board.refused;

import dev.tutti.protocol.board.BoardLimits;
import dev.tutti.protocol.board.CheckCommand;
import dev.tutti.protocol.board.Place;
import dev.tutti.rules.Change;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What happens to checklists: items {@code {text, done, rank}} by id inside their ticket. */
final class CheckRules {
  private static final String TEXT = "text";
  private static final String DONE = "done";

  private CheckRules() {}

  static Decision decide(Board board, CheckCommand command) {
    return board.onTicket(
        command.ticket(),
        ticket ->
            switch (command) {
              case CheckCommand.Add add -> add(board, ticket, add);
              case CheckCommand.Set(String _, String item, boolean done) -> {
                JsonNode value = JsonNodeFactory.instance.booleanNode(done);
                yield on(ticket, item, "ticket.check.set", was -> Fields.with(was, DONE, value));
              }
              case CheckCommand.Edit(String _, String item, String text) ->
                  on(ticket, item, "ticket.check.edited", was -> Fields.with(was, TEXT, text));
              case CheckCommand.Move move ->
                  ticket.checklist().has(move.item())
                      ? place(ticket, move.item(), move.place())
                      : Board.notFound("checklist item", move.item());
              case CheckCommand.Remove(String _, String item) ->
                  ticket.checklist().has(item)
                      ? now("ticket.check.removed", ticket.without(Ticket.CHECKLIST, item))
                      : Board.notFound("checklist item", item);
            });
  }

  private static Decision add(Board board, Ticket ticket, CheckCommand.Add add) {
    ObjectNode items = ticket.checklist();
    String id = board.newId(Optional.ofNullable(add.item()), "i");
    if (items.has(id)) {
      return Board.taken("checklist item", id);
    }
    if (items.size() >= BoardLimits.MAX_CHECKLIST_ITEMS) {
      return refused("A checklist has at most " + BoardLimits.MAX_CHECKLIST_ITEMS + " items.");
    }
    ObjectNode item = Fields.none().put(TEXT, add.text()).put(DONE, false);
    return now(
        "ticket.check.added", ranked(ticket.with(Ticket.CHECKLIST, id, item), id, Place.LAST));
  }

  private static Decision place(Ticket ticket, String id, Place place) {
    ObjectNode item = Fields.object(ticket.checklist(), id);
    Lane.Gap gap = lane(ticket, id).gap(place);
    return gap.holds(id, Fields.string(item, Lane.RANK))
        ? Board.already("ticket.check.moved")
        : now("ticket.check.moved", ranked(ticket, id, place));
  }

  /** With one item at a place, and new ranks for all where there is no room. */
  private static Ticket ranked(Ticket ticket, String id, Place place) {
    Lane lane = lane(ticket, id);
    Ticket result = ticket;
    for (var rank : lane.ranks(lane.gap(place), List.of(id)).entrySet()) {
      ObjectNode item = Fields.object(ticket.checklist(), rank.getKey());
      result =
          result.with(
              Ticket.CHECKLIST, rank.getKey(), Fields.with(item, Lane.RANK, rank.getValue()));
    }
    return result;
  }

  /** The items without one. */
  private static Lane lane(Ticket ticket, String without) {
    ObjectNode items = ticket.checklist();
    Map<String, ObjectNode> byId = new LinkedHashMap<>();
    items.propertyNames().forEach(item -> byId.put(item, Fields.object(items, item)));
    return Lane.of(byId, without);
  }

  private static Decision on(
      Ticket ticket, String item, String event, UnaryOperator<ObjectNode> change) {
    return ticket.checklist().get(item) instanceof ObjectNode was
        ? now(event, ticket.with(Ticket.CHECKLIST, item, change.apply(was)))
        : Board.notFound("checklist item", item);
  }

  private static Decision now(String event, Ticket ticket) {
    return accepted(event, Change.none().put(Ticket.COLLECTION, ticket.id(), ticket.entity()));
  }
}

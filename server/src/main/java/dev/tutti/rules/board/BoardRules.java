package dev.tutti.rules.board;

import dev.tutti.protocol.Event;
import dev.tutti.protocol.board.BoardCommand;
import dev.tutti.protocol.board.CheckCommand;
import dev.tutti.protocol.board.ColumnCommand;
import dev.tutti.protocol.board.CommentCommand;
import dev.tutti.protocol.board.TicketCommand;
import dev.tutti.rules.Actor;
import dev.tutti.rules.Change;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import dev.tutti.rules.RoomRules;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What may happen on a board, and what it does. The table of it is {@code docs/board.md}. */
public final class BoardRules implements RoomRules<BoardCommand> {

  @Override
  public String type() {
    return "board";
  }

  @Override
  public BoardCommand parse(String name, ObjectNode args) {
    return BoardCommand.BINDING.parse(name, args);
  }

  @Override
  public Optional<String> title(Document document) {
    return BoardInfo.of(document).title();
  }

  @Override
  public Change created(Optional<String> title) {
    return title
        .map(text -> BoardInfo.of(Document.empty()).titled(text).entity())
        .map(info -> Change.none().put(BoardInfo.COLLECTION, BoardInfo.ID, info))
        .orElseGet(Change::none);
  }

  @Override
  public Optional<String> objection(Document document) {
    return Shape.objection(document);
  }

  @Override
  public Decision undo(Document document, Event undone, Change change, Actor actor, Moment now) {
    return UndoRules.decide(document, change);
  }

  @Override
  public Decision decide(Document document, BoardCommand command, Actor actor, Moment now) {
    Board board = new Board(document, actor, now);
    return switch (command) {
      case BoardCommand.Rename(String title) ->
          Board.accepted(
              "board.renamed",
              Change.none()
                  .put(
                      BoardInfo.COLLECTION,
                      BoardInfo.ID,
                      BoardInfo.of(document).titled(title).entity()));
      case ColumnCommand column -> ColumnRules.decide(board, column);
      case CheckCommand check -> CheckRules.decide(board, check);
      case CommentCommand comment -> CommentRules.decide(board, comment);
      case TicketCommand ticket -> TicketRules.decide(board, ticket);
    };
  }
}

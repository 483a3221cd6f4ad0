package dev.tutti.rules.board;

import static dev.tutti.rules.board.Board.accepted;
import static dev.tutti.rules.board.Board.refused;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.board.BoardLimits;
import dev.tutti.protocol.board.CommentCommand;
import dev.tutti.rules.Change;
import dev.tutti.rules.Decision;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What happens to comments. */
final class CommentRules {
  private CommentRules() {}

  static Decision decide(Board board, CommentCommand command) {
    return switch (command) {
      case CommentCommand.Add add ->
          board.onTicket(add.ticket(), ticket -> add(board, ticket, add));
      case CommentCommand.Edit(String id, String text) ->
          board.onComment(id, comment -> edit(board, comment, text));
      case CommentCommand.Delete(String id) ->
          board.onComment(id, comment -> delete(board, comment));
    };
  }

  private static Decision add(Board board, Ticket ticket, CommentCommand.Add add) {
    String id = board.newId(Optional.ofNullable(add.comment()), "m");
    if (board.has(Comment.COLLECTION, id)) {
      return Board.taken("comment", id);
    }
    Map<String, ObjectNode> comments = board.document().collection(Comment.COLLECTION);
    if (comments.size() >= BoardLimits.MAX_COMMENTS) {
      return refused("A board holds at most " + BoardLimits.MAX_COMMENTS + " comments.");
    }
    long there = comments.values().stream().filter(c -> Comment.isOf(c, ticket.id())).count();
    if (there >= BoardLimits.MAX_COMMENTS_OF_TICKET) {
      return refused("A ticket has at most " + BoardLimits.MAX_COMMENTS_OF_TICKET + " comments.");
    }
    return now(
        "comment.added", Comment.added(id, ticket.id(), add.text(), board.actor(), board.now()));
  }

  private static Decision edit(Board board, Comment comment, String text) {
    if (!comment.by().equals(board.actor().user())) {
      return forbidden("Only who wrote a comment may edit it.");
    }
    return comment.text().equals(text)
        ? Board.already("comment.edited")
        : board.onTicket(
            comment.ticket(), ticket -> now("comment.edited", comment.edited(text, board.now())));
  }

  private static Decision delete(Board board, Comment comment) {
    boolean own = comment.by().equals(board.actor().user());
    if (!own && !board.actor().role().atLeast(Role.OWNER)) {
      return forbidden("Only who wrote a comment, or an owner of the board, may delete it.");
    }
    return accepted("comment.deleted", Change.none().remove(Comment.COLLECTION, comment.id()));
  }

  private static Decision now(String event, Comment comment) {
    return accepted(event, Change.none().put(Comment.COLLECTION, comment.id(), comment.entity()));
  }

  private static Decision forbidden(String sentence) {
    return new Decision.Refused(Code.FORBIDDEN, sentence);
  }
}

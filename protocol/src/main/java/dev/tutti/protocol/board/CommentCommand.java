package dev.tutti.protocol.board;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.tutti.protocol.Args;
import org.jspecify.annotations.Nullable;

/** What people say about a ticket. */
public sealed interface CommentCommand extends TicketCommand {

  /** Say something. */
  @JsonTypeName("comment.add")
  record Add(String ticket, @Nullable String comment, String text) implements CommentCommand {
    public Add {
      Args.id(ticket, "ticket");
      Args.optionalId(comment, "comment");
      Args.text(text, BoardLimits.MAX_TEXT_CHARS, "text");
    }
  }

  /** Say it otherwise: one's own comment only. */
  @JsonTypeName("comment.edit")
  record Edit(String comment, String text) implements CommentCommand {
    public Edit {
      Args.id(comment, "comment");
      Args.text(text, BoardLimits.MAX_TEXT_CHARS, "text");
    }
  }

  /** Take a comment away: one's own, or anyone's as an owner of the room. */
  @JsonTypeName("comment.delete")
  record Delete(String comment) implements CommentCommand {
    public Delete {
      Args.id(comment, "comment");
    }
  }
}

package dev.tutti.protocol.chat;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.tutti.protocol.Args;
import org.jspecify.annotations.Nullable;

/** What people do with messages. */
public sealed interface MessageCommand extends ChatCommand {

  /**
   * Say something.
   *
   * @param message the id of the new message; absent, it is made from the command's key
   * @param thread a message that this answers: it goes into that one's thread
   */
  @JsonTypeName("message.post")
  record Post(@Nullable String message, String text, @Nullable String thread)
      implements MessageCommand {
    public Post {
      Args.optionalId(message, "message");
      Args.text(text, ChatLimits.MAX_TEXT_CHARS, "text");
      Args.optionalId(thread, "thread");
    }
  }

  /** Say it otherwise: one's own, for some minutes. */
  @JsonTypeName("message.edit")
  record Edit(String message, String text) implements MessageCommand {
    public Edit {
      Args.id(message, "message");
      Args.text(text, ChatLimits.MAX_TEXT_CHARS, "text");
    }
  }

  /** Take a message back, one's own, or anyone's as an owner. That it was there stays. */
  @JsonTypeName("message.delete")
  record Delete(String message) implements MessageCommand {
    public Delete {
      Args.id(message, "message");
    }
  }

  /** Answer with an emoji; each person each emoji once. */
  @JsonTypeName("message.react")
  record React(String message, String emoji) implements MessageCommand {
    public React {
      Args.id(message, "message");
      Emoji.check(emoji, "emoji");
    }
  }

  /** Take one's emoji back. */
  @JsonTypeName("message.unreact")
  record Unreact(String message, String emoji) implements MessageCommand {
    public Unreact {
      Args.id(message, "message");
      Emoji.check(emoji, "emoji");
    }
  }

  /** Keep a message at hand for everyone. */
  @JsonTypeName("message.pin")
  record Pin(String message) implements MessageCommand {
    public Pin {
      Args.id(message, "message");
    }
  }

  /** Keep it no more. */
  @JsonTypeName("message.unpin")
  record Unpin(String message) implements MessageCommand {
    public Unpin {
      Args.id(message, "message");
    }
  }
}

package dev.tutti.protocol.chat;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.tutti.protocol.Args;
import dev.tutti.protocol.CommandBinding;
import org.jspecify.annotations.Nullable;

/** What people do in a chat. */
public sealed interface ChatCommand
    permits ChatCommand.Rename,
        ChatCommand.Topic,
        ChatCommand.Slow,
        ChatCommand.MarkRead,
        MessageCommand,
        MemberCommand {
  /** Names and arguments of all of them. */
  CommandBinding<ChatCommand> BINDING = CommandBinding.of(ChatCommand.class);

  /** Give the room a title. */
  @JsonTypeName("chat.rename")
  record Rename(String title) implements ChatCommand {
    public Rename {
      Args.line(title, ChatLimits.MAX_TITLE_CHARS, "title");
    }
  }

  /**
   * Say what the room is about.
   *
   * @param topic absent takes it away
   */
  @JsonTypeName("chat.topic")
  record Topic(@Nullable String topic) implements ChatCommand {
    public Topic {
      if (topic != null) {
        Args.line(topic, ChatLimits.MAX_TITLE_CHARS, "topic");
      }
    }
  }

  /**
   * Let everyone but owners wait between two messages of theirs. Owners only.
   *
   * @param seconds absent ends it
   */
  @JsonTypeName("chat.slow")
  record Slow(@Nullable Integer seconds) implements ChatCommand {
    public Slow {
      if (seconds != null) {
        Args.between(seconds, 1, ChatLimits.MAX_SLOW_SECONDS, "seconds");
      }
    }
  }

  /**
   * I have read so far. Never goes back; of several that wait, the latest is written.
   *
   * @param upto the number {@code n} of the last message that was read
   */
  @JsonTypeName("read.mark")
  record MarkRead(long upto) implements ChatCommand {
    public MarkRead {
      if (upto < 0) {
        throw Args.invalid("upto", "\"upto\" is the number of a message: 0 or more.");
      }
    }
  }
}

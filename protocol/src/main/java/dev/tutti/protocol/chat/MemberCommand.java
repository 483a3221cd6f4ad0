package dev.tutti.protocol.chat;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.tutti.protocol.Args;
import org.jspecify.annotations.Nullable;

/** What moderators, the owners of the room, do about people. */
public sealed interface MemberCommand extends ChatCommand {
  /** The user it is about. */
  String user();

  /**
   * Let somebody read, but say nothing.
   *
   * @param minutes for how long; absent for good
   */
  @JsonTypeName("member.mute")
  record Mute(String user, @Nullable Integer minutes) implements MemberCommand {
    public Mute {
      Args.user(user, "user");
      if (minutes != null) {
        Args.between(minutes, 1, ChatLimits.MAX_MUTE_MINUTES, "minutes");
      }
    }
  }

  /** Let somebody speak again. */
  @JsonTypeName("member.unmute")
  record Unmute(String user) implements MemberCommand {
    public Unmute {
      Args.user(user, "user");
    }
  }
}

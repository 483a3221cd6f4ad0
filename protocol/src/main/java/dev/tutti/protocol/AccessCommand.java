package dev.tutti.protocol;

import com.fasterxml.jackson.annotation.JsonTypeName;

/** Commands that every room type knows: who may do what in the room. */
public sealed interface AccessCommand {
  /**
   * The user id of requests without a token, where guests are let in: of nobody in particular, so
   * that nothing belongs to it.
   */
  String NOBODY = "guest:anonymous";

  /** The user id of what the server does by itself. Nobody else may have it. */
  String SERVER = "tutti";

  /** What stands before the user of an event that came from a file. Nobody's id begins so. */
  String IMPORTED = "imported:";

  /** The user whose access changes. */
  String user();

  /** The user has this role from now on, whatever a token says. */
  @JsonTypeName("access.grant")
  record Grant(String user, Role role) implements AccessCommand {
    public Grant {
      Args.user(user, "user");
      if (role == Role.NONE) {
        throw Args.invalid("role", "\"role\" must be viewer, editor or owner.");
      }
    }
  }

  /** The user may not even read from now on, whatever a token says. */
  @JsonTypeName("access.revoke")
  record Revoke(String user) implements AccessCommand {
    public Revoke {
      Args.user(user, "user");
    }
  }
}

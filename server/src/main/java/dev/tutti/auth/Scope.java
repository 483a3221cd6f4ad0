package dev.tutti.auth;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.InvalidMessage;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which commands a token is for, whatever its roles would allow: what a program is given that feeds
 * a dashboard. It reads like any other.
 *
 * @param commands their names; empty for all
 */
public record Scope(Set<String> commands) {
  /** Every command. */
  public static final Scope ALL = new Scope(Set.of());

  public Scope {
    commands = Set.copyOf(commands);
  }

  /**
   * Lets a command pass that may be sent.
   *
   * @throws InvalidMessage {@code forbidden} for any other
   */
  public void check(String command) {
    if (!commands.isEmpty() && !commands.contains(command)) {
      String these = String.join(" and ", new TreeSet<>(commands));
      throw new InvalidMessage(Code.FORBIDDEN, "This token is for " + these + " only.");
    }
  }
}

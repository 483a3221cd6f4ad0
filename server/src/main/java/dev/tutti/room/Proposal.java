package dev.tutti.room;

import dev.tutti.protocol.ClientMessage;
import dev.tutti.rules.Conflation;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A command, read by its room type's rules and ready to be decided.
 *
 * @param digest of name and arguments: tells a command sent again from a reused key
 * @param command typed, as the rules read it
 * @param conflation whether a later one may take its place while it waits
 */
public record Proposal(
    UUID key,
    long digest,
    Object command,
    Optional<Conflation> conflation,
    @Nullable ObjectNode expect,
    Claim by) {

  /**
   * Reads a command. Any thread.
   *
   * @throws dev.tutti.protocol.InvalidMessage when the rules cannot read it
   */
  public static Proposal of(ClientMessage.Command command, Claim by, Ruleset rules) {
    Object typed = rules.parse(command.name(), command.args());
    // What somebody expects is true at one place in the order only.
    boolean anywhere = command.expect() == null;
    return new Proposal(
        command.key(),
        CommandDigest.of(command.name(), command.args()),
        typed,
        anywhere ? rules.conflation(typed) : Optional.empty(),
        command.expect(),
        by);
  }
}

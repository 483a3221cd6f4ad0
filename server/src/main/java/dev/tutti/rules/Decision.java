package dev.tutti.rules;

import dev.tutti.protocol.Code;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What rules say to a command. */
public sealed interface Decision {

  /**
   * It happens.
   *
   * @param name of the event, in the past tense, for example {@code ticket.moved}
   */
  record Accepted(String name, Change change) implements Decision {}

  /**
   * It does not.
   *
   * @param sentence for the person who asked: what is in the way
   * @param details for the program, where it can use any
   */
  record Refused(Code code, String sentence, Optional<ObjectNode> details) implements Decision {
    public Refused(Code code, String sentence) {
      this(code, sentence, Optional.empty());
    }
  }
}

package dev.tutti.room;

import dev.tutti.protocol.Code;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** How a command ended. */
public sealed interface Outcome {
  /** It is committed as event {@code seq}. */
  record Accepted(long seq) implements Outcome {}

  /** It was not carried out; with {@code unavailable}, it is not known to be. */
  record Refused(Code code, String sentence, Optional<ObjectNode> details) implements Outcome {
    public Refused(Code code, String sentence) {
      this(code, sentence, Optional.empty());
    }
  }
}

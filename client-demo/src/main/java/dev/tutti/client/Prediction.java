package dev.tutti.client;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a command will probably do, shown until the server has spoken. Called under the connection's
 * lock, again and again, so it must be quick and pure. It does not change what it is given.
 */
@FunctionalInterface
public interface Prediction {
  /**
   * A merge patch over the document as it looks now; empty where nothing can be said.
   *
   * @throws Refusal when the rules would surely say no: the command is not sent then
   */
  Optional<ObjectNode> patch(ObjectNode document, ObjectNode args);
}

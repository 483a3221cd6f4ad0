package dev.tutti.probe;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A command before it has a key and a number. */
public record Draft(String name, ObjectNode args, Optional<ObjectNode> expect) {

  /** A command that expects nothing. */
  public static Draft of(String name, ObjectNode args) {
    return new Draft(name, args, Optional.empty());
  }
}

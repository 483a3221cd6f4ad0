package dev.tutti.rules;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that rules need often and that would take a pass over the whole document to find, such
 * as an order. A document keeps its views up to date as entities change, from the first time that
 * one is asked for ({@link Document#view}). One instance, without state, serves all documents.
 *
 * @param <V> immutable, because documents share it
 */
public interface View<V> {
  /** The view of an empty document. */
  V empty();

  /** The view after one entity has changed: from {@code was} to {@code is}. */
  V changed(
      V view, String collection, String id, Optional<ObjectNode> was, Optional<ObjectNode> is);
}

package dev.tutti.rules.chat;

import dev.tutti.rules.View;
import java.util.Optional;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * The messages of a document in their order, those apart that are pinned: so that the oldest is
 * found without looking through all.
 */
record Timeline(PSortedSet<Entry> free, int pinned) {
  static final View<Timeline> VIEW = new Order();

  /** One message. */
  record Entry(long number, String id) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byNumber = Long.compare(number, other.number);
      return byNumber != 0 ? byNumber : id.compareTo(other.id);
    }
  }

  private static final class Order implements View<Timeline> {
    @Override
    public Timeline empty() {
      return new Timeline(TreePSet.empty(), 0);
    }

    @Override
    public Timeline changed(
        Timeline view,
        String collection,
        String id,
        Optional<ObjectNode> was,
        Optional<ObjectNode> is) {
      if (!collection.equals(Message.COLLECTION)) {
        return view;
      }
      PSortedSet<Entry> free = view.free;
      int pinned = view.pinned;
      if (was.isPresent()) {
        if (Message.isPinned(was.get())) {
          pinned--;
        } else {
          free = free.minus(new Entry(Message.number(was.get()), id));
        }
      }
      if (is.isPresent()) {
        if (Message.isPinned(is.get())) {
          pinned++;
        } else {
          free = free.plus(new Entry(Message.number(is.get()), id));
        }
      }
      return new Timeline(free, pinned);
    }
  }
}

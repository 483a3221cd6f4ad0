package dev.tutti.client;

import dev.tutti.protocol.Event;
import dev.tutti.protocol.MergePatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One room's document as this client knows it: confirmed (at {@code seq}, from the server), and my
 * pending commands on top of it, in order. The view is computed again when it is looked at, so a
 * refusal takes back its own prediction and nothing else. Under the connection's lock.
 */
final class Replica {
  /** A command of mine; {@code acceptedAt} is 0 until the server has answered. */
  private static final class Pending {
    final Order order;
    final @Nullable Prediction prediction;
    long acceptedAt;

    Pending(Order order, @Nullable Prediction prediction) {
      this.order = order;
      this.prediction = prediction;
    }
  }

  private final List<Pending> pending = new ArrayList<>();
  private @Nullable ObjectNode confirmed;

  /** Null when something has changed since it was computed. */
  private @Nullable ObjectNode view;

  private @Nullable String epoch;
  private long seq;

  @Nullable ObjectNode confirmed() {
    return confirmed;
  }

  long seq() {
    return seq;
  }

  /** Null before the first document. */
  @Nullable String epoch() {
    return epoch;
  }

  List<Order> pending() {
    return pending.stream().map(it -> it.order).toList();
  }

  /** What to show; null before the first document. */
  @Nullable ObjectNode view() {
    ObjectNode shown = view;
    if (shown == null && confirmed != null) {
      shown = confirmed;
      for (Pending each : pending) {
        shown = tried(shown, each);
      }
      view = shown;
    }
    return shown;
  }

  void load(ObjectNode document, long at, String in) {
    confirmed = document;
    seq = at;
    epoch = in;
    forgetConfirmed();
    view = null;
  }

  /**
   * Applies those events that follow; one that does not follow is a gap, and so are those behind.
   */
  List<Event> apply(List<Event> events) {
    List<Event> applied = new ArrayList<>();
    for (Event event : events) {
      ObjectNode before = confirmed;
      if (event.seq() == seq + 1 && before != null) {
        confirmed = (ObjectNode) MergePatch.apply(before, event.patch());
        seq = event.seq();
        pending.removeIf(it -> it.order.key().equals(event.key()));
        applied.add(event);
      }
    }
    if (!applied.isEmpty()) {
      forgetConfirmed();
      view = null;
    }
    return applied;
  }

  /** Adds a command, unless its prediction says no: then it throws that {@link Refusal}. */
  void add(Order order, @Nullable Prediction prediction) {
    Pending added = new Pending(order, prediction);
    ObjectNode before = view();
    if (before != null) {
      try {
        view = predicted(before, added);
      } catch (Refusal refusal) {
        throw refusal;
      } catch (RuntimeException failed) {
        view = before; // A prediction that fails predicts nothing.
      }
    }
    pending.add(added);
  }

  /** The server has it as {@code at}: it stays predicted until that event is held. */
  void accept(UUID key, long at) {
    find(key).ifPresent(it -> it.acceptedAt = at);
    forgetConfirmed();
  }

  /** Takes this one back. */
  Optional<Order> refuse(UUID key) {
    Optional<Pending> found = find(key);
    found.ifPresent(pending::remove);
    view = null;
    return found.map(it -> it.order);
  }

  /** What is pending, anew; what the server has already accepted stays. */
  void queue(List<Order> orders, Map<String, Prediction> predictions) {
    pending.removeIf(it -> it.acceptedAt == 0);
    orders.forEach(order -> pending.add(new Pending(order, predictions.get(order.name()))));
    view = null;
  }

  private Optional<Pending> find(UUID key) {
    return pending.stream().filter(it -> it.order.key().equals(key)).findFirst();
  }

  private void forgetConfirmed() {
    if (pending.removeIf(it -> it.acceptedAt > 0 && it.acceptedAt <= seq)) {
      view = null;
    }
  }

  private static ObjectNode predicted(ObjectNode document, Pending pending) {
    Prediction prediction = pending.prediction;
    if (prediction == null) {
      return document;
    }
    return prediction
        .patch(document, pending.order.args())
        .map(patch -> (ObjectNode) MergePatch.apply(document, patch))
        .orElse(document);
  }

  private static ObjectNode tried(ObjectNode document, Pending pending) {
    try {
      return predicted(document, pending);
    } catch (RuntimeException e) {
      return document; // What it was about is gone: the server will say so.
    }
  }
}

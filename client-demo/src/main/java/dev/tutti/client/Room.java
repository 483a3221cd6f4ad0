package dev.tutti.client;

import dev.tutti.protocol.Event;
import dev.tutti.protocol.MergePatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One shared document, live. Safe on any thread. What it returns is a state of this moment and is
 * never changed by the library; do not change it either.
 */
public final class Room {
  private static final JsonMapper JSON = new JsonMapper();

  private final String name;
  private final Connection connection;
  private final Replica replica = new Replica();
  private final Undo undo = new Undo(seq -> undoing(seq).durable());
  private final CompletableFuture<Room> ready = new CompletableFuture<>();
  private final List<RoomListener> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, Prediction> predictions = new HashMap<>();
  private ObjectNode members = JsonNodeFactory.instance.objectNode();
  private ObjectNode presence = JsonNodeFactory.instance.objectNode();
  private int memberCount;
  private @Nullable String role;

  /** Why the room cannot be had, once it is known. */
  private @Nullable Refusal refusal;

  private boolean left;

  Room(String name, Connection connection) {
    this.name = name;
    this.connection = connection;
  }

  /** Such as {@code board:demo}. */
  public String name() {
    return name;
  }

  /** Completes when its document is here; fails with a {@link Refusal} where it cannot be had. */
  public CompletableFuture<Room> ready() {
    return ready.copy();
  }

  /** Hears from now on; close what is returned to hear no more. */
  public AutoCloseable listen(RoomListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /**
   * What a command of this name will probably do, shown until the server has spoken. There are none
   * by themselves: rules live in the server, and a client repeats only what is worth it.
   */
  public Room predict(String command, Prediction prediction) {
    synchronized (connection.lock) {
      predictions.put(command, prediction);
      return this;
    }
  }

  /** The document with my own pending changes; empty before it has come. */
  public ObjectNode document() {
    synchronized (connection.lock) {
      return orEmpty(replica.view());
    }
  }

  /** The document as the server has it at {@link #seq}. */
  public ObjectNode confirmed() {
    synchronized (connection.lock) {
      return orEmpty(replica.confirmed());
    }
  }

  /** The last event that {@link #confirmed} holds. */
  public long seq() {
    synchronized (connection.lock) {
      return replica.seq();
    }
  }

  /** The journal's life that {@link #seq} belongs to; empty before the document has come. */
  public Optional<String> epoch() {
    synchronized (connection.lock) {
      return Optional.ofNullable(replica.epoch());
    }
  }

  /** My role; empty before the document has come. */
  public Optional<String> role() {
    synchronized (connection.lock) {
      return Optional.ofNullable(role);
    }
  }

  /** My commands that are not confirmed yet, oldest first. */
  public List<Order> pending() {
    synchronized (connection.lock) {
      return replica.pending();
    }
  }

  /** Who is here, by session. */
  public Map<String, Member> members() {
    synchronized (connection.lock) {
      return listed();
    }
  }

  /** How many sessions are here; a very full room lists only some. */
  public int memberCount() {
    synchronized (connection.lock) {
      return memberCount;
    }
  }

  /** Asks for a change. Without a connection it waits. The arguments are plain data. */
  public Sent send(String command, Map<String, ?> args) {
    return send(command, (ObjectNode) JSON.valueToTree(args));
  }

  /** The same with arguments as JSON, which are not changed afterwards. */
  public Sent send(String command, ObjectNode args) {
    return send(new Order(Uuid7.next(), command, args, Optional.empty()));
  }

  /** The same if the document is as {@code expect} says, else it is refused as {@code stale}. */
  public Sent send(String command, ObjectNode args, ObjectNode expect) {
    return send(new Order(Uuid7.next(), command, args, Optional.of(expect)));
  }

  /**
   * The same with a key of one's own: sent twice, by whomever, it happens once. While it waits for
   * its answer, this connection refuses another command with its key, as {@code key_reused}.
   */
  public Sent send(Order order) {
    Sent sent = sending(order);
    undo.did(sent.durable());
    return sent;
  }

  /**
   * Takes my last change through this room back, by a new one. One that is still pending is waited
   * for. Completes with the number of its event, or empty where there is nothing to take back;
   * fails with a {@link Refusal}, as {@code stale} where someone has changed the same since.
   */
  public CompletableFuture<Optional<Long>> undo() {
    return undo.undo();
  }

  /** Takes my last undo back, likewise. */
  public CompletableFuture<Optional<Long>> redo() {
    return undo.redo();
  }

  /**
   * Past events, ascending: the newest before {@code before}, or of all.
   *
   * @param limit 1 or more; the server cuts what is over its {@code maxHistory}
   */
  public CompletableFuture<History> history(Optional<Long> before, int limit) {
    ObjectNode message = Link.message("history").put("room", name).put("limit", limit);
    before.ifPresent(seq -> message.put("before", seq));
    CompletableFuture<History> answer = new CompletableFuture<>();
    synchronized (connection.lock) {
      connection.ask(
          message,
          new Link.Settle(
              page -> {
                History history =
                    new History(events(page.get("events")), page.path("more").asBoolean(false));
                connection.tell(() -> answer.complete(history));
              },
              refusal -> connection.tell(() -> answer.completeExceptionally(refusal))));
    }
    return answer;
  }

  /**
   * A page of the past.
   *
   * @param more whether another page lies before this one
   */
  public record History(List<Event> events, boolean more) {}

  /** Says what I am doing, to the members: a merge patch over my state. Kept over reconnects. */
  public void presence(ObjectNode state) {
    synchronized (connection.lock) {
      presence = (ObjectNode) MergePatch.apply(presence, state);
      connection.mention(Link.message("presence").put("room", name).set("state", state));
    }
  }

  /** Says something in passing, which may be lost; the latest on a topic wins. */
  public void signal(String topic, ObjectNode data) {
    synchronized (connection.lock) {
      ObjectNode message = Link.message("signal").put("room", name).put("topic", topic);
      connection.mention(message.set("data", data));
    }
  }

  /**
   * Leaves the room for good; {@link Connection#room} joins it anew. What is pending is still sent,
   * but shows here no more.
   */
  public void leave() {
    synchronized (connection.lock) {
      if (!left) {
        left = true;
        replica.queue(List.of(), predictions);
        connection.leave(name);
      }
    }
  }

  private Sent undoing(long seq) {
    ObjectNode args = JsonNodeFactory.instance.objectNode().put("seq", seq);
    return sending(new Order(Uuid7.next(), Undo.COMMAND, args, Optional.empty()));
  }

  private Sent sending(Order order) {
    CompletableFuture<Long> durable = new CompletableFuture<>();
    Sent sent = new Sent(order.key(), new CompletableFuture<>(), durable);
    synchronized (connection.lock) {
      try {
        connection
            .refuses(name, order)
            .ifPresent(refusal -> {
              throw refusal;
            });
        if (!left) {
          replica.add(order, predictions.get(order.name()));
        }
      } catch (Refusal refusal) {
        connection.tell(() -> sent.local().completeExceptionally(refusal));
        connection.tell(() -> durable.completeExceptionally(refusal));
        all(listener -> listener.refused(order, refusal));
        return sent;
      }
      connection.send(name, order, durable);
      all(listener -> listener.changed(RoomListener.Cause.LOCAL));
    }
    ready.whenComplete((room, failure) -> {
      if (failure == null) {
        sent.local().complete(document());
      } else {
        sent.local().completeExceptionally(failure);
      }
    });
    return sent;
  }

  // The rest is called by the connection, under the lock.

  ObjectNode subscribing() {
    ObjectNode message = Link.message("subscribe").put("room", name);
    String epoch = replica.epoch();
    return epoch == null ? message : message.put("after", replica.seq()).put("epoch", epoch);
  }

  /** What an earlier process has left, and what was sent before the room was joined. */
  void restored(List<Order> orders) {
    orders.forEach(order -> replica.add(order, null));
  }

  /** I am somebody else now, and this is what that one has waiting. */
  void handedOver(List<Order> orders) {
    undo.forget();
    replica.queue(orders, predictions);
    all(listener -> listener.changed(RoomListener.Cause.LOCAL));
  }

  /** Whether it cannot be had because of how many others are. */
  boolean isOneTooMany() {
    return refusal != null && refusal.code().equals("too_fast");
  }

  void loaded(JsonNode message) {
    refusal = null;
    role = message.path("role").asString(role == null ? "" : role);
    if (message.get("document") instanceof ObjectNode document) {
      replica.load(document, message.get("seq").asLong(), message.get("epoch").stringValue());
      all(listener -> listener.changed(RoomListener.Cause.RESET));
    } else {
      happened(events(message.get("events")));
    }
    if (message.get("members") instanceof ObjectNode now) {
      met(now, message.path("count").asInt(now.size()));
    }
    if (message.path("type").asString("").equals("subscribed") && !presence.isEmpty()) {
      connection.mention(Link.message("presence").put("room", name).set("state", presence));
    }
    connection.tell(() -> ready.complete(this));
  }

  void heard(JsonNode message) {
    switch (message.path("type").asString("")) {
      case "events" -> happened(events(message.get("events")));
      case "reset" -> loaded(message);
      case "presence" -> {
        ObjectNode before =
            message.has("complete") ? JsonNodeFactory.instance.objectNode() : members;
        ObjectNode now = (ObjectNode) MergePatch.apply(before, message.path("members"));
        met(now, message.path("count").asInt(now.size()));
      }
      case "signals" -> message.get("signals").forEach(this::signalled);
      case "role" -> {
        String now = message.path("role").asString("");
        role = now;
        all(listener -> listener.role(now));
      }
      default -> {} // A newer server may say more.
    }
  }

  private void signalled(JsonNode signal) {
    String from = signal.path("from").asString("");
    String topic = signal.path("topic").asString("");
    ObjectNode data = orEmpty(signal.get("data") instanceof ObjectNode object ? object : null);
    all(listener -> listener.signal(from, topic, data));
  }

  private void happened(List<Event> events) {
    List<Order> mine = replica.pending();
    List<Event> applied = replica.apply(events);
    if (!applied.isEmpty()) {
      all(listener -> listener.changed(RoomListener.Cause.EVENT));
    }
    for (Event event : applied) {
      all(listener -> listener.happened(event)); // Before whoever waits for it goes on.
      mine.stream()
          .filter(order -> order.key().equals(event.key()))
          .forEach(order -> connection.confirmed(name, order.key(), event.seq()));
    }
    if (!events.isEmpty() && events.getLast().seq() > replica.seq()) {
      connection.restart();
    }
  }

  void told(Order order, Optional<Long> seq, Optional<Refusal> refusal) {
    seq.ifPresent(at -> replica.accept(order.key(), at));
    refusal.ifPresent(why -> {
      replica.refuse(order.key());
      all(listener -> listener.changed(RoomListener.Cause.REFUSED));
      all(listener -> listener.refused(order, why));
    });
  }

  /** It cannot be had; what waits for it has answers of its own. */
  void lost(Refusal why) {
    refusal = why;
    connection.tell(() -> ready.completeExceptionally(why));
    all(listener -> listener.closed(why));
  }

  private void met(ObjectNode now, int count) {
    members = now;
    memberCount = count;
    Map<String, Member> listed = listed();
    all(listener -> listener.members(listed));
  }

  private Map<String, Member> listed() {
    Map<String, Member> listed = new LinkedHashMap<>();
    members.forEachEntry((session, json) -> listed.put(session, Member.of(session, json)));
    return listed;
  }

  private void all(Consumer<RoomListener> what) {
    connection.tell(() -> listeners.forEach(what));
  }

  private static List<Event> events(@Nullable JsonNode json) {
    List<Event> events = new ArrayList<>();
    if (json != null) {
      json.forEach(each -> events.add(JSON.treeToValue(each, Event.class)));
    }
    return events;
  }

  private static ObjectNode orEmpty(@Nullable ObjectNode object) {
    return object == null ? JsonNodeFactory.instance.objectNode() : object;
  }

  /** A key for {@link Order}: of version 7, so that later ones sort later. */
  public static UUID newKey() {
    return Uuid7.next();
  }
}

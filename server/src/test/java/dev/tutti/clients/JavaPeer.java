package dev.tutti.clients;

import dev.tutti.client.Connection;
import dev.tutti.client.Member;
import dev.tutti.client.Order;
import dev.tutti.client.Refusal;
import dev.tutti.client.Room;
import dev.tutti.client.RoomListener;
import dev.tutti.protocol.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The Java library. */
final class JavaPeer implements Peer {
  private static final JsonMapper JSON = new JsonMapper();

  private final Connection connection;
  private final Map<String, Log> logs = new ConcurrentHashMap<>();
  private final Map<String, String> outcomes = new ConcurrentHashMap<>();

  private static final class Log implements RoomListener {
    final List<Long> events = new CopyOnWriteArrayList<>();
    final List<String> signals = new CopyOnWriteArrayList<>();
    final List<Cause> causes = new CopyOnWriteArrayList<>();
    volatile String closed = "";

    @Override
    public void changed(Cause cause) {
      causes.add(cause);
    }

    @Override
    public void happened(Event event) {
      events.add(event.seq());
    }

    @Override
    public void signal(String session, String topic, ObjectNode data) {
      signals.add(topic + " " + data);
    }

    @Override
    public void closed(Refusal refusal) {
      closed = refusal.code();
    }
  }

  private final AtomicInteger asked = new AtomicInteger();
  private volatile String token;

  JavaPeer(int port, Who who) {
    token = who.token();
    Connection.Builder builder = Connection.to("ws://127.0.0.1:" + port + "/v1/ws");
    connection =
        switch (who) {
          case Who.Guest(String name) -> builder.name(name).connect();
          case Who.Bearer(String only) -> builder.token(only).connect();
          case Who.Asking _ -> builder.tokens(this::give).connect();
        };
  }

  private String give() {
    asked.incrementAndGet();
    return token;
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JSON.readTree(text);
  }

  private Log log(String room) {
    return logs.getOrDefault(room, new Log());
  }

  @Override
  public void join(String name) {
    Log log = new Log();
    logs.put(name, log);
    Room room = connection.room(name);
    AutoCloseable _ = room.listen(log);
    room.predict("column.rename", (document, args) -> Optional.of(renamed(args)));
  }

  private static ObjectNode renamed(ObjectNode args) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch
        .putObject("columns")
        .putObject(args.get("column").stringValue())
        .set("title", args.get("title"));
    return patch;
  }

  @Override
  public JsonNode document(String room) {
    return connection.room(room).document();
  }

  @Override
  public JsonNode confirmed(String room) {
    return connection.room(room).confirmed();
  }

  @Override
  public String epoch(String room) {
    return connection.room(room).epoch().orElse("");
  }

  @Override
  public String role(String room) {
    return connection.room(room).role().orElse("");
  }

  @Override
  public String closed(String room) {
    return log(room).closed;
  }

  @Override
  public void send(String handle, String room, String name, String args) {
    send(handle, room, name, args, "", "");
  }

  @Override
  public void send(
      String handle, String room, String name, String args, String key, String expect) {
    Order order =
        new Order(
            key.isEmpty() ? Room.newKey() : UUID.fromString(key),
            name,
            json(args),
            expect.isEmpty() ? Optional.empty() : Optional.of(json(expect)));
    note(handle, connection.room(room).send(order).durable().thenApply(Optional::of));
  }

  @Override
  public void undo(String handle, String room) {
    note(handle, connection.room(room).undo());
  }

  @Override
  public void redo(String handle, String room) {
    note(handle, connection.room(room).redo());
  }

  private void note(String handle, CompletableFuture<Optional<Long>> outcome) {
    var _ =
        outcome.whenComplete(
            (seq, failure) -> outcomes.put(handle, failure == null ? said(seq) : code(failure)));
  }

  private static String said(@Nullable Optional<Long> seq) {
    return seq == null || seq.isEmpty() ? "nothing" : "seq " + seq.get();
  }

  private static String code(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof Refusal refusal ? refusal.code() : String.valueOf(cause);
  }

  @Override
  public String outcome(String handle) {
    return outcomes.getOrDefault(handle, "");
  }

  @Override
  public void leave(String room) {
    connection.room(room).leave();
  }

  @Override
  public void signIn(String next) {
    token = next;
  }

  @Override
  public void rename(String name) {
    connection.rename(name);
  }

  @Override
  public int asked() {
    return asked.get();
  }

  @Override
  public String code() {
    return connection.status().code().orElse("");
  }

  @Override
  public String session() {
    return connection.session().orElse("");
  }

  @Override
  public String status() {
    return connection.status().text();
  }

  @Override
  public long retryMillis() {
    return connection
        .status()
        .retryAt()
        .map(at -> Duration.between(Instant.now(), at).toMillis())
        .orElse(-1L);
  }

  @Override
  public String user() {
    return connection.user().orElse("");
  }

  @Override
  public List<Long> events(String room) {
    return List.copyOf(log(room).events);
  }

  @Override
  public int resets(String room) {
    return (int) log(room).causes.stream().filter(it -> it == RoomListener.Cause.RESET).count();
  }

  @Override
  public List<String> members(String room) {
    return connection.room(room).members().values().stream().map(JavaPeer::text).sorted().toList();
  }

  private static String text(Member member) {
    return member.name() + " " + member.state();
  }

  @Override
  public void presence(String room, String state) {
    connection.room(room).presence(json(state));
  }

  @Override
  public void signal(String room, String topic, String data) {
    connection.room(room).signal(topic, json(data));
  }

  @Override
  public List<String> signals(String room) {
    return List.copyOf(log(room).signals);
  }

  @Override
  public String history(String room, long before, int limit) {
    Room.History page =
        connection
            .room(room)
            .history(Optional.of(before), limit)
            .orTimeout(10, TimeUnit.SECONDS)
            .join();
    return page.events().getFirst().seq() + " " + page.more();
  }

  @Override
  public void tryNow() {
    connection.tryNow();
  }

  @Override
  public void close() {
    connection.close();
  }
}

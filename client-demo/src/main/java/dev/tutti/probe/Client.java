package dev.tutti.probe;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One guest in one room. Holds the document, connects again by itself, resumes from where it was
 * and sends again, with the same keys, whatever was not answered. While it {@link #writes}, it
 * keeps a few commands open at any time. Safe on any thread.
 */
public final class Client implements AutoCloseable {
  private static final int RECONNECT_MILLIS = 40;

  /** What may pass without a word before {@code welcome} says how often the server speaks. */
  private static final int FIRST_SILENCE_MILLIS = 5_000;

  /** Thousands of clients may hear something at the same moment. */
  private static final HttpClient HTTP =
      HttpClient.newBuilder().executor(Executors.newVirtualThreadPerTaskExecutor()).build();

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final IntSupplier ports;
  private final String name;
  private final String room;
  private final Runnable onAccepted;
  private final Memory memory = new Memory();
  private final Replica replica = new Replica(memory);

  /** Sent and not answered, by number, in the order of sending. */
  private final Map<Long, Open> open = new LinkedHashMap<>();

  private final AtomicLong numbers = new AtomicLong();
  private final Members members = new Members();
  private String session = "";
  private @Nullable Link link;
  private @Nullable String token;
  private @Nullable Supplier<Draft> source;
  private @Nullable JsonNode lastBye;
  private int window;
  private Duration pause = Duration.ZERO;
  private boolean closed;

  private record Open(UUID key, Draft draft, CompletableFuture<JsonNode> answer) {}

  /**
   * A client that is not connected yet.
   *
   * @param onAccepted called for every acceptance, under the client's lock
   */
  public Client(int port, String name, String room, Runnable onAccepted) {
    this(() -> port, name, room, onAccepted);
  }

  /**
   * The same, of several servers.
   *
   * @param ports asked before each connection: the port of this machine that it goes to
   */
  public Client(IntSupplier ports, String name, String room, Runnable onAccepted) {
    this.ports = ports;
    this.name = name;
    this.room = room;
    this.onAccepted = onAccepted;
  }

  /** Connects, and from then on whenever the connection is lost. */
  public Client start() {
    Link next = new Link();
    HTTP.newWebSocketBuilder()
        .subprotocols("tutti.v1.json")
        .connectTimeout(Duration.ofMillis(FIRST_SILENCE_MILLIS))
        .buildAsync(URI.create("ws://127.0.0.1:" + ports.getAsInt() + "/v1/ws"), next)
        .whenComplete((opened, failure) -> {
          if (failure != null) {
            again(RECONNECT_MILLIS);
          }
        });
    return this;
  }

  private void again(int millis) {
    soon(
        millis,
        () -> {
          synchronized (this) {
            if (closed) {
              return;
            }
          }
          start();
        });
  }

  /** Keeps {@code commands} of them open from now on; none any more with 0. */
  public void writes(int commands, Supplier<Draft> drafts) {
    writes(commands, Duration.ZERO, drafts);
  }

  /** The same, with a pause behind each answer, which leaves the machine some time for others. */
  public synchronized void writes(int commands, Duration pause, Supplier<Draft> drafts) {
    window = commands;
    source = drafts;
    this.pause = pause;
    pump();
  }

  /** Sends one command; completes with its {@code accepted} or {@code refused}. */
  public synchronized CompletableFuture<JsonNode> send(Draft draft) {
    return send(draft, UUID.randomUUID());
  }

  /** The same with a key of the caller's. */
  public synchronized CompletableFuture<JsonNode> send(Draft draft, UUID key) {
    Open command = new Open(key, draft, new CompletableFuture<>());
    long id = numbers.incrementAndGet();
    memory.sent.add(key);
    open.put(id, command);
    Link now = link;
    if (now != null && now.welcomed) {
      now.send(message(id, command));
    }
    return command.answer;
  }

  private static void soon(long millis, Runnable task) {
    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(task);
  }

  private synchronized void pump() {
    Supplier<Draft> drafts = source;
    while (drafts != null && replica.isThere() && open.size() < window && !closed) {
      CompletableFuture<JsonNode> ignored = send(drafts.get());
    }
  }

  private ObjectNode message(long id, Open command) {
    ObjectNode message = NODES.objectNode().put("type", "command").put("id", id).put("room", room);
    message.put("key", command.key.toString()).put("name", command.draft.name());
    message.set("args", command.draft.args());
    command.draft.expect().ifPresent(expect -> message.set("expect", expect));
    return message;
  }

  /** One connection of the client. */
  private final class Link implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private @Nullable WebSocket ws;
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);

    /** Whether {@code welcome} has come, so that commands may be sent. */
    private boolean welcomed;

    private boolean subscribed;

    /** When to connect again, behind this connection. */
    private int returnMillis = RECONNECT_MILLIS;

    private long heardNanos = System.nanoTime();
    private long silenceMillis = FIRST_SILENCE_MILLIS;

    @Override
    public void onOpen(WebSocket opened) {
      synchronized (Client.this) {
        ws = opened;
        if (closed) {
          opened.abort();
          return;
        }
        link = this;
        ObjectNode hello = NODES.objectNode().put("type", "hello").put("name", name);
        if (token != null) {
          hello.put("token", token);
        }
        send(hello);
      }
      watch();
      opened.request(1);
    }

    /** Gives the connection up when the server has not said a word for too long. */
    private void watch() {
      soon(
          silenceMillis / 2,
          () -> {
            WebSocket watched = ws;
            synchronized (Client.this) {
              if (link != this || closed || watched == null) {
                return;
              }
              if (System.nanoTime() - heardNanos < TimeUnit.MILLISECONDS.toNanos(silenceMillis)) {
                watch();
                return;
              }
            }
            watched.abort();
            lost();
          });
    }

    void send(ObjectNode message) {
      WebSocket to = ws;
      if (to != null) {
        // A failed sending shows as a lost connection, and everything open is sent again then.
        sending = sending.thenCompose(before -> to.sendText(message.toString(), true));
      }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        JsonNode message = JSON.readTree(text.toString());
        text.setLength(0);
        synchronized (Client.this) {
          heardNanos = System.nanoTime();
          // What still comes on a connection that was given up is not heard any more.
          if (link == this) {
            received(message);
          }
        }
      }
      from.request(1);
      return null;
    }

    private void received(JsonNode message) {
      switch (message.path("type").stringValue("")) {
        case "welcome" -> welcome(message);
        case "subscribed" -> subscribed(message);
        case "events" -> events(message.get("events"));
        case "reset" -> replica.take(message);
        case "presence" -> members.changed(message);
        case "accepted", "refused" -> answered(message);
        case "ping" -> send(NODES.objectNode().put("type", "pong"));
        case "bye" -> {
          memory.byes++;
          returnMillis = message.path("retryAfterMillis").intValue(0);
          lastBye = message;
        }
        default -> {}
      }
    }

    private void welcome(JsonNode message) {
      welcomed = true;
      memory.connections++;
      session = message.get("session").stringValue();
      silenceMillis = message.path("pingMillis").longValue(FIRST_SILENCE_MILLIS) * 5 / 2;
      token = message.path("token").stringValue("");
      ObjectNode subscribe = NODES.objectNode().put("type", "subscribe");
      subscribe.put("id", numbers.incrementAndGet()).put("room", room);
      replica.resume(subscribe);
      send(subscribe);
      memory.resent += open.size();
      open.forEach((id, command) -> send(message(id, command)));
    }

    private void subscribed(JsonNode message) {
      subscribed = true;
      members.all(message.get("members"));
      replica.subscribed(message);
      pump();
    }

    private void events(JsonNode events) {
      if (!subscribed) {
        memory.broken.add(Promise.NO_GAP + ": events came before subscribed");
      }
      replica.events(events);
    }

    private void answered(JsonNode message) {
      Open command = open.get(message.path("id").longValue(-1));
      if (command == null) {
        memory.broken.add(Promise.ANSWERED_ONCE + ": an answer to nothing: " + message);
        return;
      }
      String code = message.path("code").stringValue("");
      if (code.equals("too_fast") || code.equals("unavailable")) {
        memory.codes.add(code);
        later(message.get("id").longValue(), command);
        return;
      }
      open.remove(message.get("id").longValue());
      if (code.isEmpty()) {
        memory.accepted(command.key, message.get("seq").longValue(), replica.seq());
        onAccepted.run();
      } else {
        memory.refused(command.key, code);
      }
      command.answer.complete(message);
      if (pause.isZero()) {
        pump();
      } else {
        soon(pause.toMillis(), Client.this::pump);
      }
    }

    private void later(long id, Open command) {
      soon(
          RECONNECT_MILLIS,
          () -> {
            synchronized (Client.this) {
              if (link == this && open.containsKey(id)) {
                memory.resent++;
                send(message(id, command));
              }
            }
          });
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      lost();
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
      lost();
    }

    private void lost() {
      synchronized (Client.this) {
        if (link != this || closed) {
          return;
        }
        link = null;
      }
      again(returnMillis);
    }
  }

  /** The last event that the document holds; negative before the first document. */
  public synchronized long seq() {
    return replica.seq();
  }

  /** The document as this client holds it. */
  public synchronized ObjectNode document() {
    return replica.document().deepCopy();
  }

  /** A text of the document; empty where there is none. */
  public synchronized String text(String... path) {
    JsonNode node = replica.document();
    for (String step : path) {
      node = node.path(step);
    }
    return node.stringValue("");
  }

  /** The keys that it has sent so far. */
  public synchronized List<UUID> sentKeys() {
    return List.copyOf(memory.sent);
  }

  /** Commands that are not answered yet. */
  public synchronized int openCommands() {
    return open.size();
  }

  /** The last {@code bye} that came. */
  public synchronized Optional<JsonNode> lastBye() {
    return Optional.ofNullable(lastBye);
  }

  /** Its own name among the {@link #members}; empty before the first {@code welcome}. */
  public synchronized String session() {
    return session;
  }

  /** The sessions that it is told are in the room, its own too. */
  public synchronized Set<String> members() {
    return members.sessions();
  }

  /** What it says in {@code hello} to stay the same guest: a secret. */
  public synchronized Optional<String> guestToken() {
    return Optional.ofNullable(token);
  }

  /** The room that it is in. */
  public String room() {
    return room;
  }

  /** What it knows of numbers and names. */
  public synchronized Figures figures() {
    return new Figures(
        memory.sent.size(),
        memory.accepted.size(),
        memory.refused.size(),
        memory.resent,
        memory.connections,
        memory.documents,
        memory.byes);
  }

  /**
   * Counts of one client's memory.
   *
   * @param connections at which it was welcome; not attempts that came to nothing
   */
  public record Figures(
      int sent, int accepted, int refused, int resent, int connections, int documents, int byes) {}

  /** Everything in which this client's memory and the room's journal differ. */
  public synchronized List<String> differences(Replay journal) {
    return journal.differences(memory, replica.seq(), replica.document(), Optional.of(name));
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      if (link != null && link.ws != null) {
        link.ws.abort();
      }
    }
  }
}

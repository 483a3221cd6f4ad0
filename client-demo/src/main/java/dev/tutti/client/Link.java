package dev.tutti.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One WebSocket to any instance: says hello, notices silence, and connects again by itself. It
 * knows nothing of rooms. Under the connection's lock; the socket's callbacks take it.
 */
final class Link {
  /** A silence of so many ping intervals means that the connection is dead. */
  private static final double SILENT_PINGS = 2.5;

  /** How long the handshake and {@code welcome}, and any answer may take. */
  private static final int OPENING_MILLIS = 10_000;

  private static final int ANSWER_MILLIS = 15_000;

  /** Close codes after which connecting again would end the same way. */
  private static final Set<Integer> FINAL = Set.of(1002, 1003, 1007, 1009, 4400, 4401, 4403);

  private static final int UNAUTHORIZED = 4401;

  /** Of final ends, what a program may want to know. */
  private static final Map<Integer, String> CODES =
      Map.of(UNAUTHORIZED, Status.UNAUTHORIZED, 4403, Status.FORBIDDEN);

  /** The server goes away, and has told each of its clients its own time to come back. */
  private static final int RESTARTING = 1012;

  /** What ended without a code, as browsers say it. */
  private static final int NO_CODE = 1006;

  /** Messages on their way into the socket beyond which what may be lost is lost. */
  private static final int MAX_UNSENT = 64;

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  /** Whom a link works for; called under the lock. */
  interface Owner {
    /** What to say first; may fail. Called without the lock. */
    ObjectNode hello();

    void welcomed(JsonNode welcome, boolean again);

    void heard(JsonNode message);

    void changed();

    void lost();

    boolean isAwaiting();

    /** Whether I may have another token than the one that is not taken. */
    boolean hasAnotherToken();
  }

  /** How a request ends: called at once, since what follows an answer may build on it. */
  record Settle(Consumer<JsonNode> answered, Consumer<Refusal> refused) {}

  private final URI url;
  private final Owner owner;
  private final Object lock;
  private final Executor listeners;
  private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
  private final Pace pace = new Pace();
  private final Timer silence;
  private final Timer retry;
  private final Map<Long, Settle> requests = new HashMap<>();
  private @Nullable Socket socket;
  private @Nullable JsonNode bye;
  private @Nullable Instant retryAt;
  private @Nullable String reason;
  private @Nullable String code;
  private boolean open;
  private boolean closed;
  private boolean begun;

  /**
   * Whether listeners are at what came last: nothing is read meanwhile, so silence says nothing.
   */
  private boolean handling;

  private long lastId;
  private long openedMillis;
  private long pingMillis = 25_000;

  Link(URI url, Owner owner, Object lock, Executor listeners) {
    this.url = url;
    this.owner = owner;
    this.lock = lock;
    this.listeners = listeners;
    this.silence = new Timer(lock);
    this.retry = new Timer(lock);
  }

  static ObjectNode message(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  boolean isOpen() {
    return open;
  }

  /** Where there is none, what {@code saved} says about the rest. */
  Status.State state(Status.State saved) {
    if (closed) {
      return Status.State.CLOSED;
    }
    return open ? saved : begun ? Status.State.OFFLINE : Status.State.CONNECTING;
  }

  Optional<Instant> retryAt() {
    return Optional.ofNullable(retryAt);
  }

  Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  /** Why it is closed for good, in a word. */
  Optional<String> code() {
    return Optional.ofNullable(code);
  }

  /** Runs something on the connection's thread, behind all that was told before. */
  void later(Runnable task) {
    listeners.execute(task);
  }

  /** Connects now, unless it is connected or about to be. */
  void connect() {
    if (socket != null) {
      return;
    }
    closed = false;
    retry.stop();
    retryAt = null;
    code = null;
    bye = null;
    Socket next = new Socket();
    socket = next;
    silence.start(OPENING_MILLIS, () -> drop("The server did not answer."));
    owner.changed();
    CompletableFuture.supplyAsync(owner::hello, listeners)
        .whenComplete((hello, failure) -> {
          if (failure == null) {
            next.open(hello);
          } else {
            next.lost(NO_CODE, "There is no token at the moment.", 0);
          }
        });
  }

  void close() {
    closed = true;
    retry.stop();
    drop("Closed.");
  }

  /** Gives the socket up without waiting for its close, and connects again later. */
  void drop(String why) {
    Socket now = socket;
    if (now == null) {
      owner.changed();
      return;
    }
    lost(0, why, 0);
    now.abort();
  }

  /** By a clock that nobody sets. */
  private static long millis() {
    return System.nanoTime() / 1_000_000;
  }

  long nextId() {
    return ++lastId;
  }

  long paceMillis() {
    return pace.waitMillis(millis());
  }

  /** Lost where there is no connection. */
  void write(ObjectNode message) {
    Socket now = socket;
    if (now != null) {
      pace.take(millis());
      now.send(message);
    }
  }

  /** Says what may be lost, and is where the socket does not keep up. */
  void mention(ObjectNode message) {
    Socket now = socket;
    if (open && now != null && now.unsent < MAX_UNSENT) {
      write(message);
    }
  }

  void ask(ObjectNode message, Settle settle) {
    if (!open) {
      settle.refused().accept(Refusal.offline("There is no connection at the moment."));
      return;
    }
    long id = nextId();
    requests.put(id, settle);
    write(message.put("id", id));
  }

  /** The request of this number, which is answered now. */
  Optional<Settle> answered(long id) {
    return Optional.ofNullable(requests.remove(id));
  }

  /** Listens for silence anew: something was heard, or an answer is due from now on. */
  void watch() {
    if (handling) {
      return;
    }
    long millis = (long) (SILENT_PINGS * pingMillis);
    long limit = owner.isAwaiting() ? Math.min(millis, ANSWER_MILLIS) : millis;
    silence.start(limit, () -> drop("The server fell silent."));
  }

  private void received(JsonNode message) {
    switch (message.path("type").asString("")) {
      case "welcome" -> welcomed(message);
      case "ping" -> write(message("pong"));
      case "bye" -> bye = message;
      default -> owner.heard(message);
    }
  }

  private void welcomed(JsonNode welcome) {
    boolean again = open; // A new token on the same connection.
    pingMillis = welcome.path("pingMillis").asLong(pingMillis);
    open = true;
    begun = true;
    reason = null;
    if (!again) {
      openedMillis = millis();
      pace.begin(welcome.path("limits"), openedMillis);
    }
    owner.welcomed(welcome, again);
  }

  /**
   * @param closing the code of the close frame; 0 when this side gave up
   */
  private void lost(int closing, String why, long notBeforeMillis) {
    if (open) {
      backoff.lasted(millis() - openedMillis);
    }
    open = false;
    begun = true;
    handling = false;
    socket = null;
    silence.stop();
    boolean isFinal = bye != null && !bye.path("reconnect").asBoolean(true);
    reason = (isFinal || closing != NO_CODE) && !why.isEmpty() ? why : null;
    if (!closed) {
      again(closing, notBeforeMillis);
    }
    List<Settle> left = new ArrayList<>(requests.values());
    requests.clear();
    left.forEach(it -> it.refused().accept(Refusal.offline("The connection was lost.")));
    owner.lost();
  }

  private void again(int closing, long notBeforeMillis) {
    JsonNode said = bye;
    int why = said == null ? closing : said.path("code").asInt(closing);
    boolean ends = said == null ? FINAL.contains(why) : !said.path("reconnect").asBoolean(true);
    if (ends && !(why == UNAUTHORIZED && owner.hasAnotherToken())) {
      closed = true;
      code = CODES.get(why);
      return;
    }
    long wished = said == null ? 0 : said.path("retryAfterMillis").asLong(0);
    boolean hasPlace = why == RESTARTING;
    long pause = hasPlace ? wished : Math.max(backoff.next(), Math.max(wished, notBeforeMillis));
    retryAt = Instant.now().plusMillis(pause);
    retry.start(pause, this::connect);
  }

  /** One connection; what comes from one that was given up is not heard. */
  private final class Socket implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private @Nullable WebSocket ws;
    private @Nullable ObjectNode hello;
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
    private int unsent;

    void open(ObjectNode first) {
      hello = first;
      HTTP.newWebSocketBuilder()
          .subprotocols("tutti.v1.json")
          .connectTimeout(Duration.ofMillis(OPENING_MILLIS))
          .buildAsync(url, this)
          .whenComplete((opened, failure) -> {
            if (failure != null) {
              lost(NO_CODE, "", retryAfterMillis(failure));
            }
          });
    }

    @Override
    public void onOpen(WebSocket opened) {
      synchronized (lock) {
        if (socket != this) {
          opened.abort();
          return;
        }
        ws = opened;
        ObjectNode first = hello;
        if (first != null) {
          write(first);
        }
      }
      opened.request(1);
    }

    /** A failed sending shows as a lost connection, and what is open is sent again then. */
    void send(ObjectNode message) {
      WebSocket to = ws;
      if (to != null) {
        unsent++;
        String json = message.toString();
        sending =
            sending
                .thenCompose(before -> to.sendText(json, true))
                .whenComplete((sent, failure) -> {
                  synchronized (lock) {
                    unsent--;
                  }
                });
      }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (!last) {
        from.request(1);
        return null;
      }
      JsonNode message = JSON.readTree(text.toString());
      text.setLength(0);
      synchronized (lock) {
        if (socket != this) {
          return null;
        }
        silence.stop();
        handling = true;
        received(message);
      }
      later(() -> next(from)); // Behind the listeners: who is slow is sent less.
      return null;
    }

    private void next(WebSocket from) {
      synchronized (lock) {
        if (socket == this) {
          handling = false;
          watch();
        }
      }
      from.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String why) {
      lost(code, why, 0);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
      lost(NO_CODE, "", 0);
    }

    private void lost(int code, String why, long notBeforeMillis) {
      synchronized (lock) {
        if (socket == this) {
          Link.this.lost(code, why, notBeforeMillis);
        }
      }
    }

    void abort() {
      if (ws != null) {
        ws.abort();
      }
    }
  }

  /** What a server that turns connections away says of when to come back. */
  private static long retryAfterMillis(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof WebSocketHandshakeException refused) {
      Function<String, Long> seconds = text -> text.matches("\\d{1,4}") ? Long.parseLong(text) : 0;
      return refused
          .getResponse()
          .headers()
          .firstValue("Retry-After")
          .map(seconds)
          .map(it -> it * 1_000)
          .orElse(0L);
    }
    return 0;
  }
}

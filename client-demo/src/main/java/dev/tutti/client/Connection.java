package dev.tutti.client;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One WebSocket to any instance, kept alive: it connects again by itself, resumes its rooms, and
 * sends again what has no answer, with the same keys. Safe on any thread.
 *
 * <pre>{@code
 * try (Connection connection = Connection.to("ws://127.0.0.1:8080/v1/ws").name("Ana").connect()) {
 *   Room board = connection.room("board:demo");
 *   board.send("ticket.add", Map.of("column", "todo", "title", "By Java")).join();
 * }
 * }</pre>
 */
public final class Connection implements AutoCloseable {
  /** Whose the outbox is while I am a guest, under whatever id. */
  private static final String GUEST = "guest";

  /** Guards all state of the connection and of its rooms. */
  final Object lock = new Object();

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("tutti-client").factory());

  private final Map<String, Room> rooms = new HashMap<>();
  private final Keeper keeper;
  private final Link link;
  private final Outbox outbox;
  private final String client;
  private final Consumer<Status> onStatus;
  private final Credentials credentials;
  private @Nullable String name;
  private @Nullable Status told;
  private @Nullable JsonNode welcome;

  private Connection(Builder with) {
    this.name = with.name;
    this.client = with.client;
    this.onStatus = with.onStatus;
    this.keeper = with.outbox == null ? Keeper.inMemory() : Keeper.in(with.outbox);
    this.credentials = new Credentials(with.tokens, with.token, keeper);
    this.link = new Link(with.url, new Owner(), lock, this::tell);
    this.outbox = new Outbox(link, keeper, lock, this::told);
    outbox.restore();
    synchronized (lock) {
      if (credentials.isGuest()) {
        outbox.handTo(GUEST);
      }
      link.connect();
    }
  }

  /** Begins a connection to such as {@code ws://127.0.0.1:8080/v1/ws}; {@code http} will do too. */
  public static Builder to(String url) {
    return new Builder(URI.create(url.replaceFirst("^http", "ws")));
  }

  /** What a connection starts with. For one thread. */
  public static final class Builder {
    private final URI url;
    private @Nullable String name;
    private @Nullable String token;
    private @Nullable Supplier<String> tokens;
    private @Nullable Path outbox;
    private String client = "tutti-java";
    private Consumer<Status> onStatus = status -> {};

    private Builder(URI url) {
      this.url = url;
    }

    /** A guest's display name. */
    public Builder name(String to) {
      name = to;
      return this;
    }

    /** An access token; without one I am a guest, and the same one after a reconnect. */
    public Builder token(String to) {
      token = to;
      return this;
    }

    /**
     * Is asked for a token before each connection, on the connection's thread, so that tokens may
     * be short-lived; when it throws, or a token is refused, again after a pause. Five that are
     * refused one after another end it.
     */
    public Builder tokens(Supplier<String> from) {
      tokens = from;
      return this;
    }

    /** Names your software in the server's log. */
    public Builder client(String to) {
      client = to;
      return this;
    }

    /**
     * A file that keeps what waits for an answer, and a guest's token, so that the next process
     * goes on where this one ended. At one server; each user's commands are that user's alone. One
     * process at a time.
     */
    public Builder outbox(Path file) {
      outbox = file;
      return this;
    }

    /** Hears whenever the status changes, on the connection's thread. */
    public Builder onStatus(Consumer<Status> listener) {
      onStatus = listener;
      return this;
    }

    /**
     * Connects, and stays connected. Returns at once; commands may be sent at once too.
     *
     * @throws java.io.UncheckedIOException when the outbox' file cannot be used
     */
    public Connection connect() {
      return new Connection(this);
    }
  }

  /** The room of this name; joined at the first call. */
  public Room room(String of) {
    synchronized (lock) {
      Room known = rooms.get(of);
      if (known != null) {
        return known;
      }
      Room room = new Room(of, this);
      rooms.put(of, room);
      room.restored(outbox.of(of));
      if (link.isOpen()) {
        subscribe(room);
      }
      return room;
    }
  }

  /** How it is. */
  public Status status() {
    synchronized (lock) {
      int waiting = outbox.size();
      return new Status(
          link.state(waiting > 0 ? Status.State.SAVING : Status.State.SAVED),
          waiting,
          keeper.stores(),
          link.retryAt(),
          link.reason(),
          link.code());
    }
  }

  /** Who the server takes me for; empty before the first welcome. */
  public Optional<String> user() {
    return said("user", "id");
  }

  /** My display name, as the server has it; empty before the first welcome. */
  public Optional<String> name() {
    return said("user", "name");
  }

  /** My own key among a room's members; another one after each reconnect. */
  public Optional<String> session() {
    return said("session", "");
  }

  private Optional<String> said(String field, String inner) {
    synchronized (lock) {
      JsonNode value = welcome == null ? null : welcome.path(field);
      return Optional.ofNullable(value)
          .map(it -> inner.isEmpty() ? it : it.path(inner))
          .map(it -> it.asString(""));
    }
  }

  /** Connects now rather than at {@link Status#retryAt}; also after a final close. */
  public void tryNow() {
    synchronized (lock) {
      link.connect();
    }
  }

  /** Replaces the token before it expires, without a new connection. */
  public void authenticate(String with) {
    synchronized (lock) {
      credentials.replace(with);
      if (link.isOpen()) {
        link.write(Link.message("hello").put("token", with));
      }
    }
  }

  /** Goes on under another display name; for a guest. */
  public void rename(String to) {
    synchronized (lock) {
      name = to;
      if (link.isOpen()) {
        link.write(Link.message("hello").put("name", to));
      }
    }
  }

  /** Cuts the connection, as a network would; it comes back by itself. For tests. */
  public void cut() {
    synchronized (lock) {
      link.drop("Cut.");
    }
  }

  /**
   * Ends it for good. What has no answer fails with {@link Refusal#OFFLINE}, and may have happened
   * all the same; in the outbox' file, if there is one, it waits for the next process.
   */
  @Override
  public void close() {
    synchronized (lock) {
      link.close();
      outbox.abandon();
      keeper.close();
    }
    thread.shutdown();
  }

  // The rest is for the rooms, under the lock.

  void tell(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException closed) {
      // Nobody hears any more.
    }
  }

  Optional<Refusal> refuses(String room, Order order) {
    return outbox.refuses(room, order);
  }

  void send(String room, Order order, CompletableFuture<Long> durable) {
    outbox.add(room, order, durable);
    changed();
  }

  void confirmed(String room, UUID key, long seq) {
    outbox.confirmed(room, key, seq);
  }

  void ask(ObjectNode message, Link.Settle settle) {
    link.ask(message, settle);
  }

  void mention(ObjectNode message) {
    link.mention(message);
  }

  void restart() {
    link.drop("An event was missing.");
  }

  void leave(String room) {
    rooms.remove(room);
    link.ask(
        Link.message("unsubscribe").put("room", room),
        new Link.Settle(answer -> {}, refusal -> {}));
    rooms.values().stream().filter(Room::isOneTooMany).forEach(this::subscribe);
  }

  private void subscribe(Room room) {
    subscribe(room, new Backoff(RandomGenerator.getDefault()));
  }

  /**
   * One that is not to be had now is tried again, alone. What waits for it is not touched: each
   * command is answered for itself.
   */
  private void subscribe(Room room, Backoff backoff) {
    link.ask(
        room.subscribing(),
        new Link.Settle(
            room::loaded,
            refusal -> {
              if (refusal.isPassing()) {
                long pause = refusal.retryAfterMillis() + backoff.next();
                Optional<String> here = session();
                new Timer(lock).start(pause, () -> subscribeAgain(room, backoff, here));
              } else if (!refusal.code().equals(Refusal.OFFLINE)) {
                room.lost(refusal);
              }
            }));
  }

  /** Unless it was left meanwhile, or joined on another connection. */
  private void subscribeAgain(Room room, Backoff backoff, Optional<String> then) {
    if (session().equals(then) && rooms.get(room.name()) == room) {
      subscribe(room, backoff);
    }
  }

  private void told(String room, Order order, Optional<Long> seq, Optional<Refusal> refusal) {
    Room known = rooms.get(room);
    if (known != null) {
      known.told(order, seq, refusal);
    }
    changed();
  }

  private void changed() {
    Status now = status();
    if (!now.equals(told)) {
      told = now;
      tell(() -> onStatus.accept(now));
    }
  }

  private final class Owner implements Link.Owner {
    @Override
    public ObjectNode hello() {
      String asked = credentials.ask();
      synchronized (lock) {
        String given = credentials.say(asked);
        ObjectNode hello = Link.message("hello").put("client", client);
        if (given != null) {
          hello.put("token", given);
        }
        return name == null ? hello : hello.put("name", name);
      }
    }

    @Override
    public void welcomed(JsonNode now, boolean again) {
      welcome = now;
      credentials.taken(now.path("token").stringValue(null));
      if (again) {
        return;
      }
      outbox.opened(now.path("limits"));
      if (outbox.handTo(credentials.isGuest() ? GUEST : user().orElse(""))) {
        rooms.values().forEach(room -> room.handedOver(outbox.of(room.name())));
      }
      rooms.values().forEach(Connection.this::subscribe);
      outbox.flush();
      changed();
    }

    @Override
    public void heard(JsonNode message) {
      Room room = rooms.get(message.path("room").asString(""));
      long id = message.path("id").asLong(-1);
      switch (message.path("type").asString("")) {
        case "accepted" -> outbox.accepted(id, message.path("seq").asLong());
        case "refused" -> {
          Refusal refusal = Refusal.of(message);
          if (!outbox.refused(id, refusal)) {
            link.answered(id).ifPresent(it -> it.refused().accept(refusal));
          }
        }
        default -> {
          if (id >= 0) {
            link.answered(id).ifPresent(it -> it.answered().accept(message));
          } else if (room != null && message.path("type").asString("").equals("unsubscribed")) {
            room.lost(Refusal.of(message));
          } else if (room != null) {
            room.heard(message);
          }
        }
      }
      outbox.flush();
    }

    @Override
    public void changed() {
      Connection.this.changed();
    }

    @Override
    public void lost() {
      outbox.lost();
      Connection.this.changed();
    }

    @Override
    public boolean isAwaiting() {
      return outbox.isAwaiting();
    }

    @Override
    public boolean hasAnotherToken() {
      return credentials.hasAnother();
    }
  }
}

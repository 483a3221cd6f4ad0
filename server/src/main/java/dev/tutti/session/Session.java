package dev.tutti.session;

import dev.tutti.auth.Authentication;
import dev.tutti.auth.Identity;
import dev.tutti.fanout.Reader;
import dev.tutti.protocol.ClientMessage;
import dev.tutti.protocol.CloseCode;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.InvalidMessage;
import dev.tutti.protocol.Limits;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.ServerMessage;
import dev.tutti.room.Claim;
import dev.tutti.room.Member;
import dev.tutti.room.Outcome;
import dev.tutti.room.Page;
import dev.tutti.room.Proposal;
import dev.tutti.room.Ruleset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One WebSocket connection: says who it is, then subscribes and commands. All of it runs on the
 * connection's event loop.
 */
final class Session implements Inbound, LoopSessions.Swept, Reader.Wants {
  private static final Logger log = LoggerFactory.getLogger(Session.class);

  /** Times {@code pingMillis} without a word, after which the peer is taken for gone. */
  private static final double DEAF_PINGS = 2.5;

  /** Messages over the rate, in bursts, after which the connection is closed. */
  private static final int MAX_BURSTS_OVER = 10;

  /** Pages of history that one connection may wait for: each is work for the journal's readers. */
  private static final int MAX_READING = 8;

  private static final String OVERRUN = "Messages come faster than this server takes them.";

  private final String id;
  private final Connection connection;
  private final SessionContext context;
  private final LoopSessions loop;
  private final Limits limits;
  private final TokenBucket bucket;
  private final Map<RoomName, Subscription> subscriptions = new HashMap<>();

  /** Those that are given up, until the client is told that nothing more comes. */
  private final Map<RoomName, Subscription> leaving = new HashMap<>();

  /** Null until {@code hello} was answered. */
  private @Nullable Identity identity;

  private boolean closed;

  /** When the client is to come back after the good-bye that has begun; negative before. */
  private int returnMillis = -1;

  /** Requests that are not answered yet. */
  private int inFlight;

  /** Pages of history among them. */
  private int reading;

  /** Messages refused because they came too fast, less those that were taken since. */
  private int overrun;

  private final long openedMillis;
  private long heardMillis;
  private long pingedMillis;

  Session(String id, Connection connection, SessionContext context, LoopSessions loop) {
    this.id = id;
    this.connection = connection;
    this.context = context;
    this.loop = loop;
    this.limits = context.limits();
    this.openedMillis = context.millis();
    this.heardMillis = openedMillis;
    this.pingedMillis = heardMillis;
    this.bucket = new TokenBucket(limits.maxMessagesPerSecond(), limits.maxBurst(), heardMillis);
    loop.add(this);
  }

  // What the transport tells

  @Override
  public String id() {
    return id;
  }

  @Override
  public void received(byte[] payload) {
    if (closed || returnMillis >= 0) {
      // What comes after the good-bye has begun is sent again elsewhere, with the same keys.
      return;
    }
    heardMillis = context.millis();
    boolean inTime = bucket.take(heardMillis);
    try {
      ClientMessage message = connection.codec().decodeClient(payload);
      if (inTime) {
        overrun = Math.max(0, overrun - 1);
        handle(message);
      } else {
        tooFast(message instanceof ClientMessage.Request request ? request.id() : null);
      }
    } catch (InvalidMessage invalid) {
      if (identity == null) {
        close(CloseCode.NOT_THE_PROTOCOL, invalid.sentence());
      } else if (inTime) {
        refuse(invalid);
      } else {
        tooFast(invalid.id().orElse(null));
      }
    }
    connection.flush();
  }

  @Override
  public void writabilityChanged() {
    boolean writable = connection.writable();
    connection.reading(writable);
    heardMillis = context.millis();
    if (writable) {
      for (Subscription subscription : List.copyOf(subscriptions.values())) {
        subscription.reader().writable();
      }
    }
  }

  @Override
  public void closed() {
    closed = true;
    loop.remove(this);
    subscriptions.forEach(
        (room, s) -> context.rooms().leave(room, s.reader(), loop.fanout(), () -> {}));
    subscriptions.clear();
  }

  // What the client says

  private void handle(ClientMessage message) {
    if (message instanceof ClientMessage.Hello hello) {
      hello(hello);
      return;
    }
    Identity known = identity;
    if (known == null) {
      close(CloseCode.NOT_THE_PROTOCOL, "The first message must be hello.");
      return;
    }
    switch (message) {
      case ClientMessage.Command command -> command(command, known);
      case ClientMessage.Signal signal -> signal(signal);
      case ClientMessage.Presence presence -> presence(presence);
      case ClientMessage.Subscribe subscribe -> subscribe(subscribe, known);
      case ClientMessage.Unsubscribe unsubscribe -> unsubscribe(unsubscribe);
      case ClientMessage.History history -> history(history, known);
      case ClientMessage.Hello hello -> hello(hello);
      case ClientMessage.Pong pong -> {}
    }
  }

  private void hello(ClientMessage.Hello hello) {
    Identity before = identity;
    Authentication result =
        before == null
            ? context.admission().admit(hello)
            : context.admission().admitAgain(before, hello);
    switch (result) {
      case Authentication.Rejected(String forLog, String forClient) -> {
        context.counts().rejected().increment();
        log.info("Connection {} from {} not let in: {}", id, connection.remoteAddress(), forLog);
        close(CloseCode.UNAUTHORIZED, forClient);
      }
      case Authentication.Authenticated(Identity now, Optional<String> token) -> {
        identity = now;
        connection.write(
            new ServerMessage.Welcome(
                id,
                new ServerMessage.Welcome.User(now.user(), now.name()),
                token.orElse(null),
                new ServerMessage.Welcome.Server(context.version()),
                limits.pingMillis(),
                limits.forClient()));
        if (before != null) {
          subscriptions.forEach(
              (room, s) -> context.rooms().reclaim(room, s.reader(), claim(now, room)));
        }
      }
    }
  }

  private void command(ClientMessage.Command command, Identity by) {
    RoomName room = command.room();
    Proposal proposal;
    try {
      proposal = Proposal.of(command, claim(by, room), rules(command));
    } catch (InvalidMessage invalid) {
      throw invalid.answering(command.id());
    }
    if (admitted(command.id())) {
      long beganNanos = System.nanoTime();
      context
          .rooms()
          .submit(
              room,
              proposal,
              outcome ->
                  loop.fanout()
                      .answer(() -> {
                        context.counts().commands().since(beganNanos);
                        answered(command.id(), room, outcome);
                      }));
    }
  }

  private void subscribe(ClientMessage.Subscribe subscribe, Identity by) {
    RoomName room = subscribe.room();
    rules(subscribe);
    if (subscriptions.containsKey(room)) {
      refuse(
          subscribe.id(), Code.INVALID, "This connection is subscribed to " + room + " already.");
      return;
    }
    if (subscriptions.size() >= limits.maxSubscriptions()) {
      refuse(
          subscribe.id(),
          Code.TOO_FAST,
          "One connection may hold " + limits.maxSubscriptions() + " rooms. Leave one first.");
      return;
    }
    long after = Optional.ofNullable(subscribe.after()).orElse(0L);
    String epoch = Optional.ofNullable(subscribe.epoch()).orElse("");
    // A reader that has seen nothing must not take the sender's own events for seen.
    Reader reader = new Reader(connection, this, 0);
    Subscription subscription = new Subscription(reader);
    subscriptions.put(room, subscription);
    context
        .rooms()
        .join(
            room,
            new Member(
                subscribe.id(),
                id,
                claim(by, room),
                true,
                epoch,
                after,
                reader,
                loop.fanout(),
                connection.codec(),
                new Seat(room, subscribe.id(), subscription)));
  }

  private void unsubscribe(ClientMessage.Unsubscribe unsubscribe) {
    RoomName room = unsubscribe.room();
    Subscription ended = subscriptions.remove(room);
    if (ended == null) {
      refuse(unsubscribe.id(), Code.INVALID, "This connection is not subscribed to " + room + ".");
      return;
    }
    leaving.put(room, ended);
    context.rooms().leave(room, ended.reader(), loop.fanout(), () -> left(unsubscribe, ended));
  }

  private void presence(ClientMessage.Presence presence) {
    context
        .rooms()
        .presence(
            presence.room(),
            subscription(presence.room()).reader(),
            presence.state(),
            refusal -> loop.fanout().answer(() -> write(refused(null, refusal))));
  }

  private void signal(ClientMessage.Signal signal) {
    Subscription subscription = subscription(signal.room());
    int bytes = signal.data().toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > limits.maxSignalBytes()) {
      refuse(
          null, Code.TOO_LARGE, "A signal's data may have " + limits.maxSignalBytes() + " bytes.");
      return;
    }
    context.rooms().signal(signal.room(), subscription.reader(), signal.topic(), signal.data());
  }

  private void history(ClientMessage.History history, Identity by) {
    rules(history);
    if (reading >= MAX_READING) {
      refuse(
          history.id(),
          Code.TOO_FAST,
          "This connection waits for " + MAX_READING + " pages of history. Read those first.");
    } else if (admitted(history.id())) {
      reading++;
      context
          .rooms()
          .history(
              claim(by, history.room()),
              history,
              page -> loop.fanout().answer(() -> read(history, page)));
    }
  }

  // What rooms answer, on this loop

  private void answered(long request, RoomName room, Outcome outcome) {
    inFlight--;
    switch (outcome) {
      case Outcome.Accepted(long seq) -> {
        context.counts().accepted().increment();
        Subscription present = subscriptions.get(room);
        Subscription subscription = present == null ? leaving.get(room) : present;
        if (subscription == null || !subscription.holds(new Subscription.Held(request, seq))) {
          write(new ServerMessage.Accepted(request, room, seq));
        }
      }
      case Outcome.Refused refused -> write(refused(request, refused));
    }
    byeIfAnswered();
  }

  private void left(ClientMessage.Unsubscribe unsubscribe, Subscription ended) {
    RoomName room = unsubscribe.room();
    leaving.remove(room, ended);
    write(new ServerMessage.Unsubscribed(unsubscribe.id(), room, null, null));
    release(room, ended, Long.MAX_VALUE);
    byeIfAnswered();
  }

  private void read(ClientMessage.History history, Page page) {
    inFlight--;
    reading--;
    switch (page) {
      case Page.Read(var events, boolean more, var reached) ->
          write(
              new ServerMessage.History(
                  history.id(), history.room(), events, more, reached.orElse(null)));
      case Page.Refused(Outcome.Refused refusal) -> write(refused(history.id(), refusal));
    }
    byeIfAnswered();
  }

  @Override
  public void catchUp(Reader reader, long sent, boolean joined) {
    subscriptions.forEach((room, s) -> {
      if (s.reader() == reader) {
        context.rooms().catchUp(room, reader, sent, joined);
      }
    });
  }

  @Override
  public void arrived(Reader reader, long seq) {
    subscriptions.forEach((room, s) -> {
      if (s.reader() == reader) {
        // All of them: the room answered each before it brought the reader here, so it is this far,
        // or in another life of the journal, in which those events will not come.
        release(room, s, Long.MAX_VALUE);
      }
    });
    byeIfAnswered();
  }

  private final class Seat implements Member.Seat {
    private final RoomName room;
    private final long request;
    private final Subscription subscription;

    Seat(RoomName room, long request, Subscription subscription) {
      this.room = room;
      this.request = request;
      this.subscription = subscription;
    }

    @Override
    public void refused(Outcome.Refused refusal) {
      if (subscriptions.remove(room, subscription)) {
        release(room, subscription, Long.MAX_VALUE);
      }
      write(Session.refused(request, refusal));
    }

    @Override
    public void role(Role role) {
      write(new ServerMessage.RoleChanged(room, role));
    }

    @Override
    public void removed(String sentence) {
      // Not one that was made since then.
      if (subscriptions.remove(room, subscription)) {
        release(room, subscription, Long.MAX_VALUE);
        write(new ServerMessage.Unsubscribed(null, room, Code.FORBIDDEN, sentence));
      }
    }
  }

  // Time

  @Override
  public void sweep(long nowMillis) {
    Identity known = identity;
    if (known == null) {
      if (nowMillis - openedMillis > limits.helloTimeoutMillis()) {
        close(CloseCode.TIMEOUT, "No hello came in time.");
      }
      return;
    }
    if (known.expiresAt().filter(at -> !Instant.ofEpochMilli(nowMillis).isBefore(at)).isPresent()) {
      close(CloseCode.UNAUTHORIZED, "The token has expired. Connect again with a new one.");
      return;
    }
    if (!connection.writable()) {
      // Its pong would not be read either. TCP says when such a peer is gone.
      return;
    }
    if (nowMillis - heardMillis > limits.pingMillis() * DEAF_PINGS) {
      close(CloseCode.TIMEOUT, "No answer to a ping.");
    } else if (nowMillis - pingedMillis >= limits.pingMillis()) {
      pingedMillis = nowMillis;
      write(new ServerMessage.Ping());
      connection.flush();
    }
  }

  @Override
  public void goodbye(int retryAfterMillis) {
    returnMillis = retryAfterMillis;
    byeIfAnswered();
  }

  @Override
  public void hurry() {
    connection.close(
        CloseCode.RESTARTING, CloseCode.RESTARTING.reason(), Math.max(returnMillis, 0));
  }

  /** A good-bye that has begun waits for whatever the client has been promised an answer to. */
  private void byeIfAnswered() {
    if (returnMillis >= 0
        && inFlight == 0
        && leaving.isEmpty()
        && subscriptions.values().stream().noneMatch(Subscription::isHolding)) {
      hurry();
    }
  }

  // Small things

  private Ruleset rules(ClientMessage.Request request) {
    return context
        .rooms()
        .rules(request.room())
        .orElseThrow(() ->
            new InvalidMessage(
                    Code.UNKNOWN_ROOM,
                    "This server has no rooms of type " + request.room().type() + ".",
                    "room")
                .answering(request.id()));
  }

  private Subscription subscription(RoomName room) {
    Subscription subscription = subscriptions.get(room);
    if (subscription == null) {
      throw new InvalidMessage(Code.INVALID, "Subscribe to " + room + " first.", "room");
    }
    return subscription;
  }

  private static Claim claim(Identity identity, RoomName room) {
    return new Claim(identity.user(), identity.name(), identity.roleIn(room));
  }

  private boolean admitted(long request) {
    if (inFlight >= limits.maxInFlight()) {
      refuse(
          request,
          Code.TOO_FAST,
          "This connection has " + limits.maxInFlight() + " requests open. Wait for an answer.");
      return false;
    }
    inFlight++;
    return true;
  }

  private void tooFast(@Nullable Long request) {
    overrun++;
    if (overrun > MAX_BURSTS_OVER * limits.maxBurst()) {
      close(CloseCode.TOO_MANY, OVERRUN);
      return;
    }
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    details.put("retryAfterMillis", bucket.waitMillis());
    write(new ServerMessage.Refused(request, Code.TOO_FAST, OVERRUN, details));
  }

  private void release(RoomName room, Subscription subscription, long seq) {
    subscription.release(
        seq, held -> write(new ServerMessage.Accepted(held.id(), room, held.seq())));
  }

  private void refuse(InvalidMessage invalid) {
    ObjectNode details =
        invalid
            .path()
            .map(path -> JsonNodeFactory.instance.objectNode().put("path", path))
            .orElse(null);
    write(
        new ServerMessage.Refused(
            invalid.id().orElse(null), invalid.code(), invalid.sentence(), details));
  }

  private void refuse(@Nullable Long request, Code code, String sentence) {
    write(new ServerMessage.Refused(request, code, sentence, null));
  }

  static ServerMessage.Refused refused(@Nullable Long request, Outcome.Refused refusal) {
    return new ServerMessage.Refused(
        request, refusal.code(), refusal.sentence(), refusal.details().orElse(null));
  }

  private void write(ServerMessage message) {
    if (!closed) {
      if (message instanceof ServerMessage.Refused refusal) {
        context.counts().refused().increment(refusal.code());
      }
      connection.write(message);
      loop.fanout().touch(connection);
    }
  }

  private void close(CloseCode code, String reason) {
    connection.close(code, reason, 0);
  }
}

package dev.tutti.session;

import dev.tutti.auth.Authentication;
import dev.tutti.auth.Guests;
import dev.tutti.auth.Identity;
import dev.tutti.fanout.FanoutCounts;
import dev.tutti.fanout.Framing;
import dev.tutti.fanout.LoopFanout;
import dev.tutti.protocol.ClientMessage;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.Codec;
import dev.tutti.protocol.Codecs;
import dev.tutti.protocol.InvalidMessage;
import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.ServerMessage;
import dev.tutti.room.Claim;
import dev.tutti.room.Export;
import dev.tutti.room.Listing;
import dev.tutti.room.Member;
import dev.tutti.room.Outcome;
import dev.tutti.room.Page;
import dev.tutti.room.Proposal;
import dev.tutti.room.Rooms;
import dev.tutti.room.Ruleset;
import dev.tutti.room.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * All connections of this instance, by event loop, and the requests over HTTP, which have none.
 * Safe on any thread; each session stays on its own loop.
 */
public final class Sessions implements Gateway {
  private static final Logger log = LoggerFactory.getLogger(Sessions.class);
  private static final int RADIX = 36;

  /** What bringing a whole room is, for tokens that are for some commands only. */
  private static final String IMPORT = "room.import";

  private final SessionContext context;
  private final Codecs codecs;
  private final Framing framing;
  private final Map<Executor, LoopSessions> loops = new ConcurrentHashMap<>();
  private final AtomicLong opened = new AtomicLong();
  private final FanoutCounts fanout = new FanoutCounts();
  private final Callers callers;

  /** Differs between instances and starts, so that two sessions never share an id. */
  private final String prefix;

  /** When those who leave are to come back; null until the server goes away. */
  private volatile @Nullable Returns returns;

  private volatile Health health = new Health(false, "The server is starting.");

  /** No connections yet; not ready until told so. */
  public Sessions(SessionContext context, Codecs codecs, Framing framing, RandomGenerator random) {
    this.context = context;
    this.codecs = codecs;
    this.framing = framing;
    this.callers = new Callers(context.limits(), context.millis());
    this.prefix = "s" + Long.toString(random.nextLong(1L << 40), RADIX) + "-";
  }

  @Override
  public Inbound opened(Connection connection) {
    context.counts().opened().increment();
    String id = prefix + Long.toString(opened.incrementAndGet(), RADIX);
    Session session = new Session(id, connection, context, loop(connection.loop()));
    Returns order = returns;
    if (order != null) {
      // Its handshake was under way when the others were told.
      session.goodbye(order.nextMillis());
    }
    return session;
  }

  @Override
  public Optional<Inbound> streamed(
      Connection connection,
      Optional<String> token,
      RoomName room,
      Optional<Held> held,
      Consumer<Answer.Refused> refused) {
    if (returns != null) {
      refused.accept(goingAway());
      return Optional.empty();
    }
    Authentication result = context.admission().admit(token);
    if (result instanceof Authentication.Rejected(String forLog, String forClient)) {
      refused.accept(unauthenticated(forClient));
      return Optional.empty();
    }
    if (context.rooms().rules(room).isEmpty()) {
      refused.accept(unknownRoom(room));
      return Optional.empty();
    }
    Identity identity = ((Authentication.Authenticated) result).identity();
    LoopSessions loop = loop(connection.loop());
    Stream stream = new Stream(connection, context, loop, identity, room);
    context
        .rooms()
        .join(
            room,
            new Member(
                0,
                "",
                claim(identity, room),
                false,
                held.map(Held::epoch).orElse(""),
                held.map(Held::seq).orElse(0L),
                stream.reader(),
                loop.fanout(),
                connection.codec(),
                stream));
    return Optional.of(stream);
  }

  @Override
  public void command(
      Optional<String> token,
      String source,
      ClientMessage.Command command,
      Consumer<Answer> answer) {
    RoomName room = command.room();
    admitted(
        token,
        room,
        Optional.of(command.name()),
        answer,
        (claim, rules) -> {
          OptionalLong wait = callers.take(caller(claim, source), context.millis());
          if (wait.isPresent()) {
            answer.accept(refused(Replies.tooFast(wait.getAsLong())));
            return;
          }
          Proposal proposal = Proposal.of(command, claim, rules);
          long beganNanos = System.nanoTime();
          context
              .rooms()
              .submit(
                  room,
                  proposal,
                  outcome -> {
                    context.counts().commands().since(beganNanos);
                    answer.accept(answer(command, outcome));
                  });
        });
  }

  @Override
  public void document(Optional<String> token, RoomName room, Consumer<Answer> answer) {
    Codec json = codecs.json();
    admitted(
        token,
        room,
        answer,
        (claim, rules) ->
            context
                .rooms()
                .view(
                    room,
                    claim,
                    json,
                    view ->
                        answer.accept(
                            switch (view) {
                              case View.Seen seen ->
                                  new Answer.Done(
                                      seen.subscribed(), seen.epoch() + "-" + seen.seq());
                              case View.Hidden(Outcome.Refused refusal) -> refused(refusal);
                            })));
  }

  @Override
  public void history(
      Optional<String> token, ClientMessage.History history, Consumer<Answer> answer) {
    RoomName room = history.room();
    admitted(
        token,
        room,
        answer,
        (claim, rules) ->
            context
                .rooms()
                .history(
                    claim,
                    history,
                    page ->
                        answer.accept(
                            switch (page) {
                              case Page.Read(var events, boolean more, var reached) ->
                                  done(
                                      new ServerMessage.History(
                                          history.id(), room, events, more, reached.orElse(null)));
                              case Page.Refused(Outcome.Refused refusal) -> refused(refusal);
                            })));
  }

  @Override
  public void rooms(Optional<String> token, Listing.Query query, Consumer<Answer> answer) {
    switch (context.admission().admit(token)) {
      case Authentication.Rejected(String forLog, String forClient) ->
          answer.accept(unauthenticated(forClient));
      case Authentication.Authenticated(Identity identity, Optional<String> guestToken) ->
          context
              .rooms()
              .list(query, room -> claim(identity, room))
              .whenComplete((listing, failure) ->
                  answer.accept(
                      failure == null
                          ? listed(listing)
                          : refused(
                              new Outcome.Refused(
                                  Code.UNAVAILABLE, "The rooms cannot be listed now."))));
    }
  }

  @Override
  public void export(
      Optional<String> token,
      RoomName room,
      Consumer<Export> to,
      Consumer<Answer.Refused> refused) {
    Consumer<Answer> notLetIn = answer -> refused.accept((Answer.Refused) answer);
    admitted(
        token,
        room,
        notLetIn,
        (claim, rules) ->
            context
                .rooms()
                .export(
                    room, claim, codecs.json(), to, refusal -> refused.accept(refused(refusal))));
  }

  @Override
  public Optional<Answer.Refused> refusesImport(Optional<String> token, RoomName room) {
    List<Answer.Refused> refusals = new ArrayList<>(1);
    admitted(
        token,
        room,
        answer -> refusals.add((Answer.Refused) answer),
        (claim, rules) -> Rooms.refusesImport(claim).map(this::refused).ifPresent(refusals::add));
    return refusals.stream().findFirst();
  }

  @Override
  public void importInto(
      Optional<String> token, RoomName room, byte[] file, Consumer<Answer> answer) {
    admitted(
        token,
        room,
        Optional.of(IMPORT),
        answer,
        (claim, rules) ->
            context
                .rooms()
                .importInto(
                    room,
                    claim,
                    () -> codecs.json().decodeObject(file),
                    outcome ->
                        answer.accept(
                            switch (outcome) {
                              case Outcome.Accepted(long seq) ->
                                  done(new ServerMessage.Accepted(0, room, seq));
                              case Outcome.Refused refusal -> refused(refusal);
                            })));
  }

  private Answer listed(Listing listing) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode rooms = json.putArray("rooms");
    for (Listing.Listed listed : listing.rooms()) {
      ObjectNode room = rooms.addObject().put("room", listed.room().value());
      listed.title().ifPresent(title -> room.put("title", title));
      room.put("seq", listed.seq());
      listed.changed().ifPresent(at -> room.put("changed", at.toString()));
      room.put("role", listed.role().wire());
    }
    listing.next().ifPresent(next -> json.put("next", next));
    return new Answer.Done(codecs.json().encodeValue(json));
  }

  @Override
  public Health health() {
    return health;
  }

  /** Says whether this instance takes connections, and why not. */
  public void health(Health now) {
    boolean changed = now.ready() && health.degraded() != now.degraded();
    health = now;
    if (changed) {
      var status = new ServerMessage.Status(now.degraded());
      loops.values().forEach(loop -> loop.each(session -> session.told(status)));
    }
  }

  /** Sees to pings, deadlines and expiry on every loop. Call it every second, from any thread. */
  public void sweep() {
    long now = context.millis();
    callers.sweep(now);
    loops.values().forEach(loop -> loop.each(session -> session.sweep(now)));
  }

  /**
   * Says good-bye to everyone, each as soon as what they sent is answered. Nothing more is taken
   * from now on. They are told to come back one after the other, {@code returnsPerSecond} at most.
   * Any thread.
   *
   * @return complete when everyone is gone
   */
  public CompletableFuture<Void> goodbye(int returnsPerSecond) {
    Returns order = new Returns(returnsPerSecond);
    returns = order;
    int count = loops.values().stream().mapToInt(LoopSessions::count).sum();
    log.info(
        "Saying good-bye to {} connections, who are to come back within {} ms, {} a second at most",
        count,
        order.millis(count),
        returnsPerSecond);
    return CompletableFuture.allOf(
        loops.values().stream().map(loop -> loop.goodbye(order)).toArray(CompletableFuture[]::new));
  }

  /** Ends those who were said good-bye to and still wait for an answer. Any thread. */
  public void hurry() {
    loops.values().forEach(loop -> loop.each(LoopSessions.Swept::hurry));
  }

  /** What the sessions have counted. */
  public SessionCounts counts() {
    return context.counts();
  }

  /** What the fan-out has counted, all loops together. */
  public FanoutCounts fanoutCounts() {
    return fanout;
  }

  /** Things that wait for the fan-out of the loop that has most of them. Any thread. */
  public int longestQueue() {
    return loops.values().stream().mapToInt(loop -> loop.fanout().queued()).max().orElse(0);
  }

  /** Connections that listen: WebSockets and event streams. Any thread. */
  public int count() {
    return loops.values().stream().mapToInt(LoopSessions::count).sum();
  }

  private LoopSessions loop(Executor executor) {
    return loops.computeIfAbsent(
        executor,
        e ->
            new LoopSessions(
                e, new LoopFanout(e, framing, codecs, fanout), () -> health.degraded()));
  }

  private void admitted(
      Optional<String> token,
      RoomName room,
      Consumer<Answer> answer,
      BiConsumer<Claim, Ruleset> then) {
    admitted(token, room, Optional.empty(), answer, then);
  }

  /**
   * @param command the name of one that is sent, for which the token must be
   */
  private void admitted(
      Optional<String> token,
      RoomName room,
      Optional<String> command,
      Consumer<Answer> answer,
      BiConsumer<Claim, Ruleset> then) {
    if (returns != null) {
      answer.accept(goingAway());
      return;
    }
    switch (context.admission().admit(token)) {
      case Authentication.Rejected(String forLog, String forClient) ->
          answer.accept(unauthenticated(forClient));
      case Authentication.Authenticated(Identity identity, Optional<String> guestToken) -> {
        Optional<Ruleset> rules = context.rooms().rules(room);
        if (rules.isEmpty()) {
          answer.accept(unknownRoom(room));
          return;
        }
        try {
          command.ifPresent(identity.scope()::check);
          then.accept(claim(identity, room), rules.get());
        } catch (InvalidMessage invalid) {
          context.counts().refused().increment(invalid.code());
          answer.accept(new Answer.Refused(Replies.refused(invalid), false));
        }
      }
    }
  }

  /** Guests are whoever they say, so what they send is counted by where it comes from. */
  private static String caller(Claim claim, String source) {
    return Guests.isGuest(claim.user()) ? "from " + source : "by " + claim.user();
  }

  private Answer answer(ClientMessage.Command command, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted(long seq) -> {
        context.counts().accepted().increment();
        yield done(new ServerMessage.Accepted(command.id(), command.room(), seq));
      }
      case Outcome.Refused refusal -> refused(refusal);
    };
  }

  private Answer done(ServerMessage message) {
    return new Answer.Done(codecs.json().encode(message));
  }

  private static Claim claim(Identity identity, RoomName room) {
    return new Claim(identity.user(), identity.name(), identity.roleIn(room));
  }

  private Answer.Refused refused(Outcome.Refused refusal) {
    context.counts().refused().increment(refusal.code());
    return new Answer.Refused(Replies.refused(null, refusal), false);
  }

  private Answer.Refused unauthenticated(String sentence) {
    context.counts().rejected().increment();
    return new Answer.Refused(
        new ServerMessage.Refused(null, Code.FORBIDDEN, sentence, null), true);
  }

  private Answer.Refused goingAway() {
    return refused(
        new Outcome.Refused(
            Code.UNAVAILABLE,
            "The server is going away and has not taken this. Send it again with the same key."));
  }

  private Answer.Refused unknownRoom(RoomName room) {
    return refused(
        new Outcome.Refused(
            Code.UNKNOWN_ROOM, "This server has no rooms of type " + room.type() + "."));
  }
}

package dev.tutti.session;

import dev.tutti.auth.Authentication;
import dev.tutti.auth.Guests;
import dev.tutti.auth.Identity;
import dev.tutti.protocol.ClientMessage;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.Codec;
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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests over HTTP, each looked at before a room hears of it: whether the server still takes any,
 * who asks, whether there are such rooms, and how fast the caller is. Safe on any thread.
 */
final class AdmittedRequests implements Requests {
  /** What bringing a whole room is, for tokens that are for some commands only. */
  private static final String IMPORT = "room.import";

  private final SessionContext context;
  private final Codec json;
  private final Callers callers;
  private final Function<Executor, LoopSessions> loops;
  private final BooleanSupplier leaving;

  /**
   * @param loops the sessions of each event loop, for streams to be among them
   * @param leaving whether the server goes away and takes nothing more
   */
  AdmittedRequests(
      SessionContext context,
      Codec json,
      Function<Executor, LoopSessions> loops,
      BooleanSupplier leaving) {
    this.context = context;
    this.json = json;
    this.callers = new Callers(context.limits(), context.millis());
    this.loops = loops;
    this.leaving = leaving;
  }

  /** Forgets callers who have rested. Call it every second. */
  void sweep(long nowMillis) {
    callers.sweep(nowMillis);
  }

  @Override
  public Optional<Inbound> streamed(
      Connection connection,
      Optional<String> token,
      RoomName room,
      Optional<Held> held,
      Consumer<Answer.Refused> refused) {
    return switch (admit(token, room)) {
      case Admittance.Denied(Answer.Refused why) -> {
        refused.accept(why);
        yield Optional.empty();
      }
      case Admittance.Granted by ->
          Optional.of(
              stream(connection, by, room, held, notNow -> refused.accept(refused(notNow))));
    };
  }

  private Stream stream(
      Connection connection,
      Admittance.Granted by,
      RoomName room,
      Optional<Held> held,
      Consumer<Outcome.Refused> notNow) {
    LoopSessions loop = loops.apply(connection.loop());
    Stream stream = new Stream(connection, context, loop, by.identity(), room, notNow);
    context
        .rooms()
        .join(
            room,
            new Member(
                0,
                "",
                by.claim(),
                false,
                held.map(Held::epoch).orElse(""),
                held.map(Held::seq).orElse(0L),
                stream.reader(),
                loop.fanout(),
                connection.codec(),
                stream));
    return stream;
  }

  @Override
  public void command(
      Optional<String> token,
      String source,
      ClientMessage.Command command,
      Consumer<Answer> answer) {
    admitted(
        token,
        command.room(),
        answer,
        by -> {
          by.identity().scope().check(command.name());
          OptionalLong wait = callers.take(caller(by.claim(), source), context.millis());
          if (wait.isPresent()) {
            answer.accept(refused(Replies.tooFast(wait.getAsLong())));
            return;
          }
          Proposal proposal = Proposal.of(command, by.claim(), by.rules());
          long beganNanos = System.nanoTime();
          context
              .rooms()
              .submit(
                  command.room(),
                  proposal,
                  outcome -> {
                    context.counts().commands().since(beganNanos);
                    answer.accept(answer(command, outcome));
                  });
        });
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

  @Override
  public void document(Optional<String> token, RoomName room, Consumer<Answer> answer) {
    admitted(
        token,
        room,
        answer,
        by ->
            context
                .rooms()
                .view(
                    room,
                    by.claim(),
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
        by ->
            context
                .rooms()
                .history(
                    by.claim(),
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

  private Answer listed(Listing listing) {
    ObjectNode page = JsonNodeFactory.instance.objectNode();
    ArrayNode rooms = page.putArray("rooms");
    for (Listing.Listed listed : listing.rooms()) {
      ObjectNode room = rooms.addObject().put("room", listed.room().value());
      listed.title().ifPresent(title -> room.put("title", title));
      room.put("seq", listed.seq());
      listed.changed().ifPresent(at -> room.put("changed", at.toString()));
      room.put("role", listed.role().wire());
    }
    listing.next().ifPresent(next -> page.put("next", next));
    return new Answer.Done(json.encodeValue(page));
  }

  @Override
  public void export(
      Optional<String> token,
      RoomName room,
      Consumer<Export> to,
      Consumer<Answer.Refused> refused) {
    admitted(
        token,
        room,
        refused,
        by ->
            context
                .rooms()
                .export(room, by.claim(), json, to, refusal -> refused.accept(refused(refusal))));
  }

  @Override
  public Optional<Answer.Refused> refusesImport(Optional<String> token, RoomName room) {
    return switch (admit(token, room)) {
      case Admittance.Denied(Answer.Refused why) -> Optional.of(why);
      case Admittance.Granted by -> Rooms.refusesImport(by.claim()).map(this::refused);
    };
  }

  @Override
  public void importInto(
      Optional<String> token, RoomName room, byte[] file, Consumer<Answer> answer) {
    admitted(
        token,
        room,
        answer,
        by -> {
          by.identity().scope().check(IMPORT);
          context
              .rooms()
              .importInto(
                  room,
                  by.claim(),
                  () -> json.decodeObject(file),
                  outcome ->
                      answer.accept(
                          switch (outcome) {
                            case Outcome.Accepted(long seq) ->
                                done(new ServerMessage.Accepted(0, room, seq));
                            case Outcome.Refused refusal -> refused(refusal);
                          }));
        });
  }

  // Who is let in

  /** Whether a request may go to its room. */
  private sealed interface Admittance {
    record Granted(Identity identity, Claim claim, Ruleset rules) implements Admittance {}

    record Denied(Answer.Refused why) implements Admittance {}
  }

  /** Goes on with whoever is let in; of the rest, and of what is wrong, {@code refused} is told. */
  private void admitted(
      Optional<String> token,
      RoomName room,
      Consumer<? super Answer.Refused> refused,
      Consumer<Admittance.Granted> then) {
    switch (admit(token, room)) {
      case Admittance.Denied(Answer.Refused why) -> refused.accept(why);
      case Admittance.Granted by -> {
        try {
          then.accept(by);
        } catch (InvalidMessage invalid) {
          context.counts().refused().increment(invalid.code());
          refused.accept(new Answer.Refused(Replies.refused(invalid), false));
        }
      }
    }
  }

  private Admittance admit(Optional<String> token, RoomName room) {
    if (leaving.getAsBoolean()) {
      return new Admittance.Denied(goingAway());
    }
    return switch (context.admission().admit(token)) {
      case Authentication.Rejected(String forLog, String forClient) ->
          new Admittance.Denied(unauthenticated(forClient));
      case Authentication.Authenticated(Identity identity, Optional<String> guestToken) -> {
        Optional<Ruleset> rules = context.rooms().rules(room);
        yield rules.isPresent()
            ? new Admittance.Granted(identity, claim(identity, room), rules.get())
            : new Admittance.Denied(unknownRoom(room));
      }
    };
  }

  private static Claim claim(Identity identity, RoomName room) {
    return new Claim(identity.user(), identity.name(), identity.roleIn(room));
  }

  // What they are told

  private Answer done(ServerMessage message) {
    return new Answer.Done(json.encode(message));
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

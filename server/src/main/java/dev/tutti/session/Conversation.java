package dev.tutti.session;

import dev.tutti.auth.Identity;
import dev.tutti.fanout.LoopFanout;
import dev.tutti.fanout.Reader;
import dev.tutti.protocol.ClientMessage;
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
import java.util.Optional;

/**
 * What a client that said who it is asks of rooms, and what they answer. Reads for its
 * subscriptions too. All of it runs on the connection's event loop.
 */
final class Conversation implements Reader.Wants {
  private final String session;
  private final Connection connection;
  private final SessionContext context;
  private final LoopFanout fanout;
  private final Limits limits;
  private final Replies replies;
  private final Allowance allowance;
  private final Runnable settled;
  private final Subscriptions subscriptions = new Subscriptions();

  /**
   * No rooms yet.
   *
   * @param settled is run whenever something that was asked is answered
   */
  Conversation(
      String session,
      Connection connection,
      SessionContext context,
      LoopFanout fanout,
      Replies replies,
      Allowance allowance,
      Runnable settled) {
    this.session = session;
    this.connection = connection;
    this.context = context;
    this.fanout = fanout;
    this.limits = context.limits();
    this.replies = replies;
    this.allowance = allowance;
    this.settled = settled;
  }

  /** Does what the client asks, or throws what is wrong with it. */
  void handle(ClientMessage message, Identity by) {
    switch (message) {
      case ClientMessage.Command command -> command(command, by);
      case ClientMessage.Signal signal -> signal(signal);
      case ClientMessage.Presence presence -> presence(presence);
      case ClientMessage.Subscribe subscribe -> subscribe(subscribe, by);
      case ClientMessage.Unsubscribe unsubscribe -> unsubscribe(unsubscribe);
      case ClientMessage.History history -> history(history, by);
      case ClientMessage.Hello hello -> throw new IllegalArgumentException("hello");
      case ClientMessage.Pong pong -> {}
    }
  }

  /** The client is somebody else by now, or has another role. */
  void reclaim(Identity now) {
    subscriptions.each((room, s) -> context.rooms().reclaim(room, s.reader(), claim(now, room)));
  }

  /** The connection takes more again. */
  void writable() {
    subscriptions.readers().forEach(Reader::writable);
  }

  /** Whether everything that was asked is answered. */
  boolean isSettled() {
    return allowance.isIdle() && subscriptions.isSettled();
  }

  /** The connection is gone: leaves all rooms. */
  void end() {
    subscriptions.each((room, s) -> context.rooms().leave(room, s.reader(), fanout, () -> {}));
    subscriptions.clear();
  }

  private void command(ClientMessage.Command command, Identity by) {
    RoomName room = command.room();
    Proposal proposal;
    try {
      by.scope().check(command.name());
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
                  fanout.answer(() -> {
                    context.counts().commands().since(beganNanos);
                    answered(command.id(), room, outcome);
                  }));
    }
  }

  private void subscribe(ClientMessage.Subscribe subscribe, Identity by) {
    RoomName room = subscribe.room();
    rules(subscribe);
    if (subscriptions.contains(room)) {
      replies.refuse(
          subscribe.id(), Code.INVALID, "This connection is subscribed to " + room + " already.");
      return;
    }
    if (subscriptions.size() >= limits.maxSubscriptions()) {
      replies.refuse(
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
    subscriptions.add(room, subscription);
    context
        .rooms()
        .join(
            room,
            new Member(
                subscribe.id(),
                session,
                claim(by, room),
                true,
                epoch,
                after,
                reader,
                fanout,
                connection.codec(),
                new Seat(room, subscribe.id(), subscription)));
  }

  private void unsubscribe(ClientMessage.Unsubscribe unsubscribe) {
    RoomName room = unsubscribe.room();
    subscriptions
        .leave(room)
        .ifPresentOrElse(
            ended ->
                context.rooms().leave(room, ended.reader(), fanout, () -> left(unsubscribe, ended)),
            () ->
                replies.refuse(
                    unsubscribe.id(),
                    Code.INVALID,
                    "This connection is not subscribed to " + room + "."));
  }

  private void presence(ClientMessage.Presence presence) {
    context
        .rooms()
        .presence(
            presence.room(),
            subscription(presence.room()).reader(),
            presence.state(),
            refusal -> fanout.answer(() -> replies.refuse(null, refusal)));
  }

  private void signal(ClientMessage.Signal signal) {
    Subscription subscription = subscription(signal.room());
    int bytes = signal.data().toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > limits.maxSignalBytes()) {
      replies.refuse(
          null,
          Code.TOO_LARGE,
          "A signal's data may have " + Limits.bytes(limits.maxSignalBytes()) + ".");
      return;
    }
    context.rooms().signal(signal.room(), subscription.reader(), signal.topic(), signal.data());
  }

  private void history(ClientMessage.History history, Identity by) {
    rules(history);
    if (!allowance.mayRead()) {
      replies.refuse(
          history.id(),
          Code.TOO_FAST,
          "This connection waits for "
              + Allowance.MAX_READING
              + " pages of history. Read those first.");
    } else if (admitted(history.id())) {
      allowance.reads();
      context
          .rooms()
          .history(
              claim(by, history.room()), history, page -> fanout.answer(() -> read(history, page)));
    }
  }

  // What rooms answer, on this loop

  private void answered(long request, RoomName room, Outcome outcome) {
    allowance.answered();
    switch (outcome) {
      case Outcome.Accepted(long seq) -> {
        context.counts().accepted().increment();
        if (!subscriptions.holds(room, new Subscription.Held(request, seq))) {
          replies.write(new ServerMessage.Accepted(request, room, seq));
        }
      }
      case Outcome.Refused refused -> replies.refuse(request, refused);
    }
    settled.run();
  }

  private void left(ClientMessage.Unsubscribe unsubscribe, Subscription ended) {
    RoomName room = unsubscribe.room();
    subscriptions.left(room, ended);
    replies.write(new ServerMessage.Unsubscribed(unsubscribe.id(), room, null, null));
    replies.release(room, ended);
    settled.run();
  }

  private void read(ClientMessage.History history, Page page) {
    allowance.answered();
    allowance.hasRead();
    switch (page) {
      case Page.Read(var events, boolean more, var reached) ->
          replies.write(
              new ServerMessage.History(
                  history.id(), history.room(), events, more, reached.orElse(null)));
      case Page.Refused(Outcome.Refused refusal) -> replies.refuse(history.id(), refusal);
    }
    settled.run();
  }

  @Override
  public void catchUp(Reader reader, long sent, boolean joined) {
    subscriptions.of(reader, (room, s) -> context.rooms().catchUp(room, reader, sent, joined));
  }

  @Override
  public void arrived(Reader reader, long seq) {
    // All of them: the room answered each before it brought the reader here, so it is this far,
    // or in another life of the journal, in which those events will not come.
    subscriptions.of(reader, replies::release);
    settled.run();
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
        replies.release(room, subscription);
      }
      replies.refuse(request, refusal);
    }

    @Override
    public void role(Role role) {
      replies.write(new ServerMessage.RoleChanged(room, role));
    }

    @Override
    public void removed(String sentence) {
      // Not one that was made since then.
      if (subscriptions.remove(room, subscription)) {
        replies.write(new ServerMessage.Unsubscribed(null, room, Code.FORBIDDEN, sentence));
        // Behind it: who reads the room no more is owed no event before the answer.
        replies.release(room, subscription);
      }
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
    return subscriptions
        .in(room)
        .orElseThrow(
            () -> new InvalidMessage(Code.INVALID, "Subscribe to " + room + " first.", "room"));
  }

  private static Claim claim(Identity identity, RoomName room) {
    return new Claim(identity.user(), identity.name(), identity.roleIn(room));
  }

  private boolean admitted(long request) {
    if (allowance.opens()) {
      return true;
    }
    replies.refuse(
        request,
        Code.TOO_FAST,
        "This connection has " + limits.maxInFlight() + " requests open. Wait for an answer.");
    return false;
  }
}

package dev.tutti.session;

import dev.tutti.auth.Authentication;
import dev.tutti.auth.Identity;
import dev.tutti.protocol.ClientMessage;
import dev.tutti.protocol.CloseCode;
import dev.tutti.protocol.InvalidMessage;
import dev.tutti.protocol.Limits;
import dev.tutti.protocol.ServerMessage;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket connection, from {@code hello} to the good-bye: who it is, how fast it may be and
 * whether it is still there. What it asks of rooms is its {@link Conversation}. All of it runs on
 * the connection's event loop.
 */
final class Session implements Inbound, LoopSessions.Swept {
  private static final Logger log = LoggerFactory.getLogger(Session.class);

  private final String id;
  private final Connection connection;
  private final SessionContext context;
  private final LoopSessions loop;
  private final Limits limits;
  private final Replies replies;
  private final Allowance allowance;
  private final Pulse pulse;
  private final Conversation conversation;

  /** Null until {@code hello} was answered. */
  private @Nullable Identity identity;

  /** When clients are to come back after the good-bye that has begun; null before. */
  private @Nullable Returns returns;

  private boolean saidGoodbye;

  Session(String id, Connection connection, SessionContext context, LoopSessions loop) {
    this.id = id;
    this.connection = connection;
    this.context = context;
    this.loop = loop;
    this.limits = context.limits();
    this.replies = new Replies(connection, loop.fanout(), context.counts());
    this.allowance = new Allowance(limits, context.millis());
    this.pulse = new Pulse(limits.pingMillis(), context.millis());
    this.conversation =
        new Conversation(
            id, connection, context, loop.fanout(), replies, allowance, this::byeIfAnswered);
    loop.add(this);
  }

  // What the transport tells

  @Override
  public String id() {
    return id;
  }

  @Override
  public void received(byte[] payload) {
    if (replies.isEnded() || returns != null) {
      // What comes after the good-bye has begun is sent again elsewhere, with the same keys.
      return;
    }
    long now = context.millis();
    pulse.heard(now);
    boolean inTime = allowance.message(now);
    try {
      ClientMessage message = connection.codec().decodeClient(payload);
      if (inTime) {
        handle(message);
      } else {
        tooFast(message instanceof ClientMessage.Request request ? request.id() : null);
      }
    } catch (InvalidMessage invalid) {
      if (identity == null) {
        close(CloseCode.NOT_THE_PROTOCOL, invalid.sentence());
      } else if (inTime) {
        replies.refuse(invalid);
      } else {
        tooFast(invalid.id().orElse(null));
      }
    }
    connection.flush();
  }

  private void tooFast(@Nullable Long request) {
    if (allowance.isExhausted()) {
      close(CloseCode.TOO_MANY, Replies.OVERRUN);
    } else {
      replies.tooFast(request, allowance.waitMillis());
    }
  }

  @Override
  public void writabilityChanged() {
    boolean writable = connection.writable();
    connection.reading(writable);
    pulse.heard(context.millis());
    if (writable) {
      conversation.writable();
    }
  }

  @Override
  public void closed() {
    replies.end();
    loop.remove(this);
    conversation.end();
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
    conversation.handle(message, known);
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
                new ServerMessage.Welcome.Server(context.version(), context.clock().instant()),
                limits.pingMillis(),
                limits.forClient()));
        if (before != null) {
          conversation.reclaim(now);
        } else if (loop.isDegraded()) {
          connection.write(new ServerMessage.Status(true));
        }
      }
    }
  }

  // Time

  @Override
  public void sweep(long nowMillis) {
    Identity known = identity;
    if (known == null) {
      if (pulse.ageMillis(nowMillis) > limits.helloTimeoutMillis()) {
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
    switch (pulse.at(nowMillis)) {
      case NOTHING -> {}
      case PING -> {
        replies.write(new ServerMessage.Ping());
        connection.flush();
      }
      case FAREWELL -> close(CloseCode.TIMEOUT, "No answer to a ping.");
    }
  }

  @Override
  public void goodbye(Returns order) {
    returns = order;
    byeIfAnswered();
  }

  @Override
  public void hurry() {
    Returns order = returns;
    if (order != null && !saidGoodbye) {
      saidGoodbye = true;
      connection.close(
          CloseCode.RESTARTING, CloseCode.RESTARTING.reason(), order.afterMillis(context.millis()));
    }
  }

  @Override
  public void told(ServerMessage.Status status) {
    if (identity != null) {
      replies.write(status);
      connection.flush();
    }
  }

  /** A good-bye that has begun waits for whatever the client has been promised an answer to. */
  private void byeIfAnswered() {
    if (returns != null && conversation.isSettled()) {
      hurry();
    }
  }

  private void close(CloseCode code, String reason) {
    connection.close(code, reason, 0);
  }
}

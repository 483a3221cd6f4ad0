package dev.tutti.session;

import dev.tutti.auth.Identity;
import dev.tutti.fanout.Reader;
import dev.tutti.protocol.CloseCode;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.ServerMessage;
import dev.tutti.room.Member;
import dev.tutti.room.Outcome;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * A reader of one room by server-sent events: it listens and says nothing, and others do not see
 * it. All of it runs on the connection's event loop.
 */
final class Stream implements Inbound, LoopSessions.Swept, Reader.Wants, Member.Seat {
  private final Connection connection;
  private final SessionContext context;
  private final LoopSessions loop;
  private final Identity identity;
  private final RoomName room;
  private final Reader reader;

  /** Told in the place of a stream that cannot begin. */
  private final Consumer<Outcome.Refused> notNow;

  private long pingedMillis;

  Stream(
      Connection connection,
      SessionContext context,
      LoopSessions loop,
      Identity identity,
      RoomName room,
      Consumer<Outcome.Refused> notNow) {
    this.connection = connection;
    this.context = context;
    this.loop = loop;
    this.identity = identity;
    this.room = room;
    this.notNow = notNow;
    this.reader = new Reader(connection, this, 0);
    this.pingedMillis = context.millis();
    loop.add(this);
  }

  Reader reader() {
    return reader;
  }

  @Override
  public void received(byte[] payload) {
    // A request has no more to say once it is answered by a stream.
  }

  @Override
  public void writabilityChanged() {
    reader.writable();
  }

  @Override
  public void closed() {
    loop.remove(this);
    context.rooms().leave(room, reader, loop.fanout(), () -> {});
  }

  @Override
  public void catchUp(Reader behind, long sent, boolean joined) {
    context.rooms().catchUp(room, behind, sent, joined);
  }

  @Override
  public void arrived(Reader behind, long seq) {}

  @Override
  public void sweep(long nowMillis) {
    if (identity
        .expiresAt()
        .filter(at -> !Instant.ofEpochMilli(nowMillis).isBefore(at))
        .isPresent()) {
      connection.close(CloseCode.UNAUTHORIZED, "The token has expired.", 0);
    } else if (nowMillis - pingedMillis >= context.limits().pingMillis() && connection.writable()) {
      pingedMillis = nowMillis;
      write(new ServerMessage.Ping());
    }
  }

  @Override
  public void goodbye(Returns returns) {
    connection.close(
        CloseCode.RESTARTING, CloseCode.RESTARTING.reason(), returns.afterMillis(context.millis()));
  }

  @Override
  public void told(ServerMessage.Status status) {
    // A stream carries what a room says, and nothing else.
  }

  @Override
  public void hurry() {
    // It waited for nothing.
  }

  @Override
  public void refused(Outcome.Refused refusal) {
    if (refusal.code() == Code.UNAVAILABLE) {
      notNow.accept(refusal);
      return;
    }
    write(Replies.refused(null, refusal));
    connection.close(CloseCode.REVOKED, refusal.sentence(), 0);
  }

  @Override
  public void role(Role role) {
    write(new ServerMessage.RoleChanged(room, role));
  }

  @Override
  public void removed(String sentence) {
    write(new ServerMessage.Unsubscribed(null, room, Code.FORBIDDEN, sentence));
    connection.close(CloseCode.REVOKED, sentence, 0);
  }

  private void write(ServerMessage message) {
    connection.write(message);
    connection.flush();
  }
}

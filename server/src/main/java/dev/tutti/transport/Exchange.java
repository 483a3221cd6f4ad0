package dev.tutti.transport;

import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One request and the one answer that it gets. */
final class Exchange {
  private final HttpConversation conversation;
  private final EventLoop loop;
  private final Request request;

  /** Whether nothing else was in the connection's line: only then may it become a WebSocket. */
  private final boolean alone;

  /** Goes with the answer, whatever it is. Written before the answer, on the loop. */
  private Map<String, String> extra = Map.of();

  Exchange(HttpConversation conversation, EventLoop loop, Request request, boolean alone) {
    this.conversation = conversation;
    this.loop = loop;
    this.request = request;
    this.alone = alone;
  }

  Request request() {
    return request;
  }

  boolean alone() {
    return alone && conversation.nobodyBehind();
  }

  /** Whether this machine itself asks, and not a proxy on it for somebody else. */
  boolean near() {
    return conversation.peer().isHere()
        && request.header("Forwarded").isEmpty()
        && request.header("X-Forwarded-For").isEmpty();
  }

  /** Where the request comes from, as far as those tell whom we believe. */
  InetAddress client() {
    return conversation.peer().client(request.headers());
  }

  /** The same for all addresses that one subscriber of a network has. */
  String source() {
    return Admission.whose(client());
  }

  /**
   * Whether the connection may stay for a WebSocket or a stream; if not, it is answered. Loop only.
   */
  boolean stays() {
    if (conversation.peer().stays(client())) {
      return true;
    }
    reply(TurnedAway.addressFull());
    return false;
  }

  void extra(Map<String, String> headers) {
    extra = headers;
  }

  Map<String, String> extra() {
    return extra;
  }

  /** Answers; the first answer counts. Any thread. */
  void reply(Reply reply) {
    if (loop.inEventLoop()) {
      conversation.answer(this, reply.with(extra));
    } else {
      loop.execute(() -> conversation.answer(this, reply.with(extra)));
    }
  }

  /** Does one of two things a little later: the second when the connection has ended by then. */
  void later(long millis, Runnable then, Runnable ended) {
    loop.schedule(
        () -> (conversation.awaits(this) ? then : ended).run(), millis, TimeUnit.MILLISECONDS);
  }

  /** Answers piece by piece; the first answer counts. Any thread. */
  void reply(Reply head, Pieces pieces) {
    loop.execute(() -> conversation.answer(this, head.with(extra), pieces));
  }

  /** Makes the connection a WebSocket, in the place of an answer. Loop only. */
  void upgrade(Handshake.Agreed agreed) {
    conversation.upgrade(agreed, client());
  }

  /** Makes the connection a stream of events that begins with {@code head}. Loop only. */
  EventStreamConnection stream(Reply head) {
    return conversation.stream(head.with(extra), client());
  }
}

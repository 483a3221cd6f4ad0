package dev.tutti.transport;

import dev.tutti.protocol.InvalidMessage;
import dev.tutti.protocol.RoomName;
import dev.tutti.session.Requests;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whole rooms on their way in, which are larger than any message. Who sends one is looked at before
 * its body is read, and only so many are read at once. Any thread.
 */
final class Uploads {
  /** Of one file. */
  static final int MAX_BYTES = 16 * 1024 * 1024;

  /** Files that are being read, of all connections together. */
  static final int MOST = 4;

  private static final String BEGIN = "/v1/rooms/";
  private static final String END = "/import";

  private final Requests requests;
  private final Doors doors;
  private final AtomicInteger open = new AtomicInteger();

  Uploads(Requests requests, Doors doors) {
    this.requests = requests;
    this.doors = doors;
  }

  /** Whether a request brings a whole room. */
  static boolean isOne(HttpRequest head) {
    return head.method().name().equals("POST")
        && head.uri().startsWith(BEGIN)
        && head.uri().endsWith(END);
  }

  /** Lets a file in, until {@link #left}; or says why not. */
  Optional<Reply> refusal(HttpRequest head) {
    Optional<Reply> refusal =
        switch (Request.of(head, new byte[0])) {
          case Turn.Refusal(Reply problem) -> Optional.of(problem);
          case Request request -> refusal(request);
        };
    return refusal.or(this::place);
  }

  /** One that was let in has come, or will not come any more. */
  void left() {
    open.decrementAndGet();
  }

  private Optional<Reply> refusal(Request request) {
    Optional<String> origin = request.header(HttpHeaderNames.ORIGIN);
    Optional<String> closed = doors.refusal(origin, request.oneHeader(HttpHeaderNames.HOST));
    if (closed.isPresent()) {
      return Optional.of(Problem.of(403, "forbidden", closed.get()));
    }
    String path = request.path();
    try {
      var room = new RoomName(path.substring(BEGIN.length(), path.length() - END.length()));
      return requests
          .refusesImport(request.bearer(), room)
          .map(Problem::of)
          .map(problem -> origin.map(page -> problem.with(Cors.headers(page))).orElse(problem));
    } catch (InvalidMessage e) {
      return Optional.of(Problem.of(e));
    }
  }

  private Optional<Reply> place() {
    if (open.incrementAndGet() <= MOST) {
      return Optional.empty();
    }
    open.decrementAndGet();
    return Optional.of(
        Problem.of(429, "too_fast", "Others are importing rooms. Try again in a moment.")
            .with("Retry-After", "1"));
  }
}

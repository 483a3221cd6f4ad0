package dev.tutti.transport;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.InvalidMessage;
import dev.tutti.protocol.ServerMessage;
import dev.tutti.session.Requests.Answer;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Problem documents (RFC 9457). {@code code} is the same word that a WebSocket's {@code refused}
 * carries; {@code detail} is a sentence for a person.
 */
final class Problem {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String TYPE = "application/problem+json";

  /** When to come again where nothing but the code says so. */
  private static final int SOON_SECONDS = 1;

  private Problem() {}

  static Reply of(int status, String code, String detail) {
    return of(status, code, detail, null);
  }

  static Reply of(InvalidMessage e) {
    ObjectNode details = JSON.createObjectNode();
    e.path().ifPresent(path -> details.put("path", path));
    return of(
        e.code().httpStatus(), e.code().wire(), e.sentence(), details.isEmpty() ? null : details);
  }

  static Reply of(Answer.Refused refused) {
    ServerMessage.Refused why = refused.refusal();
    if (refused.unauthenticated()) {
      return of(401, "unauthorized", why.message(), why.details())
          .with("WWW-Authenticate", "Bearer");
    }
    Reply reply = of(why.code().httpStatus(), why.code().wire(), why.message(), why.details());
    int retryAfterMillis =
        why.details() == null ? 0 : why.details().path("retryAfterMillis").asInt(0);
    if (retryAfterMillis == 0 && why.code() != Code.UNAVAILABLE) {
      return reply;
    }
    int seconds = Math.max(SOON_SECONDS, (retryAfterMillis + 999) / 1_000);
    return reply.with("Retry-After", Integer.toString(seconds));
  }

  static Reply methodNotAllowed(String allowed) {
    return of(405, "method_not_allowed", "Here one can " + allowed + ".").with("Allow", allowed);
  }

  static Reply notFound() {
    return of(404, "not_found", "There is nothing here.");
  }

  static Reply failed() {
    return of(500, "internal", "The server failed at this request.");
  }

  private static Reply of(int status, String code, String detail, @Nullable ObjectNode details) {
    ObjectNode document = JSON.createObjectNode();
    document.put("type", "about:blank");
    document.put("title", HttpResponseStatus.valueOf(status).reasonPhrase());
    document.put("status", status);
    document.put("code", code);
    document.put("detail", detail);
    if (details != null) {
      document.set("details", details);
    }
    return new Reply(
        status, TYPE, JSON.writeValueAsBytes(document), Map.of("Cache-Control", "no-store"));
  }
}

package dev.tutti.transport;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One whole HTTP request.
 *
 * @param path percent-decoded, always beginning with a slash
 * @param keepAlive whether the connection goes on behind its answer
 */
record Request(
    String method,
    String path,
    Map<String, List<String>> query,
    HttpHeaders headers,
    byte[] body,
    boolean keepAlive)
    implements Turn {
  private static final String BASIC = "basic ";
  private static final String BEARER = "bearer ";

  /** The request, or the refusal of one whose target cannot be read. */
  static Turn of(HttpRequest head, byte[] body) {
    try {
      var target = new QueryStringDecoder(head.uri());
      String path = target.path();
      if (!path.startsWith("/")) {
        return new Refusal(Problem.of(400, "malformed", "The request's target is not a path."));
      }
      boolean keepAlive =
          head.protocolVersion().equals(HttpVersion.HTTP_1_1) && HttpUtil.isKeepAlive(head);
      return new Request(
          head.method().name(), path, target.parameters(), head.headers(), body, keepAlive);
    } catch (IllegalArgumentException e) {
      return new Refusal(
          Problem.of(400, "malformed", "The request's target has a broken percent-encoding."));
    }
  }

  Optional<String> header(CharSequence name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The header's value, unless there is none or more than one. */
  Optional<String> oneHeader(CharSequence name) {
    List<String> all = headers.getAll(name);
    return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
  }

  /**
   * The token of {@code Authorization: Bearer} (RFC 6750); none that is valid where it is left out,
   * so that nobody who meant to say who they are is taken for a guest. What is {@code Basic} is for
   * a proxy before this server.
   */
  Optional<String> bearer() {
    return header(HttpHeaderNames.AUTHORIZATION)
        .filter(value -> !isScheme(value, BASIC))
        .map(value -> isScheme(value, BEARER) ? value.substring(BEARER.length()).strip() : "");
  }

  private static boolean isScheme(String value, String scheme) {
    return value.regionMatches(true, 0, scheme, 0, scheme.length());
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name)).map(List::getFirst);
  }

  /**
   * Whether it asks to read: {@code GET}, or {@code HEAD}, which gets the same without its body.
   */
  boolean reads() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /** Whether {@code tag}, without quotes, is what the client holds already. */
  boolean holds(String tag) {
    String held = headers.get(HttpHeaderNames.IF_NONE_MATCH, "");
    for (String one : held.split(",")) {
      String trimmed = one.strip();
      String strong = trimmed.startsWith("W/") ? trimmed.substring(2) : trimmed;
      if (strong.equals('"' + tag + '"') || strong.equals("*")) {
        return true;
      }
    }
    return false;
  }
}

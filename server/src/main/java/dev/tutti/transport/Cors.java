package dev.tutti.transport;

import java.util.Map;

/** What browsers are told about calls from pages of another origin that the doors let in. */
final class Cors {
  private static final String PREFLIGHT_SECONDS = "600";

  private Cors() {}

  /** For every answer to a page. Credentials are tokens in a header, never cookies. */
  static Map<String, String> headers(String origin) {
    return Map.of(
        "Access-Control-Allow-Origin", origin,
        "Access-Control-Expose-Headers", "ETag, Retry-After",
        "Vary", "Origin");
  }

  /** For whoever asks what can be done here: a browser before it does it, or anybody else. */
  static Reply options(Request request, String methods) {
    return isPreflight(request) ? preflight(methods) : Reply.empty(204).with("Allow", methods);
  }

  private static boolean isPreflight(Request request) {
    return request.header("Origin").isPresent()
        && request.header("Access-Control-Request-Method").isPresent();
  }

  private static Reply preflight(String methods) {
    return Reply.empty(204)
        .with(
            Map.of(
                "Access-Control-Allow-Methods", methods,
                "Access-Control-Allow-Headers",
                    "Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID",
                "Access-Control-Max-Age", PREFLIGHT_SECONDS));
  }
}

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

  /** Whether a browser asks what it may do before it does it. */
  static boolean isPreflight(Request request) {
    return request.method().equals("OPTIONS")
        && request.header("Origin").isPresent()
        && request.header("Access-Control-Request-Method").isPresent();
  }

  static Reply preflight(String methods) {
    return Reply.empty(204)
        .with(
            Map.of(
                "Access-Control-Allow-Methods", methods,
                "Access-Control-Allow-Headers",
                    "Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID",
                "Access-Control-Max-Age", PREFLIGHT_SECONDS));
  }
}

package dev.tutti.transport;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Arrays;
import java.util.Locale;

/** What clients offer of permessage-deflate (RFC 7692, section 7.1), and what is agreed to. */
final class DeflateOffer {
  /** Neither side keeps a window between messages: so one compressed frame serves everyone. */
  static final String AGREED =
      "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

  private DeflateOffer() {}

  /** Whether one of the offers can be agreed to. */
  static boolean acceptable(Request request) {
    return Handshake.tokens(request, HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS).stream()
        .anyMatch(DeflateOffer::acceptable);
  }

  private static boolean acceptable(String offer) {
    String[] parts = offer.toLowerCase(Locale.ROOT).split(";");
    return parts[0].strip().equals("permessage-deflate")
        && Arrays.stream(parts).skip(1).map(String::strip).allMatch(DeflateOffer::parameter);
  }

  private static boolean parameter(String text) {
    String value = text.replace(" ", "").replace("\"", "");
    return value.equals("server_no_context_takeover")
        || value.equals("client_no_context_takeover")
        || value.equals("client_max_window_bits")
        || value.matches("client_max_window_bits=(8|9|1[0-5])")
        || value.equals("server_max_window_bits=15"); // Java's deflater has no smaller window
  }
}

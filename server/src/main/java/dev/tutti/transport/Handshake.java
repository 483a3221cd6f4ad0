package dev.tutti.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The server's side of the opening handshake (RFC 6455, section 4.2). */
final class Handshake {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int NONCE_BYTES = 16;

  private Handshake() {}

  /** How a request to open a WebSocket is answered. */
  sealed interface Outcome permits Agreed, Refused {}

  /**
   * It is opened.
   *
   * @param response the whole answer, as bytes; whoever takes it owns it
   */
  record Agreed(Dialect dialect, boolean deflate, ByteBuf response) implements Outcome {}

  /** It is not opened. */
  record Refused(Reply problem) implements Outcome {}

  /**
   * Reads a request for {@code /v1/ws}.
   *
   * @param deflate whether to agree to permessage-deflate
   */
  static Outcome answer(Request request, List<Dialect> dialects, boolean deflate) {
    if (!request.method().equals("GET")) {
      return new Refused(Problem.methodNotAllowed("GET"));
    }
    if (!has(request, HttpHeaderNames.CONNECTION, "upgrade")
        || !has(request, HttpHeaderNames.UPGRADE, "websocket")) {
      return upgradeRequired("This is a WebSocket; ask for an upgrade.");
    }
    if (!request.oneHeader(HttpHeaderNames.SEC_WEBSOCKET_VERSION).equals(Optional.of("13"))) {
      return upgradeRequired("Only version 13 of WebSocket is spoken here (RFC 6455).");
    }
    Optional<String> key = request.oneHeader(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    if (key.isEmpty() || !isNonce(key.get())) {
      return malformed("Sec-WebSocket-Key must be 16 bytes in base64.");
    }
    List<String> offered = tokens(request, HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
    Optional<Dialect> dialect = Dialect.choose(dialects, offered);
    if (dialect.isEmpty()) {
      return malformed(
          "None of the subprotocols is spoken here; offer one of "
              + String.join(", ", dialects.stream().map(Dialect::name).toList())
              + ".");
    }
    boolean deflated = deflate && DeflateOffer.acceptable(request);
    return new Agreed(
        dialect.get(),
        deflated,
        response(key.get(), offered.isEmpty() ? "" : dialect.get().name(), deflated));
  }

  /** The members of a header that is a comma-separated list, over all its lines. */
  static List<String> tokens(Request request, CharSequence name) {
    var tokens = new ArrayList<String>();
    for (String line : request.headers().getAll(name)) {
      for (String token : line.split(",")) {
        if (!token.isBlank()) {
          tokens.add(token.strip());
        }
      }
    }
    return tokens;
  }

  private static boolean has(Request request, CharSequence name, String token) {
    return tokens(request, name).stream()
        .anyMatch(one -> one.toLowerCase(Locale.ROOT).equals(token));
  }

  private static Refused upgradeRequired(String sentence) {
    return new Refused(
        Problem.of(426, "upgrade_required", sentence)
            .with("Upgrade", HttpHeaderValues.WEBSOCKET.toString())
            .with("Sec-WebSocket-Version", "13"));
  }

  private static Refused malformed(String sentence) {
    return new Refused(Problem.of(400, "malformed", sentence));
  }

  private static boolean isNonce(String key) {
    try {
      return Base64.getDecoder().decode(key).length == NONCE_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static ByteBuf response(String key, String subprotocol, boolean deflate) {
    var head = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n");
    head.append("Connection: Upgrade\r\nSec-WebSocket-Accept: ").append(accept(key));
    if (!subprotocol.isEmpty()) {
      head.append("\r\nSec-WebSocket-Protocol: ").append(subprotocol);
    }
    if (deflate) {
      head.append("\r\nSec-WebSocket-Extensions: ").append(DeflateOffer.AGREED);
    }
    byte[] bytes = head.append("\r\n\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    return Unpooled.wrappedBuffer(bytes);
  }

  /** Shows that the request was understood as a WebSocket's. */
  static String accept(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

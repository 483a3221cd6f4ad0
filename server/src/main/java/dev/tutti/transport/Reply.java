package dev.tutti.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An HTTP answer.
 *
 * @param type the body's media type; empty where there is no body
 * @param body not changed afterwards, and perhaps shared by many answers
 * @param headers beside those that every answer has
 */
record Reply(int status, String type, byte[] body, Map<String, String> headers) {
  private static final byte[] NOTHING = {};

  /** For every answer, pages or not: what browsers must not do with it. */
  private static final Map<String, String> ALWAYS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");

  /** Copied as a whole, so that they are not looked at for each answer. */
  private static final HttpHeaders HEAD = new DefaultHttpHeaders();

  static {
    ALWAYS.forEach(HEAD::set);
  }

  /** An answer without a body. */
  static Reply empty(int status) {
    return new Reply(status, "", NOTHING, Map.of());
  }

  static Reply json(byte[] body) {
    return new Reply(200, "application/json", body, Map.of());
  }

  Reply with(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, type, body, more);
  }

  Reply with(Map<String, String> added) {
    if (added.isEmpty()) {
      return this;
    }
    var more = new LinkedHashMap<>(headers);
    more.putAll(added);
    return new Reply(status, type, body, more);
  }

  /** The answer for Netty's encoder. */
  FullHttpResponse encoded(boolean keepAlive) {
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(status),
            Unpooled.wrappedBuffer(body),
            HEAD.copy(),
            EmptyHttpHeaders.INSTANCE);
    HttpHeaders out = response.headers();
    headers.forEach(out::set);
    if (!type.isEmpty()) {
      out.set(HttpHeaderNames.CONTENT_TYPE, type);
    }
    if (status != 204 && status != 304) {
      out.set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    }
    if (!keepAlive) {
      out.set(HttpHeaderNames.CONNECTION, "close");
    }
    return response;
  }

  /** The head alone, for Netty's encoder, of an answer whose body follows in chunks. */
  HttpResponse chunked(boolean keepAlive) {
    var response =
        new DefaultHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), HEAD.copy());
    HttpHeaders out = response.headers();
    headers.forEach(out::set);
    out.set(HttpHeaderNames.CONTENT_TYPE, type);
    out.set(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
    if (!keepAlive) {
      out.set(HttpHeaderNames.CONNECTION, "close");
    }
    return response;
  }

  /** The whole answer as bytes, where no encoder is in the pipeline; the last on its connection. */
  ByteBuf raw() {
    return Unpooled.wrappedBuffer(head("Content-Length: " + body.length + "\r\n"), body);
  }

  /** The head alone, of an answer whose body goes on until the connection closes. */
  ByteBuf rawHead() {
    return Unpooled.wrappedBuffer(head(""));
  }

  private byte[] head(String length) {
    var head = new StringBuilder("HTTP/1.1 ").append(HttpResponseStatus.valueOf(status));
    head.append("\r\nConnection: close\r\nContent-Type: ").append(type).append("\r\n");
    head.append(length);
    ALWAYS.forEach((name, value) -> line(head, name, value));
    headers.forEach((name, value) -> line(head, name, value));
    return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }
}

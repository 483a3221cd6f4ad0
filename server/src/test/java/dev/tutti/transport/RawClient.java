package dev.tutti.transport;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A socket on which a test says every byte itself. Waits 20 seconds for an answer, then fails. */
final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final byte[] NO_MASK = new byte[4];

  private final Socket socket = new Socket();
  private final DataInputStream in;

  /** An unmasked frame, as a server sends it; or the end of the connection, as opcode -1. */
  record Frame(int first, byte[] payload) {
    static final Frame END = new Frame(-1, new byte[0]);

    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    /** The code of a close frame; 0 when it is another. */
    int closeCode() {
      return first == 0x88 ? ByteBuffer.wrap(payload).getShort() & 0xFFFF : 0;
    }
  }

  /** An HTTP answer. */
  record Answer(int status, String head, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    String header(String name) {
      return head.lines()
          .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
          .map(line -> line.substring(name.length() + 2))
          .findFirst()
          .orElse("");
    }
  }

  RawClient(Running server) throws IOException {
    this(server, 0);
  }

  /** With a receive buffer of its own size, where 0 is the system's. */
  RawClient(Running server, int receiveBytes) throws IOException {
    if (receiveBytes > 0) {
      socket.setReceiveBufferSize(receiveBytes);
    }
    socket.connect(server.server.address());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
  }

  /** A WebSocket, with its handshake done. */
  static RawClient webSocket(Running server) throws IOException {
    return webSocket(server, "");
  }

  static RawClient webSocket(Running server, String headers) throws IOException {
    var client = new RawClient(server);
    client.open(headers);
    return client;
  }

  Answer open(String headers) throws IOException {
    say(handshake(headers));
    Answer answer = answer();
    if (answer.status != 101) {
      throw new AssertionError(answer.head + answer.text());
    }
    return answer;
  }

  static String handshake(String headers) {
    return "GET /v1/ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        + headers
        + "\r\n";
  }

  void say(String ascii) throws IOException {
    socket.getOutputStream().write(ascii.getBytes(StandardCharsets.ISO_8859_1));
  }

  void sayHex(String hex) throws IOException {
    socket.getOutputStream().write(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  /** One frame, masked with zeroes. */
  void frame(int first, byte[] payload) throws IOException {
    socket.getOutputStream().write(bytes(first, payload));
  }

  void text(String text) throws IOException {
    frame(0x81, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes until everything is written, or the server has closed. */
  void pour(byte[] bytes, int times) {
    try {
      for (int i = 0; i < times; i++) {
        socket.getOutputStream().write(bytes);
      }
    } catch (IOException e) {
      // The server has seen enough.
    }
  }

  static byte[] bytes(int first, byte[] payload) {
    var out = ByteBuffer.allocate(14 + payload.length);
    out.put((byte) first);
    if (payload.length < 126) {
      out.put((byte) (0x80 | payload.length));
    } else if (payload.length < 65_536) {
      out.put((byte) 0xFE).putShort((short) payload.length);
    } else {
      out.put((byte) 0xFF).putLong(payload.length);
    }
    out.put(NO_MASK).put(payload).flip();
    byte[] bytes = new byte[out.remaining()];
    out.get(bytes);
    return bytes;
  }

  Frame frame() throws IOException {
    int first;
    try {
      first = in.read();
    } catch (SocketException e) {
      first = -1; // a reset is an end
    }
    if (first < 0) {
      return Frame.END;
    }
    long length = in.read();
    length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
    return new Frame(first, in.readNBytes((int) length));
  }

  Answer answer() throws IOException {
    return answer(true);
  }

  /** The answer to a HEAD says how long a body would be, and has none. */
  Answer answer(boolean withBody) throws IOException {
    String head = head();
    if (head.isEmpty()) {
      return new Answer(0, "", new byte[0]);
    }
    int status = Integer.parseInt(head.substring(9, 12));
    String length = new Answer(status, head, new byte[0]).header("Content-Length");
    byte[] body =
        withBody && !length.isEmpty() ? in.readNBytes(Integer.parseInt(length)) : new byte[0];
    return new Answer(status, head, body);
  }

  private String head() throws IOException {
    var head = new ByteArrayOutputStream();
    while (true) {
      int b = in.read();
      if (b < 0) {
        return "";
      }
      head.write(b);
      String text = head.toString(StandardCharsets.ISO_8859_1);
      if (text.endsWith("\r\n\r\n")) {
        return text;
      }
    }
  }

  /** Text up to an empty line: one server-sent event. */
  String event() throws IOException {
    var event = new StringBuilder();
    while (!event.toString().endsWith("\n\n")) {
      int b = in.read();
      if (b < 0) {
        return event.toString();
      }
      event.append((char) b);
    }
    return event.toString();
  }

  /** Whether the server has ended the connection. */
  boolean ended() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

package dev.tutti.attack;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A WebSocket by hand, which sends any bytes and reads when told to. Blocks, up to a limit. */
final class RawSocket implements AutoCloseable {
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int FIN = 0x80;
  static final int RSV1 = 0x40;
  private static final int READ_MILLIS = 20_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Socket socket = new Socket();
  private final OutputStream out;
  private final DataInputStream in;

  /** What came as a frame. */
  record Frame(int opcode, byte[] payload) {
    int closeCode() {
      return ByteBuffer.wrap(payload).getShort() & 0xFFFF;
    }
  }

  private RawSocket(int port, int receiveBytes) throws IOException {
    if (receiveBytes > 0) {
      socket.setReceiveBufferSize(receiveBytes);
    }
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    socket.setSoTimeout(READ_MILLIS);
    socket.setTcpNoDelay(true);
    out = socket.getOutputStream();
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /** Connected, and nothing said. */
  static RawSocket connect(int port) throws IOException {
    return new RawSocket(port, 0);
  }

  static RawSocket open(int port, String subprotocol, boolean deflate) throws IOException {
    RawSocket socket = new RawSocket(port, 0);
    socket.handshake(port, subprotocol, deflate);
    return socket;
  }

  /** With a small window in the kernel, so that not reading is noticed soon. */
  static RawSocket narrow(int port) throws IOException {
    RawSocket socket = new RawSocket(port, 4_096);
    socket.handshake(port, "tutti.v1.json", false);
    return socket;
  }

  static String request(int port, String subprotocol, boolean deflate) {
    return "GET /v1/ws HTTP/1.1\r\nHost: 127.0.0.1:"
        + port
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: "
        + subprotocol
        + "\r\n"
        + (deflate
            ? "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover;"
                + " server_no_context_takeover\r\n"
            : "")
        + "\r\n";
  }

  private void handshake(int port, String subprotocol, boolean deflate) throws IOException {
    bytes(request(port, subprotocol, deflate).getBytes(StandardCharsets.US_ASCII));
    String head = head();
    if (!head.startsWith("HTTP/1.1 101") || (deflate && !head.contains("permessage-deflate"))) {
      throw new IOException(head);
    }
  }

  /** The head of an HTTP answer. */
  String head() throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  void bytes(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** One masked frame; the mask is zero, which is as good as any. */
  static byte[] frame(int first, byte[] payload) {
    var frame = new ByteArrayOutputStream(payload.length + 14);
    frame.write(first);
    if (payload.length < 126) {
      frame.write(0x80 | payload.length);
    } else if (payload.length <= 0xFFFF) {
      frame.write(0x80 | 126);
      frame.writeBytes(ByteBuffer.allocate(2).putShort((short) payload.length).array());
    } else {
      frame.write(0x80 | 127);
      frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
    }
    frame.writeBytes(new byte[4]);
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  void frame(int first, String payload) throws IOException {
    bytes(frame(first, payload.getBytes(StandardCharsets.UTF_8)));
  }

  void text(String message) throws IOException {
    frame(FIN | TEXT, message);
  }

  JsonNode hello(String name) throws IOException {
    text("{\"type\":\"hello\",\"name\":\"" + name + "\"}");
    return next("welcome");
  }

  /** The next frame, whatever it is. */
  Frame frame() throws IOException {
    int opcode = in.readUnsignedByte() & 0x0F;
    int seven = in.readUnsignedByte();
    long length =
        switch (seven) {
          case 126 -> in.readUnsignedShort();
          case 127 -> in.readLong();
          default -> seven;
        };
    byte[] payload = new byte[Math.toIntExact(length)];
    in.readFully(payload);
    return new Frame(opcode, payload);
  }

  /** The next message of a type, past all others. */
  JsonNode next(String type) throws IOException {
    while (true) {
      Frame frame = frame();
      if (frame.opcode() == CLOSE) {
        throw new EOFException("closed with " + frame.closeCode() + " before any " + type);
      }
      JsonNode message = JSON.readTree(frame.payload());
      if (message.path("type").stringValue("").equals(type)) {
        return message;
      }
    }
  }

  /** Sends a message and reads the next answer of a type. */
  JsonNode ask(String message, String type) throws IOException {
    text(message);
    return next(type);
  }

  /** Past everything, to the code of the close frame. */
  int closeCode() throws IOException {
    while (true) {
      Frame frame = frame();
      if (frame.opcode() == CLOSE) {
        return frame.closeCode();
      }
    }
  }

  /** Whether the server ends the connection without a close frame. */
  boolean ends() throws IOException {
    try {
      while (in.read() >= 0) {
        // whatever it still says
      }
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

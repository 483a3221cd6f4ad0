package dev.tutti.redis.embedded;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A connection to Redis that speaks just enough of its protocol for tests. */
public final class Resp implements AutoCloseable {
  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  private Resp(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  static Resp to(int port, String password) {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(10_000);
      Resp connection = new Resp(socket);
      connection.ask("AUTH", password);
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One command; the reply as text, an array as its elements with line feeds between. */
  public String ask(String... words) {
    byte[][] bytes =
        Arrays.stream(words)
            .map(word -> word.getBytes(StandardCharsets.ISO_8859_1))
            .toArray(byte[][]::new);
    return ask(bytes);
  }

  /** Any bytes to a channel. */
  public void publish(String channel, byte[] message) {
    ask(ascii("PUBLISH"), ascii(channel), message);
  }

  private String ask(byte[]... words) {
    try {
      ByteArrayOutputStream command = new ByteArrayOutputStream();
      command.writeBytes(ascii("*" + words.length + "\r\n"));
      for (byte[] word : words) {
        command.writeBytes(ascii("$" + word.length + "\r\n"));
        command.writeBytes(word);
        command.writeBytes(ascii("\r\n"));
      }
      command.writeTo(out);
      return reply();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private String reply() throws IOException {
    String line = line();
    switch (line.charAt(0)) {
      case '$' -> {
        int length = Integer.parseInt(line.substring(1));
        if (length < 0) {
          return "";
        }
        byte[] text = in.readNBytes(length);
        in.skipNBytes(2);
        return new String(text, StandardCharsets.ISO_8859_1);
      }
      case '*' -> {
        StringBuilder all = new StringBuilder();
        for (int i = Integer.parseInt(line.substring(1)); i > 0; i--) {
          all.append(reply()).append('\n');
        }
        return all.toString();
      }
      case '-' -> throw new AssertionError("Redis says " + line);
      default -> {
        return line.substring(1);
      }
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\r'; b = in.read()) {
      if (b < 0) {
        throw new IOException("Redis has closed the connection.");
      }
      line.append((char) b);
    }
    in.skipNBytes(1);
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

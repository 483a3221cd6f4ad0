package dev.tutti.chaos;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A planted bug: stands before a server and swallows some of the frames that carry events. */
final class FrameDropper implements AutoCloseable {
  private static final int SHORT = 126;
  private static final int LONG = 127;

  private final ServerSocket door;
  private final int server;
  private final AtomicInteger toDrop = new AtomicInteger();

  FrameDropper(int server) throws IOException {
    this.server = server;
    this.door = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** Swallows the next frames with events. */
  void drop(int frames) {
    toDrop.set(frames);
  }

  int left() {
    return toDrop.get();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Socket to = new Socket(InetAddress.getLoopbackAddress(), server);
        Thread.ofVirtual().start(() -> pass(client, to));
        Thread.ofVirtual().start(() -> passFrames(to, client));
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One of them is gone.
    }
  }

  private void passFrames(Socket from, Socket to) {
    try (from;
        to) {
      var in = new DataInputStream(from.getInputStream());
      OutputStream out = to.getOutputStream();
      for (String head = ""; !head.endsWith("\r\n\r\n"); ) {
        int next = in.readUnsignedByte();
        out.write(next);
        head += (char) next;
      }
      while (true) {
        passFrame(in, out);
      }
    } catch (IOException e) {
      // One of them is gone.
    }
  }

  private void passFrame(DataInputStream in, OutputStream out) throws IOException {
    var header = new ByteArrayOutputStream();
    header.write(in.readUnsignedByte());
    int length = in.readUnsignedByte();
    header.write(length);
    int more = length == SHORT ? 2 : length == LONG ? 8 : 0;
    byte[] extended = in.readNBytes(more);
    header.write(extended);
    long size = length;
    if (more > 0) {
      size = 0;
      for (byte each : extended) {
        size = size << 8 | (each & 0xff);
      }
    }
    byte[] payload = in.readNBytes((int) size);
    boolean events = new String(payload, StandardCharsets.UTF_8).startsWith("{\"type\":\"events\"");
    if (!events || toDrop.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
      header.write(payload);
      out.write(header.toByteArray());
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}

package dev.tutti.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import org.jspecify.annotations.Nullable;

/** One connection through a proxy: two sockets, and a thread for each direction. */
final class Passage {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Socket client;
  private final Gate gate;
  private final Trap trap;
  private volatile @Nullable Socket server;

  /** Whether the server is gone and the client is not told. */
  private volatile boolean halfOpen;

  /** Whether a request passed whose answer may be the one to cut at. */
  private volatile boolean marked;

  Passage(Socket client, Gate gate, Trap trap) {
    this.client = client;
    this.gate = gate;
    this.trap = trap;
  }

  /** Moves bytes until either side ends. */
  void run(Socket to) throws IOException {
    server = to;
    client.setTcpNoDelay(true);
    to.setTcpNoDelay(true);
    Thread.ofVirtual().start(this::answers);
    byte[] buffer = new byte[BUFFER_BYTES];
    InputStream in = client.getInputStream();
    OutputStream out = to.getOutputStream();
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      gate.await();
      if (halfOpen) {
        continue; // Read and lost.
      }
      if (trap.matches(buffer, count)) {
        if (trap.springsAtRequest()) {
          cut();
          return;
        }
        marked = true;
      }
      out.write(buffer, 0, count);
    }
    close(to);
    close(client);
  }

  private void answers() {
    Socket from = server;
    if (from == null) {
      return;
    }
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = client.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        gate.await();
        if (marked && trap.springsAtAnswer()) {
          cut();
          return;
        }
        marked = false;
        out.write(buffer, 0, count);
      }
    } catch (IOException e) {
      // The other direction finds out too.
    }
    if (!halfOpen) {
      close(client);
    }
  }

  /** Resets both sides. Any thread. */
  void cut() {
    reset(client);
    Socket to = server;
    if (to != null) {
      reset(to);
    }
  }

  /** Resets the server's side and keeps the client's. Any thread. */
  void loseServer() {
    halfOpen = true;
    Socket to = server;
    if (to != null) {
      reset(to);
    }
  }

  /** Closing with nothing to linger for sends a reset. */
  private static void reset(Socket socket) {
    try {
      socket.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // Closed already.
    }
    close(socket);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // As good as closed.
    }
  }
}

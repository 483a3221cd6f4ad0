package dev.tutti.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a client and a server of this machine and carries their bytes, until it is told
 * otherwise. Takes connections on a port of loopback for as long as it is open. Two threads a
 * connection.
 */
public final class FaultyProxy implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private enum Mood {
    CARRIES,
    SWALLOWS,
    REFUSES
  }

  private final ServerSocket door;
  private final int to;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile Mood mood = Mood.CARRIES;

  private FaultyProxy(ServerSocket door, int to) {
    this.door = door;
    this.to = to;
  }

  /** A proxy in front of a port of loopback, on a free port of its own. */
  public static FaultyProxy inFrontOf(int port) {
    try {
      FaultyProxy proxy =
          new FaultyProxy(new ServerSocket(0, 128, InetAddress.getLoopbackAddress()), port);
      Thread.ofVirtual().start(proxy::takeConnections);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return door.getLocalPort();
  }

  /** Carries the bytes of those who connect from now on. */
  public void heal() {
    mood = Mood.CARRIES;
  }

  /** Cuts every connection; whoever connects anew is served. */
  public void cut() {
    sockets.forEach(FaultyProxy::close);
    sockets.clear();
  }

  /** Cuts every connection, and each new one at once. */
  public void refuse() {
    mood = Mood.REFUSES;
    cut();
  }

  /**
   * Half open: connections stay, new ones are taken too, and nothing that is written to them
   * arrives anywhere. What was swallowed is lost: after {@link #heal}, {@link #cut} them.
   */
  public void swallow() {
    mood = Mood.SWALLOWS;
  }

  private void takeConnections() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        if (mood == Mood.REFUSES) {
          close(client);
          continue;
        }
        Socket server = connect(client);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(server);
        Thread.ofVirtual().start(() -> carry(client, server));
        Thread.ofVirtual().start(() -> carry(server, client));
      } catch (IOException closedOrNobodyThere) {
        // The client sees its connection end, as it would without a proxy.
      }
    }
  }

  /** To the server; without one the client's connection ends too. */
  private Socket connect(Socket client) throws IOException {
    try {
      return new Socket(InetAddress.getLoopbackAddress(), to);
    } catch (IOException nobodyThere) {
      client.close();
      throw nobodyThere;
    }
  }

  private void carry(Socket from, Socket into) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (from;
        into) {
      InputStream in = from.getInputStream();
      OutputStream out = into.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (mood == Mood.CARRIES) {
          out.write(buffer, 0, read);
        }
      }
    } catch (IOException cut) {
      // Both ends close.
    } finally {
      sockets.remove(from);
      sockets.remove(into);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes its door and every connection. */
  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}

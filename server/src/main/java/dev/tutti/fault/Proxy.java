package dev.tutti.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands on a port of loopback before a server on another, and passes bytes both ways until it is
 * told to misbehave. Safe on any thread; nothing here waits for the network.
 */
public final class Proxy implements AutoCloseable {
  private static final int CONNECT_LIMIT_MILLIS = 2_000;

  private final ServerSocket door;
  private final Gate gate = new Gate();
  private final Trap trap = new Trap();
  private final Set<Passage> passages = ConcurrentHashMap.newKeySet();
  private volatile int target;
  private volatile boolean refusing;

  private Proxy(ServerSocket door, int target) {
    this.door = door;
    this.target = target;
  }

  /** A proxy on a free port before {@code target}, a port of loopback. */
  public static Proxy before(int target) {
    try {
      var proxy = new Proxy(new ServerSocket(0, 256, InetAddress.getLoopbackAddress()), target);
      Thread.ofVirtual().name("proxy-" + proxy.port()).start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("No port for a proxy.", e);
    }
  }

  /** Where it listens. */
  public int port() {
    return door.getLocalPort();
  }

  /** Connections that are open now. */
  public int connections() {
    return passages.size();
  }

  /** Leads connections to another server from now on; open ones stay where they are. */
  public void leadTo(int port) {
    target = port;
  }

  /** Resets every connection. New ones are let in. */
  public void cut() {
    passages.forEach(Passage::cut);
  }

  /** Resets every connection, and each new one at once, until {@link #admit}. */
  public void refuse() {
    refusing = true;
    cut();
  }

  /** Ends {@link #refuse}. */
  public void admit() {
    refusing = false;
  }

  /** Lets nothing pass any more, in either direction, and closes nothing; new connections hang. */
  public void freeze() {
    gate.shut();
  }

  /** Ends {@link #freeze}; what was held back arrives. */
  public void thaw() {
    gate.open();
  }

  /** The server loses its side of every connection; the client's stays open, and nobody answers. */
  public void halfOpen() {
    passages.forEach(Passage::loseServer);
  }

  /**
   * Resets a connection in the place of passing an answer on, where the request held {@code mark}:
   * the server has done what it was asked and the client does not know. Until {@code times} are
   * used up.
   */
  public void cutAtAnswersTo(String mark, int times) {
    trap.set(Trap.Kind.ANSWER, mark.getBytes(StandardCharsets.US_ASCII), times);
  }

  /** Resets a connection in the place of passing a request on that holds {@code mark}. */
  public void cutAtRequestsOf(String mark, int times) {
    trap.set(Trap.Kind.REQUEST, mark.getBytes(StandardCharsets.US_ASCII), times);
  }

  /** How many cuts of the last order are left. */
  public int cutsLeft() {
    return trap.left();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Thread.ofVirtual().start(() -> lead(client));
      } catch (IOException e) {
        // Closed, or a peer that was gone before it was here.
      }
    }
  }

  private void lead(Socket client) {
    var passage = new Passage(client, gate, trap);
    try {
      gate.await();
      if (refusing || door.isClosed()) {
        passage.cut();
        return;
      }
      var server = new Socket();
      server.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_LIMIT_MILLIS);
      passages.add(passage);
      if (refusing || door.isClosed()) { // Since it was looked, and whoever cut has not seen it.
        passage.cut();
      }
      passage.run(server);
    } catch (IOException e) {
      passage.cut();
    } finally {
      passages.remove(passage);
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException("A proxy's port could not be closed.", e);
    }
    gate.open();
    cut();
  }
}

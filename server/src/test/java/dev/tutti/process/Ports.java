package dev.tutti.process;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for what is told where to listen, and may come back there. They are below those that a
 * kernel gives to whoever asks for any, as three JVMs of tests do all the time: what is free now is
 * still free when somebody listens at last.
 */
public final class Ports {
  private static final int FIRST = 26_000;
  private static final int END = 32_000;

  private Ports() {}

  /** One that nobody listens on, at whatever address of this machine. */
  public static int free() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(port));
        return port;
      } catch (BindException taken) {
        // Another one.
      }
    }
  }
}

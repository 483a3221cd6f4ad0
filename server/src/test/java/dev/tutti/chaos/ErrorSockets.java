package dev.tutti.chaos;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;

/** Sockets for the driver, which throw an {@link Error} when they are told to. */
public final class ErrorSockets extends SocketFactory {
  /** Large writes, such as appends are, that end with an error from now on. */
  static final AtomicInteger ERRORS = new AtomicInteger();

  private static final int LARGE_BYTES = 1_000;

  @Override
  public Socket createSocket() {
    return new Failing();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return new Socket(host, port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return new Socket(host, port, local, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return new Socket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return new Socket(host, port, local, localPort);
  }

  private static final class Failing extends Socket {
    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
          if (count > LARGE_BYTES && ERRORS.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new InternalError("planted");
          }
          out.write(bytes, from, count);
        }
      };
    }
  }
}

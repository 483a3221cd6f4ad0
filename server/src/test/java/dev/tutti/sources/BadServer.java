package dev.tutti.sources;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** An HTTP interface of somebody else on this machine, with all that can be wrong with one. */
public final class BadServer implements AutoCloseable {
  /** Paths that were asked for, in order. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  /** What came in the header {@code Authorization}. */
  final List<String> shown = new CopyOnWriteArrayList<>();

  /** What came in the header {@code Host}. */
  final List<String> hosts = new CopyOnWriteArrayList<>();

  private final CountDownLatch closing = new CountDownLatch(1);
  private final HttpServer server;

  /** One that answers until it is closed. */
  public BadServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where something is. */
  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** How often something was asked for. */
  public int askedFor(String path) {
    return Collections.frequency(asked, path);
  }

  /** What was shown as a credential, in order. */
  public List<String> shown() {
    return List.copyOf(shown);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(path);
    hosts.addAll(exchange.getRequestHeaders().getOrDefault("Host", List.of()));
    shown.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
    switch (path) {
      case "/good" -> write(exchange, 200, "{\"now\":{\"degrees\":21.5,\"sky\":\"clear\"}}");
      case "/wrong" -> write(exchange, 200, "<html>not JSON, but a token: s3cret</html>");
      case "/odd" ->
          write(
              exchange,
              200,
              "{\"now\":{\"degrees\":1e999,\"sky\":\"a\\u0085b \\ud83d"
                  + "☀".repeat(198)
                  + "🌧🌧🌧\"}}");
      case "/echo" -> {
        String heard = String.join(",", exchange.getRequestHeaders().get("Authorization"));
        write(exchange, 200, "{\"now\":{\"degrees\":21.5,\"sky\":\"I heard " + heard + "\"}}");
      }
      case "/infinite" -> write(exchange, 200, "{\"now\":{\"degrees\":1e999,\"sky\":1e999}}");
      case "/other" -> write(exchange, 200, "{\"else\":1}");
      case "/error" -> write(exchange, 500, "no");
      case "/away" -> {
        exchange.getResponseHeaders().add("Location", url("/good"));
        write(exchange, 302, "");
      }
      case "/huge" -> flood(exchange);
      default -> await();
    }
    exchange.close();
  }

  private static void write(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private static void flood(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    byte[] chunk = new byte[64 * 1024];
    try (OutputStream out = exchange.getResponseBody()) {
      for (int i = 0; i < 1_000; i++) {
        out.write(chunk);
      }
    } catch (IOException e) {
      // The reader has had enough, as it should.
    }
  }

  /** Says nothing, for as long as anybody could wait. */
  private void await() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }
}

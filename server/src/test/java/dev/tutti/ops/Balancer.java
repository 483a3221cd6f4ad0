package dev.tutti.ops;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tutti.process.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * HAProxy with the very file that the containers' one reads, in front of three instances. Where it
 * is not installed the test is skipped; {@code ./tutti test} installs it where it can.
 */
public final class Balancer implements AutoCloseable {
  private static final Path CONFIGURATION = Path.of("..", "docker", "haproxy", "haproxy.cfg");

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Process process;
  private final Path log;
  private final int port;
  private final int figures;

  private Balancer(Process process, Path log, int port, int figures) {
    this.process = process;
    this.log = log;
    this.port = port;
    this.figures = figures;
  }

  /** The program; a test that asks is skipped where there is none. */
  public static Path program() {
    assumeTrue(installed().isPresent(), "HAProxy is not installed");
    return installed().orElseThrow();
  }

  /** The program where there is one, for a test that goes on without. */
  public static Optional<Path> installed() {
    return Stream.of("/usr/sbin/haproxy", "/usr/local/sbin/haproxy", "/usr/local/bin/haproxy")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts one before three ports of this machine, and waits until it finds all ready. */
  public static Balancer before(List<Integer> ports) throws IOException {
    Balancer balancer = before(ports.stream().map(port -> "127.0.0.1:" + port).toList(), Map.of());
    await().atMost(LIMIT).ignoreExceptions().until(balancer::allReady);
    return balancer;
  }

  /** Starts one before three addresses, with variables of its file, and waits for nothing. */
  public static Balancer before(List<String> servers, Map<String, String> variables)
      throws IOException {
    int port = Ports.free();
    int figures = Ports.free();
    var haproxy = new ProcessBuilder(program().toString(), "-db", "-f", CONFIGURATION.toString());
    haproxy.environment().put("TUTTI_BIND", "127.0.0.1:" + port);
    haproxy.environment().put("TUTTI_STATS", "127.0.0.1:" + figures);
    for (int i = 0; i < servers.size(); i++) {
      haproxy.environment().put("TUTTI_SERVER_" + (i + 1), servers.get(i));
    }
    haproxy.environment().putAll(variables);
    Path log = Path.of("target", "haproxy-" + port + ".log");
    Process process = haproxy.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new Balancer(process, log, port, figures);
  }

  /** Waits until it finds an instance ready. */
  public void awaitReady() {
    await().atMost(LIMIT).ignoreExceptions().until(() -> status(port, "/health/ready") == 200);
  }

  /** Waits until it has found one of its servers at another address, and all of them ready. */
  public void awaitMoved(String to) {
    await()
        .atMost(LIMIT)
        .until(() -> Files.readString(log).contains(" to " + to + " by names/dns") && allReady());
  }

  /** Whether it finds every instance ready. */
  public boolean allReady() throws IOException {
    try (InputStream in =
        URI.create("http://127.0.0.1:" + figures + "/metrics").toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .contains("haproxy_backend_active_servers{proxy=\"instances\"} 3");
    }
  }

  /** Where people come. */
  public int port() {
    return port;
  }

  /** Where its own figures are. */
  int figures() {
    return figures;
  }

  static int status(int port, String path) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
      return http.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

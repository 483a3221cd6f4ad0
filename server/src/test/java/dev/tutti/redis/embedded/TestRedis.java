package dev.tutti.redis.embedded;

import dev.tutti.postgres.TestPostgres;
import dev.tutti.process.Ports;
import dev.tutti.trouble.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real Redis of a test's own, to which everything may happen that happens to a Redis. It comes
 * back under the same address.
 */
public final class TestRedis implements AutoCloseable {
  private static final Path PROGRAMS = Path.of("target", "redis").toAbsolutePath();

  private final Path folder = TestPostgres.folder();
  private final int port;
  private final int busPort;
  private final int tlsPort;
  private final String password;
  private final List<String> settings;
  private EmbeddedRedis redis;

  private TestRedis(String password, int busPort, int tlsPort, List<String> settings) {
    this.port = freePort();
    this.password = password;
    this.busPort = busPort;
    this.tlsPort = tlsPort;
    this.settings = settings;
    start();
  }

  private static int freePort() {
    try {
      return Ports.free();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new one, which runs. Its caller closes it. */
  public static TestRedis started() {
    return with();
  }

  /** The program itself. */
  public static Path program() throws IOException {
    return Program.unpackedIn(Files.createDirectories(PROGRAMS));
  }

  /** One with further lines in its redis.conf. */
  public static TestRedis with(String... settings) {
    return new TestRedis(EmbeddedRedis.newPassword(), 0, 0, List.of(settings));
  }

  /** The same, behind TLS too: at {@link #tlsPort}. */
  public static TestRedis withTls(TestCertificate certificate, String... settings) {
    int tlsPort = freePort();
    Stream<String> all = Stream.concat(tls(certificate, tlsPort), Stream.of(settings));
    return new TestRedis(EmbeddedRedis.newPassword(), 0, tlsPort, all.toList());
  }

  private static Stream<String> tls(TestCertificate certificate, int port) {
    return Stream.of(
        "tls-port " + port,
        "tls-cert-file " + certificate.chain(),
        "tls-key-file " + certificate.key(),
        "tls-ca-cert-file " + certificate.chain(),
        "tls-auth-clients no");
  }

  /** One that is to be a node of a Cluster. */
  static TestRedis node(String password) {
    int busPort = freePort();
    return new TestRedis(password, busPort, 0, cluster(busPort).toList());
  }

  /** The same, whose clients and other nodes come by TLS. */
  static TestRedis nodeWithTls(String password, TestCertificate certificate, String... settings) {
    int busPort = freePort();
    int tlsPort = freePort();
    Stream<String> own = Stream.concat(cluster(busPort), tls(certificate, tlsPort));
    Stream<String> more = Stream.concat(Stream.of("tls-cluster yes"), Stream.of(settings));
    return new TestRedis(password, busPort, tlsPort, Stream.concat(own, more).toList());
  }

  private static Stream<String> cluster(int busPort) {
    return Stream.of("cluster-enabled yes", "cluster-port " + busPort, "cluster-node-timeout 2000");
  }

  /** Where it speaks TLS; 0 for nowhere. */
  public int tlsPort() {
    return tlsPort;
  }

  int busPort() {
    return busPort;
  }

  public int port() {
    return port;
  }

  public String password() {
    return password;
  }

  /** With the password. */
  public String url() {
    return url(port);
  }

  /** The same Redis through another port, for example a proxy's. */
  public String url(int through) {
    return "redis://:%s@127.0.0.1:%d".formatted(password, through);
  }

  /** Starts it, after a {@link #kill}. Takes commands when this returns. */
  public void start() {
    redis = EmbeddedRedis.start(folder, PROGRAMS, port, password, settings);
  }

  /** It is gone at once, and its connections with it. */
  public void kill() {
    redis.close();
  }

  /** It stands still: its connections stay, and nothing is answered. */
  public void freeze() {
    signal("STOP");
  }

  /** It goes on after {@link #freeze}. */
  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      String pid = Long.toString(redis.pid());
      int exit = new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor();
      if (exit != 0) {
        throw new AssertionError("kill -" + name + " ended with " + exit);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Forgets everything that it holds. */
  public void flush() {
    ask("FLUSHALL");
  }

  /** Cuts every connection of its clients, but for the one that says so. */
  public void cutClients() {
    ask("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    ask("CLIENT", "KILL", "TYPE", "pubsub");
  }

  /** Sends one command and returns the first line of its reply, or the text that it holds. */
  public String ask(String... words) {
    try (Resp connection = connect()) {
      return connection.ask(words);
    }
  }

  /** Publishes any bytes, as whoever has the password may. */
  public void publish(String channel, byte[] message) {
    try (Resp connection = connect()) {
      connection.publish(channel, message);
    }
  }

  /** A connection that has authenticated. */
  public Resp connect() {
    return Resp.to(port, password);
  }

  @Override
  public void close() {
    redis.close();
  }
}

package dev.tutti.redis.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Redis that belongs to this process: on loopback only, behind a password, keeping nothing. It
 * ends with this process, however that ends.
 */
public final class EmbeddedRedis implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedRedis.class);
  private static final int MAX_ATTEMPTS = 3;
  private static final int PASSWORD_BYTES = 16;
  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(5);
  private static final int PROBE_MILLIS = 2_000;

  private final Path folder;
  private final Guard guard;
  private final ProcessHandle process;
  private final int port;
  private final String password;

  private EmbeddedRedis(
      Path folder, Guard guard, ProcessHandle process, int port, String password) {
    this.folder = folder;
    this.guard = guard;
    this.process = process;
    this.port = port;
    this.password = password;
  }

  /**
   * Starts Redis on a free port, in a folder that is made where it is not there. Takes some tens of
   * milliseconds. The folder is used by one Redis at a time.
   *
   * @throws RedisFailed with a sentence, when it cannot be started
   */
  public static EmbeddedRedis start(Path folder) {
    try {
      for (int attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
        try {
          return start(folder, folder, freePort(), newPassword(), List.of());
        } catch (RedisFailed failed) {
          // Its port may have been taken in this very moment.
          log.debug("Redis did not start; trying again.", failed);
        }
      }
      return start(folder, folder, freePort(), newPassword(), List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param programs where the program is unpacked; many may share it
   * @param settings further lines of redis.conf
   */
  static EmbeddedRedis start(
      Path folder, Path programs, int port, String password, List<String> settings) {
    try {
      Files.createDirectories(folder);
      Files.createDirectories(programs);
      RedisFiles files = new RedisFiles(folder.toRealPath());
      files.write(port, password, settings);
      Guard guard = Guard.start(files.folder(), Program.unpackedIn(programs.toRealPath()));
      long deadline = System.nanoTime() + START_LIMIT.toNanos();
      while (System.nanoTime() < deadline && !guard.hasGivenUp()) {
        var process = files.process();
        if (process.isPresent() && answers(port, password)) {
          log.info("Redis runs on 127.0.0.1:{}.", port);
          return new EmbeddedRedis(folder, guard, process.get(), port, password);
        }
        if (files.lastWords().contains("Failed listening")) {
          break;
        }
        LockSupport.parkNanos(POLL.toNanos());
      }
      guard.release();
      throw new RedisFailed("Redis did not start. The end of its log:\n" + files.lastWords());
    } catch (IOException e) {
      throw new RedisFailed("Redis could not be started in %s: %s".formatted(folder, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RedisFailed("Interrupted while Redis was started.", e);
    }
  }

  /** Whether the Redis on that port is the one with this password, and takes commands. */
  private static boolean answers(int port, String password) {
    String expected = "+OK\r\n+PONG\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PROBE_MILLIS);
      String ask = "AUTH " + password + "\r\nPING\r\n";
      socket.getOutputStream().write(ask.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(expected.length());
      return new String(answer, StandardCharsets.US_ASCII).equals(expected);
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Free a moment ago. */
  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static String newPassword() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * Starts one in the place of this one, which has ended, under the same address.
   *
   * @throws RedisFailed with a sentence, when it cannot be started
   */
  public EmbeddedRedis again() {
    return start(folder, folder, port, password, List.of());
  }

  /** What {@code --redis-url} takes, with the password: a secret. */
  public String url() {
    return "redis://:%s@127.0.0.1:%d".formatted(password, port);
  }

  public int port() {
    return port;
  }

  /** The number of its process. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs; somebody may have killed it. */
  public boolean isAlive() {
    // One that has ended, and that nobody has collected, still has a number but no program.
    return process.isAlive() && process.info().command().isPresent();
  }

  /** Ends Redis, and waits for its end. */
  @Override
  public void close() {
    try {
      guard.release();
      while (isAlive()) {
        LockSupport.parkNanos(POLL.toNanos());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Redis could not be stopped.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.tutti.postgres.embedded;

import dev.tutti.postgres.PostgresRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL that belongs to this server: started and stopped with it, on loopback only, behind a
 * password that lies in the data directory and is readable by the server's account alone.
 *
 * <p>The data directory holds {@code postgres} (its files), {@code password}, {@code lock} and, the
 * first time, the unpacked programs. One server at a time may use it. When this process dies in any
 * way, PostgreSQL is shut down by a {@link Guard} beside it; when PostgreSQL dies, a {@link Keeper}
 * starts it again.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final int MAX_ATTEMPTS = 3;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private final DataLock lock;
  private final Cluster cluster;
  private final Keeper keeper;
  private final int port;
  private final String password;

  private EmbeddedPostgres(DataLock lock, Cluster cluster, Run run, int port) throws IOException {
    this.lock = lock;
    this.cluster = cluster;
    this.port = port;
    this.password = cluster.password();
    this.keeper = new Keeper(cluster, port, run);
  }

  /**
   * Starts PostgreSQL over a data directory, which is made where it is not there. Takes well under
   * a second on a warm directory, a few seconds the first time, and as long as its recovery takes
   * after a crash.
   *
   * @throws PostgresRefused when the directory is in use, when this machine has no binaries, or
   *     when PostgreSQL does not start; with a sentence for a person
   */
  public static EmbeddedPostgres start(Path data) {
    return start(data, data);
  }

  /** As {@link #start(Path)}, with the programs in a folder that several data directories share. */
  public static EmbeddedPostgres start(Path data, Path programs) {
    try {
      Path folder = madeReady(data);
      var lock = DataLock.of(folder);
      try {
        return startLocked(lock, folder, madeReady(programs));
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new PostgresRefused(
          "The embedded PostgreSQL could not be started in %s: %s".formatted(data, e), e);
    }
  }

  /** Whether a data directory holds a database; looks, and makes nothing. */
  public static boolean isIn(Path data) {
    return Files.isDirectory(Cluster.folderIn(data));
  }

  private static Path madeReady(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder.toAbsolutePath());
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }
    return folder.toRealPath();
  }

  private static EmbeddedPostgres startLocked(DataLock lock, Path data, Path programs)
      throws IOException {
    var account = Account.ofThisProcess();
    account.requireEntryTo(data);
    if (programs.equals(data)) {
      Binaries.deleteUnfinished(data);
    }
    var binaries = Binaries.unpackedIn(programs);
    account.requireEntryTo(binaries.folder());
    var cluster = new Cluster(data, binaries, account);
    cluster.initialize();
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      int port = freePort();
      var run = Run.start(cluster, port, () -> false);
      if (run.isPresent()) {
        log.info("PostgreSQL runs on 127.0.0.1:{} over {}.", port, cluster.folder());
        return new EmbeddedPostgres(lock, cluster, run.get(), port);
      }
    }
    throw new PostgresRefused(
        "PostgreSQL did not start. The end of its log %s:%n%s"
            .formatted(cluster.logFile(), cluster.lastWords()));
  }

  /** Free a moment ago; if something takes it meanwhile, the next attempt finds another. */
  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public String jdbcUrl() {
    return jdbcUrl(Cluster.DATABASE);
  }

  /** Where it listens on loopback, the same for as long as this object lives. */
  public int port() {
    return port;
  }

  /** The address of another database in it. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  public String user() {
    return Cluster.USER;
  }

  public String password() {
    return password;
  }

  /** The number of PostgreSQL's first process; another after it was started again. */
  public long pid() {
    return keeper.run().pid();
  }

  /** Shuts PostgreSQL down in order: open transactions are rolled back. Waits for its end. */
  @Override
  public void close() {
    try {
      keeper.close();
      Run run = keeper.run();
      run.release();
      if (!eventually(() -> !run.isAlive(), STOP_LIMIT)) {
        log.warn("PostgreSQL takes too long to shut down; it will recover at the next start.");
        cluster.stop("immediate");
      }
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The embedded PostgreSQL could not be stopped.", e);
    }
  }

  private static boolean eventually(BooleanSupplier condition, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() >= deadline) {
        return false;
      }
      LockSupport.parkNanos(Run.POLL.toNanos());
    }
    return true;
  }
}

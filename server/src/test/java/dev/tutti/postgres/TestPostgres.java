package dev.tutti.postgres;

import dev.tutti.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One real PostgreSQL for all tests of the JVM, started when the first one asks and stopped at the
 * end. Every test class takes a database of its own.
 */
public final class TestPostgres {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private TestPostgres() {}

  /** A new and empty database. */
  public static PostgresSettings database() {
    return database("");
  }

  /** A new database with options of {@code create database}. */
  static PostgresSettings database(String options) {
    var name = "test" + DATABASES.incrementAndGet();
    execute(settings(Running.SERVER.jdbcUrl()), "create database " + name + " " + options);
    return settings(Running.SERVER.jdbcUrl(name));
  }

  /** A new database, and a new account that owns it and is nothing special otherwise. */
  public static PostgresSettings ownedBy(String account) {
    PostgresSettings database = database();
    String name = database.jdbcUrl().replaceFirst(".*/", "");
    execute(database, "create role " + account + " login password '" + account + "'");
    execute(database, "alter database " + name + " owner to " + account);
    return PostgresSettings.of(database.jdbcUrl(), account, account);
  }

  /** Another database of the same server. */
  static PostgresSettings sibling(PostgresSettings database, String name) {
    return settings(database.jdbcUrl().replaceFirst("[^/]*$", name));
  }

  /** A journal in a new database. Its caller closes it. */
  public static PostgresJournal journal() {
    return PostgresJournal.open(database());
  }

  /** Runs SQL of any kind. */
  public static void execute(PostgresSettings database, String sql) {
    try (Connection connection = connect(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** The first column of the first row, as text. */
  public static String ask(PostgresSettings database, String sql) {
    try (Connection connection = connect(database);
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  public static Connection connect(PostgresSettings database) throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }

  private static PostgresSettings settings(String jdbcUrl) {
    return PostgresSettings.of(jdbcUrl, Running.SERVER.user(), Running.SERVER.password());
  }

  /**
   * A new folder that every account can enter, as PostgreSQL has one of its own when the tests run
   * as root.
   */
  public static Path folder() {
    try {
      Path folder = Files.createTempDirectory("tutti-test-");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (var all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // What a dying process still writes stays behind in the folder for temporary files.
    }
  }

  /**
   * The programs of PostgreSQL, unpacked once for all tests: below {@code target}, for the next run
   * too, unless PostgreSQL's account could not enter there.
   */
  public static Path programs() {
    return Running.PROGRAMS;
  }

  private static final class Running {
    static final Path PROGRAMS = chosenForPrograms();
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      var server = EmbeddedPostgres.start(folder(), PROGRAMS);
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      return server;
    }

    private static Path chosenForPrograms() {
      Path target = Path.of("target").toAbsolutePath();
      for (Path path = target; path != null; path = path.getParent()) {
        if (!isOpenToAll(path)) {
          return folder();
        }
      }
      return target.resolve("postgres");
    }

    private static boolean isOpenToAll(Path path) {
      try {
        return Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_EXECUTE);
      } catch (IOException e) {
        return false;
      }
    }
  }
}

package dev.tutti.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal's tables, changed while instances of this version and of the one before work on them:
 * {@code docs/decisions/0039-old-and-new-instances-together.md} has the rules. For the thread that
 * starts; blocks.
 *
 * @param locations where the migrations are, as Flyway names places
 * @param lockLimit how long one try may wait for a table, and so hold up those who append to it
 * @param tries how often, with as long a pause between two
 */
record Schema(Database database, String[] locations, Duration lockLimit, int tries) {
  private static final Logger log = LoggerFactory.getLogger(Schema.class);
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final MigrationVersion NONE = MigrationVersion.fromVersion("0");

  /** The one of this version of the server. */
  static Schema of(Database database) {
    return new Schema(database, new String[] {"classpath:db/migration"}, Duration.ofSeconds(1), 10);
  }

  /**
   * Brings the tables up to date. Those of a later version stay as they are, if they say that this
   * one may use them.
   *
   * @throws PostgresRefused when it may not, or they could not be changed
   */
  void bringUpToDate() {
    Flyway flyway = flyway();
    try {
      if (!isLater(flyway)) {
        migrate(flyway);
      }
    } catch (FlywayException e) {
      throw new PostgresRefused(
          "The journal's tables could not be brought up to date: " + e.getMessage(), e);
    }
  }

  private Flyway flyway() {
    var settings = database.settings();
    return Flyway.configure()
        .dataSource(settings.jdbcUrl(), settings.user(), settings.password())
        .locations(locations)
        .failOnMissingLocations(true)
        .callbacks(new LockLimit(lockLimit))
        .load();
  }

  /** Set on every connection that changes tables. */
  private static final class LockLimit extends BaseCallback {
    private final Duration limit;

    LockLimit(Duration limit) {
      this.limit = limit;
    }

    @Override
    public boolean supports(Event event, Context context) {
      return event == Event.AFTER_CONNECT;
    }

    @Override
    public void handle(Event event, Context context) {
      try (Statement statement = context.getConnection().createStatement()) {
        statement.execute("set lock_timeout = " + limit.toMillis());
      } catch (SQLException e) {
        throw new FlywayException("The limit on locks was refused.", e);
      }
    }
  }

  /** Whether a later version of the server has made these tables. */
  private boolean isLater(Flyway flyway) {
    MigrationInfo[] all = flyway.info().all();
    MigrationVersion known = newest(all, MigrationState::isResolved);
    MigrationVersion found = newest(all, MigrationState::isApplied);
    if (!found.isNewerThan(known)) {
      return false;
    }
    long oldest = oldestVersion();
    if (MigrationVersion.fromVersion(Long.toString(oldest)).isNewerThan(known)) {
      throw new PostgresRefused(
          ("The journal's tables are of version %s, which needs a server that knows version %d;"
                  + " this one knows %s. Start the version that changed them, or a later one.")
              .formatted(found, oldest, known));
    }
    log.info("The journal's tables are of version {}, later than {}; that is fine.", found, known);
    return true;
  }

  private static MigrationVersion newest(MigrationInfo[] all, Predicate<MigrationState> which) {
    return Arrays.stream(all)
        .filter(info -> which.test(info.getState()))
        .flatMap(info -> Optional.ofNullable(info.getVersion()).stream())
        .max(Comparator.naturalOrder())
        .orElse(NONE);
  }

  private long oldestVersion() {
    try (Connection connection =
            DriverManager.getConnection(database.settings().jdbcUrl(), database.properties());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select oldest_version from journal")) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new PostgresRefused("The journal does not say who may use it: " + e.getMessage(), e);
    }
  }

  private void migrate(Flyway flyway) {
    for (int left = tries - 1; ; left--) {
      try {
        flyway.migrate();
        return;
      } catch (FlywayException e) {
        if (!isLocked(e)) {
          throw e;
        }
        if (left == 0) {
          throw new PostgresRefused(
              "The journal's tables are to be changed, but something holds them: a dump, a long"
                  + " query or a transaction that was left open. Start again when it has ended.",
              e);
        }
        log.info("The journal's tables are held by somebody; their change is tried again.");
        pause();
      }
    }
  }

  private static boolean isLocked(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  private void pause() {
    try {
      Thread.sleep(lockLimit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresRefused("Interrupted while the journal's tables were held.", e);
    }
  }
}

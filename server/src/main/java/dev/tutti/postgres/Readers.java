package dev.tutti.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.tutti.journal.JournalException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A few threads with as many connections, on which everything but appends runs. */
final class Readers {
  /** Questions that may wait; one more fails at once. */
  static final int MAX_WAITING = 10_000;

  private static final Duration CONNECTION_LIMIT = Duration.ofSeconds(5);

  /** Work on a connection, which commits by itself after each statement. */
  interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  private final HikariDataSource pool;
  private final ThreadPoolExecutor threads;

  /** Why there was no connection when one was asked for last; empty when there was one. */
  private volatile String noConnection = "";

  Readers(Database database) {
    int count = database.settings().readers();
    var config = new HikariConfig();
    config.setPoolName("journal-readers");
    config.setJdbcUrl(database.settings().jdbcUrl());
    config.setDataSourceProperties(database.properties());
    config.setMaximumPoolSize(count);
    config.setMinimumIdle(1);
    // Else the pool asks its first connection for it, once: if that is cut meanwhile, every later
    // one is set to a level that there is not, and refused, for good.
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setConnectionTimeout(CONNECTION_LIMIT.toMillis());
    config.setInitializationFailTimeout(-1);
    pool = new HikariDataSource(config);
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().name("journal-reader-", 0).daemon().factory());
  }

  /** Asks on a thread of its own; the future fails with {@link JournalException} alone. */
  <T> CompletableFuture<T> ask(Question<T> question) {
    var answer = new CompletableFuture<T>();
    try {
      threads.execute(() -> answer(question, answer));
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(
          new JournalException("The journal is closed, or too much waits for it.", e));
    }
    return answer;
  }

  private <T> void answer(Question<T> question, CompletableFuture<T> answer) {
    try (Connection connection = pool.getConnection()) {
      noConnection = "";
      answer.complete(question.ask(connection));
    } catch (SQLException | RuntimeException | Error e) {
      // An error too: whoever asked would wait for ever.
      answer.completeExceptionally(
          new JournalException("The journal could not be read: " + reason(e) + ".", e));
    }
  }

  /** The pool tells only one of those that wait why there is no connection. */
  private String reason(Throwable failure) {
    boolean untold =
        failure instanceof SQLTransientConnectionException && failure.getCause() == null;
    String known = noConnection;
    if (untold && !known.isEmpty()) {
      return known;
    }
    String reason = Reason.of(failure);
    if (failure instanceof SQLTransientConnectionException) {
      noConnection = untold ? "" : reason;
    }
    return reason;
  }

  /** Questions that wait for a thread. Any thread. */
  int waiting() {
    return threads.getQueue().size();
  }

  /** The connections as they are now. Any thread. */
  ReaderPool state() {
    HikariPoolMXBean now = pool.getHikariPoolMXBean();
    return now == null
        ? new ReaderPool(0, 0, 0, pool.getMaximumPoolSize())
        : new ReaderPool(
            now.getActiveConnections(),
            now.getIdleConnections(),
            now.getThreadsAwaitingConnection(),
            pool.getMaximumPoolSize());
  }

  /** Takes no more; answers what waits. Returns at once. */
  void finish() {
    threads.shutdown();
  }

  /**
   * Takes no more. Half of this time is for answers to what waits, the other for the connections: a
   * pool takes as long to close as it takes to reach PostgreSQL.
   */
  void close(Duration limit) throws InterruptedException {
    long endNanos = System.nanoTime() + limit.toNanos();
    finish();
    if (!threads.awaitTermination(limit.toMillis() / 2, TimeUnit.MILLISECONDS)) {
      threads.shutdownNow();
    }
    Thread.ofPlatform()
        .name("journal-readers-closing")
        .daemon()
        .start(pool::close)
        .join(Duration.ofNanos(Math.max(1, endNanos - System.nanoTime())));
  }
}

package dev.tutti.postgres.embedded;

/**
 * The settings of the embedded PostgreSQL, written anew at every start. Why they are what they are
 * stands in {@code docs/decisions/0011-embedded-postgresql.md}.
 */
final class Settings {
  static final String FILE = "tutti.conf";

  private static final String FIXED =
      """
      # Written by the server at every start. Put your own settings into postgresql.conf; those
      # that are also named here have no effect there.
      listen_addresses = '127.0.0.1'
      unix_socket_directories = ''
      password_encryption = 'scram-sha-256'
      fsync = on
      full_page_writes = on
      synchronous_commit = on
      max_connections = 50
      shared_buffers = '128MB'
      max_wal_size = '1GB'
      checkpoint_timeout = '15min'
      wal_level = replica
      max_wal_senders = 2
      max_logical_replication_workers = 0
      max_parallel_workers_per_gather = 0
      io_method = sync
      jit = off
      random_page_cost = 1.1
      timezone = 'UTC'
      log_timezone = 'UTC'
      log_checkpoints = off
      log_line_prefix = '%m [%p] '
      """;

  private Settings() {}

  static String on(int port) {
    return FIXED + "port = " + port + "\n";
  }
}

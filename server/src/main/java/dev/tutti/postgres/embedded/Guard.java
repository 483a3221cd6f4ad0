package dev.tutti.postgres.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A small shell beside the server. It starts PostgreSQL, then waits on a pipe whose other end only
 * the server holds, and stops PostgreSQL when that end closes: by {@link #release}, or because the
 * server is gone, by {@code kill -9} too.
 *
 * <p>{@code pg_ctl} puts PostgreSQL into a session of its own, so that Ctrl-C in a terminal reaches
 * the server and not its database, which is still needed to shut down in order.
 */
final class Guard {
  private static final String SCRIPT =
      """
      trap '' INT HUP TERM
      files=$1; ctl=$2; shift 2
      "$@" "$ctl" --pgdata="$files" --log="$files/server.log" --wait --timeout=3600 --silent \\
        start </dev/null || exit 1
      read -r pid <"$files/postmaster.pid" || exit 1
      cat >/dev/null
      # Only if the number still belongs to it.
      words=$(tr '\\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null || ps -o args= -p "$pid")
      case "$words" in *"$files"*) kill -INT "$pid" ;; esac
      """;

  private final Process shell;

  private Guard(Process shell) {
    this.shell = shell;
  }

  static Guard start(Cluster cluster, Binaries binaries, Account account, Path data)
      throws IOException {
    var words = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "sh"));
    words.add(cluster.folder().toString());
    words.add(binaries.program("pg_ctl").toString());
    words.addAll(account.prefix());
    var builder = new Command(words, data).builder();
    builder.redirectErrorStream(true).redirectOutput(data.resolve("start.log").toFile());
    return new Guard(builder.start());
  }

  /** Whether PostgreSQL could not be started. */
  boolean hasGivenUp() {
    return !shell.isAlive();
  }

  /** Lets PostgreSQL shut down. Returns at once. */
  void release() throws IOException {
    shell.getOutputStream().close();
  }
}

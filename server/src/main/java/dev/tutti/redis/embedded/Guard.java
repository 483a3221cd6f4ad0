package dev.tutti.redis.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A small shell beside this process. It starts Redis, then waits on a pipe whose other end only
 * this process holds, and kills Redis when that end closes: by {@link #release}, or because this
 * process is gone, by {@code kill -9} too. Nothing is lost by killing it: it keeps nothing.
 *
 * <p>Redis makes itself a daemon, in a session of its own, so that Ctrl-C in a terminal does not
 * reach it before the servers that use it.
 */
final class Guard {
  private static final String SCRIPT =
      """
      trap '' INT HUP TERM
      folder=$1
      "$2" "$folder/redis.conf" </dev/null || exit 1
      cat >/dev/null
      pid=$(cat "$folder/redis.pid" 2>/dev/null) || exit 0
      # Only if the number still belongs to it.
      words=$(tr '\\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null || ps -o args= -p "$pid")
      case "$words" in *"$folder"*) kill -KILL "$pid" ;; esac
      """;

  private final Process shell;

  private Guard(Process shell) {
    this.shell = shell;
  }

  static Guard start(Path folder, Path program) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of("/bin/sh", "-c", SCRIPT, "sh", folder.toString(), program.toString()));
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("start.log").toFile());
    return new Guard(builder.start());
  }

  /** Whether Redis could not be started. */
  boolean hasGivenUp() {
    return !shell.isAlive();
  }

  /** Ends Redis. Returns when it has ended. */
  void release() throws IOException, InterruptedException {
    shell.getOutputStream().close();
    shell.waitFor();
  }
}

package dev.tutti.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A process that does not outlive this one. A small shell starts it and holds a pipe from here;
 * when the pipe closes, by {@link #release} or because this process is gone, by {@code kill -9}
 * too, it tells the process to end, and kills it when it has not ended in the time that it may
 * take. A frozen process is woken for that.
 *
 * <p>Where there is a {@code setsid}, the process has a session of its own, so that Ctrl-C in a
 * terminal reaches the fleet alone, which then stops its parts in order.
 */
final class Leash {
  private static final String PID = "pid ";
  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final String SCRIPT =
      """
      trap '' INT HUP
      trap ':' TERM
      exec 3<&0
      grace=$1; shift
      "$@" </dev/null 3<&- &
      child=$!
      echo "pid $child"
      (
        cat <&3
        kill -TERM "$child"; kill -CONT "$child"
        seconds=0
        while kill -0 "$child" && [ $seconds -lt $grace ]; do sleep 1; seconds=$((seconds + 1)); done
        kill -KILL "$child"
      ) >/dev/null 2>&1 &
      guard=$!
      exec 3<&-
      while :; do
        wait "$child"
        code=$?
        kill -0 "$child" 2>/dev/null || break
      done
      kill -KILL "$guard"
      exit $code
      """;

  private final Process shell;
  private final long pid;

  private Leash(Process shell, long pid) {
    this.shell = shell;
    this.pid = pid;
  }

  /**
   * Starts a process. Returns when it runs.
   *
   * @param grace how long it may take to end when it is told to, in whole seconds
   * @param environment variables beside those of this process
   * @param lines gets each line that it writes, on a thread of its own
   */
  static Leash start(
      List<String> words,
      Duration grace,
      Map<String, String> environment,
      Path folder,
      Consumer<String> lines)
      throws IOException {
    List<String> all = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      all.add(SETSID.toString());
    }
    all.addAll(List.of("/bin/sh", "-c", SCRIPT, "sh", Long.toString(whole(grace))));
    all.addAll(words);
    var builder = new ProcessBuilder(all).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process shell = builder.start();
    BufferedReader output = shell.inputReader(StandardCharsets.UTF_8);
    String first = output.readLine();
    if (first == null || !first.startsWith(PID)) {
      shell.destroyForcibly();
      throw new IOException(words.getFirst() + " could not be started: " + first);
    }
    Thread.ofVirtual().start(() -> read(output, lines));
    return new Leash(shell, Long.parseLong(first.substring(PID.length())));
  }

  /** In seconds, as a shell counts them, and never less. */
  private static long whole(Duration grace) {
    return grace.plusSeconds(1).minusNanos(1).toSeconds();
  }

  private static void read(BufferedReader output, Consumer<String> lines) {
    try (output) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.accept(line);
      }
    } catch (IOException e) {
      // It was killed while it wrote.
    }
  }

  /** The process itself, not the shell. */
  long pid() {
    return pid;
  }

  /**
   * Completes when it has ended, with its exit code; what a signal ended has 128 and its number.
   */
  CompletableFuture<Integer> ended() {
    return shell.onExit().thenApply(Process::exitValue);
  }

  /** Lets it go. Returns at once; see {@link #ended}. */
  void release() {
    try {
      shell.getOutputStream().close();
    } catch (IOException e) {
      // Gone already.
    }
  }

  /** {@code kill -9}. */
  void kill() {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }
}

package dev.tutti.attack;

import dev.tutti.process.TuttiCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code tutti serve} as a process of its own, from the tests' class path. */
final class ServerProcess {
  private static final int LIMIT_SECONDS = 60;

  private final Process process;
  private final Path data;
  private final StringBuffer output = new StringBuffer();

  /** Completes with the line that says ready, or fails when the process ends before. */
  private final CompletableFuture<String> ready = new CompletableFuture<>();

  /** Completes when all that it wrote was read. */
  private final CompletableFuture<Void> silent = new CompletableFuture<>();

  private ServerProcess(Process process, Path data) {
    this.process = process;
    this.data = data;
    Thread.ofVirtual().start(this::read);
  }

  static ServerProcess start(Path data, int port, List<String> options) throws IOException {
    return start(data, port, options, Map.of());
  }

  static ServerProcess start(
      Path data, int port, List<String> options, Map<String, String> environment)
      throws IOException {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("serve", "--port", Integer.toString(port), "--data", data.toString()));
    words.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(TuttiCommand.of(words)).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new ServerProcess(builder.start(), data);
  }

  private void read() {
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.append(line).append('\n');
        if (line.startsWith("ready ")) {
          ready.complete(line);
        }
      }
    } catch (IOException e) {
      // It was killed while it wrote.
    }
    ready.completeExceptionally(new IOException("The server ended: " + output));
    silent.complete(null);
  }

  ServerProcess awaitReady() {
    ready.copy().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    return this;
  }

  /** {@code kill -9}. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** {@code kill -15}; the exit code. */
  int terminate() {
    tell();
    return exitCode();
  }

  /** {@code kill -15}, without waiting for anything. */
  void tell() {
    process.toHandle().destroy();
  }

  /** Waits for its end, and until {@link #output} is all that it wrote. */
  int exitCode() {
    int code = process.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join().exitValue();
    silent.copy().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    return code;
  }

  String output() {
    return output.toString();
  }

  /** The PostgreSQL under it. Only while it is ready. */
  ProcessHandle postgres() throws IOException {
    long pid =
        Long.parseLong(Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst());
    return ProcessHandle.of(pid).orElseThrow();
  }

  /** Whether a process still runs; what ended and waits to be reaped does not. */
  static boolean runs(ProcessHandle handle) {
    return handle.isAlive() && handle.info().commandLine().isPresent();
  }
}

package dev.tutti.postgres.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Another Java process that starts an embedded PostgreSQL and stays. */
final class ServerProcess {
  private final Process process;
  private final ProcessHandle postgres;

  private ServerProcess(Process process, ProcessHandle postgres) {
    this.process = process;
    this.postgres = postgres;
  }

  static ServerProcess start(Path data, Path programs) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var words =
        List.of(
            java,
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ServerProcess.class.getName(),
            data.toString(),
            programs.toString());
    var process = new ProcessBuilder(words).redirectErrorStream(true).start();
    var pid = awaitPid(process.inputReader(StandardCharsets.UTF_8));
    return new ServerProcess(process, ProcessHandle.of(pid).orElseThrow());
  }

  private static long awaitPid(BufferedReader output) throws IOException {
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("postgres ")) {
        return Long.parseLong(line.substring("postgres ".length()));
      }
    }
    throw new IOException("The server ended before PostgreSQL was ready.");
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** {@code kill -9} for the server and for what would clean up behind it. */
  void killWithGuard() throws InterruptedException {
    process.children().forEach(ProcessHandle::destroyForcibly);
    kill();
  }

  /** Whether its PostgreSQL still runs; what ended and waits to be reaped does not. */
  boolean postgresRuns() {
    return postgres.isAlive() && postgres.info().commandLine().isPresent();
  }

  public static void main(String[] arguments) throws InterruptedException {
    var postgres = EmbeddedPostgres.start(Path.of(arguments[0]), Path.of(arguments[1]));
    System.out.println("postgres " + postgres.pid());
    Thread.currentThread().join();
  }
}

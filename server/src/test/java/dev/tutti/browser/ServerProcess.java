package dev.tutti.browser;

import dev.tutti.postgres.PostgresSettings;
import dev.tutti.process.TuttiCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server that can be killed: a process of its own, on a PostgreSQL that outlives it. */
final class ServerProcess implements AutoCloseable {
  private static final int START_SECONDS = 90;
  private static final int STOP_SECONDS = 30;
  private static final String READY = "ready ";

  private final Process process;
  private final String url;

  private ServerProcess(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Starts one and waits until it says that it is ready.
   *
   * @param data a folder for its secret, so that it knows its guests again
   */
  static ServerProcess start(PostgresSettings database, Path data, int port) throws Exception {
    List<String> words =
        List.of("serve", "--port", Integer.toString(port), "--data", data.toString());
    ProcessBuilder builder = new ProcessBuilder(TuttiCommand.of(words)).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "TUTTI_POSTGRES_URL", database.jdbcUrl(),
                "TUTTI_POSTGRES_USER", database.user(),
                "TUTTI_POSTGRES_PASSWORD", database.password()));
    Process process = builder.start();
    List<String> said = Collections.synchronizedList(new ArrayList<>());
    CompletableFuture<String> ready = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> listen(process, said, ready));
    try {
      return new ServerProcess(process, ready.get(START_SECONDS, TimeUnit.SECONDS));
    } catch (Exception e) {
      process.destroyForcibly();
      throw new IllegalStateException("The server did not start:\n" + String.join("\n", said), e);
    }
  }

  /** Its address, without a slash at the end. */
  String url() {
    return url;
  }

  /** {@code kill -9}: no goodbye, nothing finished. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      kill();
    }
  }

  /** Reads to the end, so that the server never waits for its own output. */
  private static void listen(Process process, List<String> said, CompletableFuture<String> ready) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        if (line.startsWith(READY)) {
          ready.complete(line.substring(READY.length()).split(" ", 2)[0]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      ready.completeExceptionally(new IllegalStateException("The server ended."));
    }
  }
}

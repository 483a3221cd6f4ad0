package dev.tutti.terminal;

import static org.awaitility.Awaitility.await;

import dev.tutti.process.TuttiCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code tutti chat} as a process of its own in a pipe, from the tests' class path. */
public final class ChatProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Process process;
  private final StringBuffer shown = new StringBuffer();
  private final Thread reader = Thread.ofVirtual().unstarted(this::read);

  private ChatProcess(Process process) {
    this.process = process;
    reader.start();
  }

  /** Somebody comes into a room. */
  public static ChatProcess start(String url, String room, String name) throws IOException {
    return start(Map.of(), "--url", url, "--room", room, "--name", name);
  }

  /** The command with these variables and options. */
  public static ChatProcess start(Map<String, String> environment, String... options)
      throws IOException {
    List<String> words =
        TuttiCommand.of(Stream.concat(Stream.of("chat"), Stream.of(options)).toList());
    ProcessBuilder process = new ProcessBuilder(words).redirectErrorStream(true);
    process.environment().putAll(environment);
    return new ChatProcess(process.start());
  }

  private void read() {
    try (var output = process.inputReader(StandardCharsets.UTF_8)) {
      for (int c = output.read(); c >= 0; c = output.read()) {
        shown.append((char) c);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public ChatProcess types(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    return this;
  }

  /** All that it has written so far. */
  public String shown() {
    return shown.toString();
  }

  public ChatProcess sees(String text) {
    await().atMost(PATIENCE).until(this::shown, now -> now.contains(text));
    return this;
  }

  /** Ends its input, and waits for its end; the exit code. */
  public int leaves() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("It does not end: " + shown);
    }
    reader.join();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

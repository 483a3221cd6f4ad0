package dev.tutti.fleet;

import dev.tutti.postgres.TestPostgres;
import dev.tutti.postgres.embedded.TestPrograms;
import dev.tutti.process.TuttiCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** {@code tutti fleet} as a process of its own, from the tests' class path. */
public final class FleetProcess implements AutoCloseable {
  private static final int LIMIT_SECONDS = 90;

  private final Process process;

  // Guarded by itself.
  private final List<String> lines = new ArrayList<>();

  private FleetProcess(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::read);
  }

  /** Starts a fleet on free ports, and waits until it says that it is ready. */
  public static FleetProcess start(Path data, int instances, String... options) throws IOException {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("fleet", "--instances", Integer.toString(instances), "--port", "0"));
    words.addAll(List.of("--data", data.toString(), "--drain-seconds", "1"));
    words.addAll(List.of(options));
    var fleet =
        new FleetProcess(
            new ProcessBuilder(TuttiCommand.of(words)).redirectErrorStream(true).start());
    fleet.await("fleet ready");
    return fleet;
  }

  /** A new data directory with the programs of PostgreSQL in it. */
  public static Path data() {
    return TestPrograms.linkedInto(TestPostgres.folder());
  }

  private void read() {
    try (var output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        synchronized (lines) {
          lines.add(line);
          lines.notifyAll();
        }
      }
    } catch (IOException e) {
      // It was killed while it wrote.
    }
    synchronized (lines) {
      lines.add("(the fleet has ended)");
      lines.notifyAll();
    }
  }

  /** Waits for a line that matches as a whole; the last one. */
  public MatchResult await(String pattern) {
    return await(pattern, 1);
  }

  /** Waits until so many lines match; the last one. */
  public MatchResult await(String pattern, int times) {
    Pattern wanted = Pattern.compile(pattern);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    synchronized (lines) {
      while (true) {
        var found = lines.stream().map(wanted::matcher).filter(m -> m.matches()).toList();
        if (found.size() >= times) {
          return found.getLast().toMatchResult();
        }
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0 || lines.contains("(the fleet has ended)")) {
          throw new AssertionError("No " + pattern + " in\n" + String.join("\n", lines));
        }
        try {
          lines.wait(left);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  /** The lines so far. */
  public List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /** Where an instance is, counted from 1. */
  public String url(int instance) {
    return await("instance " + instance + " ready (http://\\S+)").group(1);
  }

  /** The process of a part, the last one of that name. */
  public ProcessHandle process(String part) {
    long pid = Long.parseLong(await(part + " is process (\\d+).*").group(1));
    return ProcessHandle.of(pid).orElseThrow();
  }

  /** {@code kill -9}. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** {@code kill -15}; the exit code. */
  int terminate() {
    process.destroy();
    return process.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join().exitValue();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      terminate();
    }
  }
}

package dev.tutti.postgres.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One run of a program to its end. */
record Command(List<String> words, Path folder) {

  /**
   * How it ended.
   *
   * @param output what it wrote, both streams together
   */
  record Ended(int exitCode, String output) {
    boolean isFine() {
      return exitCode == 0;
    }
  }

  /** A program under an account, in a folder which that account can enter. */
  static Command of(Account account, Path folder, Object... words) {
    var all = new ArrayList<>(account.prefix());
    for (Object word : words) {
      all.add(word.toString());
    }
    return new Command(List.copyOf(all), folder);
  }

  Ended run(String input) throws IOException {
    Process process = builder().redirectErrorStream(true).start();
    try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
      in.write(input);
    } catch (IOException e) {
      // It ended without reading; its exit code says why.
    }
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(await(process), output.strip());
  }

  ProcessBuilder builder() {
    var builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  private static int await(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting for a program.", e);
    }
  }
}

package dev.tutti.browser;

import dev.tutti.postgres.embedded.TestPrograms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A data directory of a server under test, deleted at the end. It lies below the build's own
 * folder, since PostgreSQL, which never runs as root, must be able to reach it, and temporary
 * folders are closed to others.
 */
final class TestData implements AutoCloseable {
  private final Path folder;
  private final Path data;

  TestData(String name) throws IOException {
    folder =
        Files.createDirectories(
            Path.of("target", "browser", name + "-" + UUID.randomUUID()).toAbsolutePath());
    data = TestPrograms.linkedInto(folder.resolve("data"));
  }

  /** Only what a server would unpack at first is there. */
  Path path() {
    return data;
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(TestData::delete);
    } catch (UncheckedIOException e) {
      // PostgreSQL may still be taking its own files away; the build's folder is cleaned anyway.
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

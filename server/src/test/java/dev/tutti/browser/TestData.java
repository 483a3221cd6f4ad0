package dev.tutti.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Data directories of the servers under test: below the build's own folder, since PostgreSQL, which
 * never runs as root, must be able to reach them, and temporary folders are closed to others.
 */
final class TestData {
  private TestData() {}

  /** An empty place; nothing is there yet. */
  static Path fresh(String name) throws IOException {
    Path parent = Path.of("target", "browser", name + "-" + UUID.randomUUID());
    return Files.createDirectories(parent.toAbsolutePath()).resolve("data");
  }
}

package dev.tutti.postgres.embedded;

import dev.tutti.postgres.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** PostgreSQL's programs, unpacked once for all tests, which takes seconds of a core. */
public final class TestPrograms {
  private TestPrograms() {}

  /**
   * A data directory that has the programs already, and nothing else.
   *
   * @param data is made if it is not there
   */
  public static Path linkedInto(Path data) {
    try {
      Path shared = Files.createDirectories(TestPostgres.programs());
      Path unpacked = Binaries.unpackedIn(shared).folder();
      Files.createSymbolicLink(
          Files.createDirectories(data).resolve(unpacked.getFileName()), unpacked);
      return data;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

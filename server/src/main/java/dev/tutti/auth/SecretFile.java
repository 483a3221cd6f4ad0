package dev.tutti.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The secret that a server makes for itself, {@code token.secret} in its data directory, so that
 * guests keep their ids and {@code tutti token} works with nothing set up. Blocks on the disk; used
 * at start only.
 */
public final class SecretFile {
  private static final String NAME = "token.secret";
  private static final int MAX_BYTES = 4096;

  private SecretFile() {}

  /** Where the secret of a data directory lies. */
  public static Path in(Path data) {
    return data.resolve(NAME);
  }

  /**
   * The data directory's secret, if it has one already.
   *
   * @throws IOException with a sentence when it is there but cannot be used
   */
  public static Optional<Secret> find(Path data) throws IOException {
    Path file = in(data);
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  /**
   * The data directory's secret, made where there is none. Readable by its owner alone. The caller
   * holds the data directory's lock.
   *
   * @throws IOException with a sentence when it cannot be read or written
   */
  public static Secret findOrCreate(Path data, RandomGenerator random) throws IOException {
    Optional<Secret> found = find(data);
    if (found.isPresent()) {
      return found.get();
    }
    String text = Secret.generate(random);
    write(in(data), text + "\n");
    return Secret.of(text);
  }

  /**
   * A secret from a file that the operator names.
   *
   * @throws IOException with a sentence that names the file, never its content
   */
  public static Secret read(Path file) throws IOException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new IOException("The secret file " + file + " cannot be read.");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("The secret file " + file + " is over " + MAX_BYTES + " bytes.");
    }
    try {
      return Secret.of(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "The secret in " + file + " cannot be used: " + e.getMessage() + ".", e);
    } catch (IOException e) {
      throw new IOException("The secret file " + file + " is not UTF-8 text.", e);
    }
  }

  /** Writes beside and renames, so that a crash never leaves half a secret. */
  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path fresh = file.resolveSibling(NAME + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, text, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}

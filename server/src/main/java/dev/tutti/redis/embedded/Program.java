package dev.tutti.redis.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/** The program of Redis, unpacked from the class path. */
final class Program {
  private static final String NAME = "redis-server-7.0.15-";

  private Program() {}

  /**
   * Unpacks what fits this machine into a folder, unless it is there. It appears in one step, so
   * that many processes may do this at once.
   *
   * @throws RedisFailed when this server carries no Redis for this machine
   */
  static Path unpackedIn(Path folder) throws IOException {
    String name = nameOf(System.getProperty("os.name"), System.getProperty("os.arch"));
    Path program = folder.resolve(name).toAbsolutePath();
    if (Files.exists(program)) {
      return program;
    }
    try (InputStream in = Program.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new RedisFailed(
            "This server carries no Redis for %s on %s. Start one yourself, and name it with --redis-url."
                .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
      }
      Path fresh = Files.createTempFile(folder, "unpacking-", "");
      Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(fresh, program, StandardCopyOption.ATOMIC_MOVE);
    }
    return program;
  }

  static String nameOf(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
    String machine =
        switch (osArch) {
          case "aarch64", "arm64" -> "arm64";
          case "amd64", "x86_64" -> "amd64";
          default -> osArch;
        };
    return NAME + os + "-" + machine;
  }
}

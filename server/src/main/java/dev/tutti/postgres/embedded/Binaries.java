package dev.tutti.postgres.embedded;

import dev.tutti.postgres.PostgresRefused;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked from the class path.
 *
 * @param folder holds {@code bin}, {@code lib} and {@code share}
 */
record Binaries(Path folder) {
  private static final Logger log = LoggerFactory.getLogger(Binaries.class);

  private static final String UNPACKING = "unpacking-";

  Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  /**
   * Unpacks what fits this machine below {@code cache}, unless it is there. The folder's name
   * carries a checksum of the archive, and it appears in one step, whole: many processes may do
   * this at once.
   *
   * @throws PostgresRefused when this server carries no PostgreSQL for this machine
   */
  static Binaries unpackedIn(Path cache) throws IOException {
    String resource = resourceOf(System.getProperty("os.name"), System.getProperty("os.arch"));
    URL archive = Binaries.class.getResource(resource);
    if (archive == null) {
      throw unsupported();
    }
    Path folder = cache.resolve("binaries-" + stampOf(archive));
    if (!Files.isDirectory(folder)) {
      unpack(archive, cache, folder);
    }
    return new Binaries(folder);
  }

  /**
   * Deletes what a start that was interrupted had begun to unpack. For a folder that nobody else
   * unpacks into.
   */
  static void deleteUnfinished(Path cache) throws IOException {
    try (var unfinished = Files.newDirectoryStream(cache, UNPACKING + "*")) {
      for (Path folder : unfinished) {
        Folders.delete(folder);
      }
    }
  }

  private static void unpack(URL archive, Path cache, Path folder) throws IOException {
    log.info("Unpacking PostgreSQL into {}, once.", folder);
    Path fresh = Files.createTempDirectory(cache, UNPACKING);
    try (InputStream in = archive.openStream();
        var tar = new XZInputStream(new BufferedInputStream(in, 64 * 1024))) {
      new TarReader(tar).unpackInto(fresh, Binaries::isNeededToRun);
    }
    Folders.openToAll(fresh);
    Folders.force(fresh);
    try {
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // A folder that is not empty has no exception of its own where the move is atomic.
      Folders.delete(fresh);
      if (!Files.isDirectory(folder)) {
        throw e;
      }
      log.debug("Another process unpacked PostgreSQL at the same time.", e);
    }
  }

  private static boolean isNeededToRun(String path) {
    return !path.endsWith(".a") && !path.contains("/pkgconfig");
  }

  static String resourceOf(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String system = os.contains("linux") ? "linux" : os.contains("mac") ? "darwin" : "none";
    String machine =
        switch (osArch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> "none";
        };
    return "/postgres-" + system + "-" + machine + ".txz";
  }

  /** Differs when the archive does, and costs no reading of it. */
  private static String stampOf(URL archive) throws IOException {
    URLConnection connection = archive.openConnection();
    connection.setUseCaches(false);
    try (InputStream held = connection.getInputStream()) {
      long stamp =
          connection instanceof JarURLConnection jar && jar.getJarEntry() != null
              ? jar.getJarEntry().getCrc()
              : connection.getLastModified() * 31 + connection.getContentLengthLong();
      return Long.toHexString(stamp);
    }
  }

  private static PostgresRefused unsupported() {
    return new PostgresRefused(
        "This server carries no PostgreSQL for %s on %s. Name one with --postgres-url."
            .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
  }
}

package dev.tutti.postgres.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;

/** What is done to whole folders. */
final class Folders {
  private Folders() {}

  static void delete(Path folder) throws IOException {
    for (Path path : contents(folder).reversed()) {
      Files.deleteIfExists(path);
    }
  }

  /** Brings every file and name below a folder to the disk, so that a rename of it may follow. */
  static void force(Path folder) throws IOException {
    for (Path path : contents(folder)) {
      if (!Files.isSymbolicLink(path)) {
        forceOne(path);
      }
    }
  }

  /** Brings one file, or the names in one folder, to the disk. */
  static void forceOne(Path path) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  static void openToAll(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static List<Path> contents(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (var all = Files.walk(folder)) {
      return all.sorted(Comparator.naturalOrder()).toList();
    }
  }
}

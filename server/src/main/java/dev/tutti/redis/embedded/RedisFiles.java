package dev.tutti.redis.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What lies in the folder of one Redis: its settings, with the password, its log, and its process's
 * number while it runs.
 */
record RedisFiles(Path folder) {
  private static final int LAST_LINES = 8;

  void write(int port, String password, List<String> more) throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "bind 127.0.0.1",
                "port " + port,
                "requirepass " + password,
                "masterauth " + password,
                "daemonize yes",
                // Its title would hide the folder, by which its guard knows it.
                "set-proc-title no",
                "pidfile " + quoted("redis.pid"),
                "logfile " + quoted("redis.log"),
                "dir " + quoted(""),
                "save \"\"",
                "appendonly no"));
    lines.addAll(more);
    Path settings = folder.resolve("redis.conf");
    Files.deleteIfExists(settings);
    Files.createFile(
        settings,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(settings, lines);
    Files.deleteIfExists(folder.resolve("redis.pid"));
    Files.deleteIfExists(folder.resolve("redis.log"));
  }

  private String quoted(String name) {
    return '"' + folder.resolve(name).toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** The process, once it says so. */
  Optional<ProcessHandle> process() throws IOException {
    Path file = folder.resolve("redis.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String number = Files.readString(file).strip();
    return number.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(number));
  }

  /** The last lines of its logs, for a person who wonders why it did not start. */
  String lastWords() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String name : List.of("start.log", "redis.log")) {
      if (Files.exists(folder.resolve(name))) {
        lines.addAll(Files.readAllLines(folder.resolve(name), StandardCharsets.ISO_8859_1));
      }
    }
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }
}

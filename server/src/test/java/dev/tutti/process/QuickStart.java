package dev.tutti.process;

import dev.tutti.postgres.TestPostgres;
import dev.tutti.postgres.embedded.TestPrograms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.ZipEntry;

/**
 * What the JVM remembers of one start, for all later ones of the same classes, in whichever JVM of
 * the tests. Only classes of jars are remembered, so the folders are packed first.
 *
 * @param classPath jars only, if {@code options} is not empty
 * @param options empty when nothing could be remembered, which costs time and nothing else
 */
record QuickStart(List<Path> classPath, List<String> options) {
  private static final int LIMIT_SECONDS = 120;

  static final QuickStart OF_ALL = make(TuttiCommand.classPath());

  private static QuickStart make(List<Path> classPath) {
    try {
      Path starts = Files.createDirectories(Path.of("target", "starts").toAbsolutePath());
      try (var file =
              FileChannel.open(
                  starts.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var lock = file.lock()) {
        Path folder = starts.resolve(Long.toHexString(fingerprint(classPath)));
        Path cache = folder.resolve("start.aot");
        List<Path> packed = packed(classPath, Files.createDirectories(folder));
        if (Files.exists(cache) || (forgotten(starts, folder) && learnt(packed, cache))) {
          return new QuickStart(
              packed, List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off"));
        }
        return new QuickStart(classPath, List.of());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Removes what belongs to earlier classes. */
  private static boolean forgotten(Path starts, Path butFor) throws IOException {
    for (Path file : filesOf(starts)) {
      if (file.getParent().getParent().equals(starts) && !file.startsWith(butFor)) {
        Files.delete(file);
      }
    }
    return true;
  }

  private static boolean learnt(List<Path> classPath, Path cache)
      throws IOException, InterruptedException {
    Path data = TestPrograms.linkedInto(TestPostgres.folder());
    List<String> words = TuttiCommand.java(List.of("-XX:AOTCacheOutput=" + cache), classPath);
    words.addAll(List.of("serve", "--check", "--port", "0", "--data", data.toString()));
    Process start =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(cache.resolveSibling("start.log").toFile())
            .start();
    if (!start.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      start.destroyForcibly().waitFor();
    }
    return start.exitValue() == 0 && Files.exists(cache);
  }

  /** Changes when a class does. */
  private static long fingerprint(List<Path> classPath) throws IOException {
    var sum = new CRC32C();
    for (Path path : classPath) {
      for (Path file : filesOf(path)) {
        var said = file + "|" + Files.size(file) + "|" + Files.getLastModifiedTime(file).toMillis();
        sum.update(said.getBytes(StandardCharsets.UTF_8));
      }
    }
    return sum.getValue();
  }

  private static List<Path> packed(List<Path> classPath, Path into) throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path path : classPath) {
      if (Files.isDirectory(path)) {
        Path jar = into.resolve(all.size() + ".jar");
        if (Files.notExists(jar)) {
          pack(path, jar);
        }
        all.add(jar);
      } else {
        all.add(path);
      }
    }
    return all;
  }

  private static void pack(Path folder, Path jar) throws IOException {
    Path begun = jar.resolveSibling(jar.getFileName() + ".begun");
    try (var out = new JarOutputStream(Files.newOutputStream(begun));
        Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.filter(p -> !p.equals(folder)).sorted().toList()) {
        // Folders too: migrations are looked for in theirs.
        String name = folder.relativize(path).toString();
        out.putNextEntry(new ZipEntry(Files.isDirectory(path) ? name + "/" : name));
        if (Files.isRegularFile(path)) {
          Files.copy(path, out);
        }
        out.closeEntry();
      }
    }
    Files.move(begun, jar);
  }

  private static List<Path> filesOf(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}

package dev.tutti.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** What the reader of {@code docs/room-types.md} makes by hand: the page's class in a jar. */
final class RoomTypeJar {
  private RoomTypeJar() {}

  /** Compiles the page's rules and packs them into a folder of jars, which is returned. */
  static Path make(Markdown page, Path folder) throws IOException {
    Markdown.Block rules = page.blocks("java").getFirst();
    String service = String.join("\n", page.blocks("service").getFirst().lines());
    Path source = folder.resolve("PollRules.java");
    Files.write(source, rules.lines());
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> options =
        List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
    int errors =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                Stream.concat(options.stream(), Stream.of("-proc:none", source.toString()))
                    .toArray(String[]::new));
    assertThat(errors).as("the rules compile").isZero();
    Path named = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(named.resolve("dev.tutti.rules.RoomRules"), service);
    Path jars = Files.createDirectories(folder.resolve("room-types"));
    pack(classes, jars.resolve("poll.jar"));
    return jars;
  }

  static void pack(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
  }
}

package dev.tutti.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same files have the same name, in a folder as in a jar, and others another. */
class EditionTest {
  private static final Map<String, String> FILES = Map.of("a/x.js", "one", "a/b/y.css", "two");

  @TempDir Path top;

  @Test
  void aJarAndAFolderOfTheSameFilesAreOneEdition() throws IOException {
    assertThat(named(jar(FILES))).matches("[0-9a-f]{16}").isEqualTo(named(folder("one", FILES)));
  }

  @Test
  void anotherContentAnotherNameAndAnotherFileAreOtherEditions() throws IOException {
    assertThat(
            Stream.of(
                    FILES,
                    Map.of("a/x.js", "two", "a/b/y.css", "one"),
                    Map.of("a/x.js", "onet", "a/b/y.css", "wo"),
                    Map.of("a/z.js", "one", "a/b/y.css", "two"),
                    Map.of("a/x.js", "one"))
                .map(files -> named(folder(files.toString(), files))))
        .doesNotHaveDuplicates();
  }

  @Test
  void whatIsBesideTheFolderDoesNotCount() throws IOException {
    Map<String, String> more = new TreeMap<>(FILES);
    more.put("b/z.js", "three");
    assertThat(named(jar(more))).isEqualTo(named(folder("one", FILES)));
  }

  @Test
  void withoutAFolderThereIsNone() throws IOException {
    assertThat(named(folder("none", Map.of("b/x.js", "one")))).isEmpty();
  }

  private static String named(Path root) {
    try (var loader = new URLClassLoader(new URL[] {root.toUri().toURL()}, null)) {
      return new Edition(loader, "a/").name();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path folder(String name, Map<String, String> files) {
    Path root = top.resolve(Integer.toHexString(name.hashCode()));
    files.forEach((path, text) -> {
      try {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    return root;
  }

  private Path jar(Map<String, String> files) throws IOException {
    Path jar = top.resolve("files.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.putNextEntry(new JarEntry("a/"));
      for (var file : new TreeMap<>(files).entrySet()) {
        entries.putNextEntry(new JarEntry(file.getKey()));
        entries.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }
}

package dev.tutti.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code ARCHITECTURE.md} shows the transitions that the code's own comments show. */
class ArchitecturePageTest {
  private static final Path SOURCES = Path.of("src", "main", "java", "dev", "tutti");

  @Test
  void itShowsHowARoomAndAReaderChange() {
    for (String file : List.of("room/Room.java", "fanout/Reader.java")) {
      assertThat(Markdown.of("ARCHITECTURE.md").lines().stream().map(String::strip))
          .as(file)
          .containsAll(transitions(file));
    }
  }

  @Test
  void itNamesEveryPackage() {
    assertThat(String.join("\n", Markdown.of("ARCHITECTURE.md").lines()))
        .contains(packages().map(name -> "`" + name + "`").toList());
  }

  private static List<String> transitions(String file) {
    List<String> found =
        Markdown.of(SOURCES.resolve(file)).lines().stream()
            .dropWhile(line -> !line.contains("<pre>"))
            .skip(1)
            .takeWhile(line -> !line.contains("</pre>"))
            .map(line -> line.replaceFirst("^ \\* *", "").strip())
            .toList();
    assertThat(found).isNotEmpty();
    return found;
  }

  private static Stream<String> packages() {
    String[] folders = SOURCES.toFile().list((folder, name) -> !name.contains("."));
    assertThat(folders).isNotEmpty();
    return Stream.of(folders);
  }
}

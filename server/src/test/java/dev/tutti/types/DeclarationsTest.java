package dev.tutti.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.docs.Markdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code tutti.d.ts} is what the protocol and the library are, and the compiler takes it. */
class DeclarationsTest {
  private static final Path DEMO = Path.of("../client-demo/src/main");
  private static final Path PAGES = DEMO.resolve("resources/dev/tutti/pages");
  private static final Path DECLARED = PAGES.resolve("tutti.d.ts");
  private static final Path SAMPLES = Path.of("src/test/resources/types");
  private static final Pattern FINDING =
      Pattern.compile("(\\S+)\\((\\d+),\\d+\\): error (TS\\d+): .*");
  private static final Pattern EXPECTED = Pattern.compile(".*// (TS\\d+) .*");

  @Test
  void theDeclarationsAreWhatTheRecordsSay() throws IOException {
    String written = Files.readString(DEMO.resolve("types/library.d.ts"));
    var comments = DocComments.of(Path.of("../protocol/src/main/java"));
    Path fresh = Path.of("target", "tutti.d.ts");
    Files.writeString(fresh, written + "\n" + Declarations.of(comments));
    assertThat(Files.readString(DECLARED))
        .as("%s is stale. Take the new one: cp server/%s %s", DECLARED, fresh, DECLARED)
        .isEqualTo(Files.readString(fresh));
  }

  /** The documents are written by hand; what a file may be imported with is what the rules make. */
  @ParameterizedTest
  @CsvSource({
    "Column, board, column",
    "Ticket, board, ticket",
    "Comment, board, comment",
    "Widget, dashboard, widget"
  })
  void theDocumentsHaveTheFieldsThatAnImportMayHave(String name, String rules, String entity)
      throws IOException {
    String shape = Files.readString(Path.of("src/main/java/dev/tutti/rules", rules, "Shape.java"));
    Matcher fields =
        Pattern.compile(
                "fields\\(\\s*" + entity + ",\\s*Set\\.of\\(([^)]*)\\),\\s*Set\\.of\\(([^)]*)\\)")
            .matcher(shape);
    assertThat(fields.find()).as("the fields of %s in Shape", entity).isTrue();
    Matcher declared =
        Pattern.compile("export interface " + name + " \\{(.*?)\\R}", Pattern.DOTALL)
            .matcher(Files.readString(DECLARED));
    assertThat(declared.find()).isTrue();
    assertThat(names("(?m)^  (\\w+):", declared.group(1)))
        .isEqualTo(names("\"(\\w+)\"", fields.group(1)));
    assertThat(names("(?m)^  (\\w+)\\?:", declared.group(1)))
        .isEqualTo(names("\"(\\w+)\"", fields.group(2)));
  }

  private static Set<String> names(String pattern, String in) {
    return Pattern.compile(pattern)
        .matcher(in)
        .results()
        .map(name -> name.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void theCompilerTakesThemAndRefusesWhatIsWrong(@TempDir Path project) throws Exception {
    fill(project);
    TypeScript.Verdict verdict = TypeScript.unpack().check(project);
    assertThat(found(verdict))
        .as(String.join("\n", verdict.findings()))
        .containsExactlyInAnyOrderElementsOf(expected(project, "wrong.ts", "library/wrong.js"));
    assertThat(verdict.exit()).isNotZero();
  }

  /**
   * The samples, the guide's examples and documents as the rules write them beside what a browser
   * is given, and the pages' own scripts without the declarations: what their comments say of types
   * must hold by itself.
   */
  private static void fill(Path project) throws IOException {
    copy(SAMPLES, project, ".*");
    List<Markdown.Block> examples = Markdown.of("docs/client.md").blocks("ts");
    assertThat(examples).isNotEmpty();
    for (Markdown.Block example : examples) {
      Files.write(project.resolve("guide-" + example.line() + ".ts"), example.lines());
    }
    for (String type : List.of("board", "chat", "dashboard")) {
      String program = WrittenDocuments.program(type);
      Files.writeString(project.resolve("written-" + type + ".ts"), program);
    }
    copy(PAGES, project.resolve("served"), ".*\\.d\\.ts");
    copy(PAGES, project.resolve("library"), ".*\\.js");
  }

  private static void copy(Path from, Path to, String names) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (from.relativize(file).toString().matches(names)) {
          Path copy = to.resolve(from.relativize(file));
          Files.createDirectories(copy.getParent());
          Files.write(copy, Files.readAllBytes(file));
        }
      }
    }
  }

  /** File, line and code of each finding; whatever else the compiler said, as it is. */
  private static List<String> found(TypeScript.Verdict verdict) {
    return verdict.findings().stream()
        .filter(line -> !line.startsWith(" "))
        .map(line -> FINDING.matcher(line).replaceAll("$1:$2 $3"))
        .toList();
  }

  private static List<String> expected(Path project, String... files) throws IOException {
    List<String> expected = new ArrayList<>();
    for (String file : files) {
      List<String> lines = Files.readAllLines(project.resolve(file));
      for (int i = 0; i < lines.size(); i++) {
        Matcher mark = EXPECTED.matcher(lines.get(i));
        if (mark.matches()) {
          expected.add(file + ":" + (i + 1) + " " + mark.group(1));
        }
      }
      assertThat(expected).as(file).anyMatch(finding -> finding.startsWith(file));
    }
    return expected;
  }
}

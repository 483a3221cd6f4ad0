package dev.tutti.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a page names of the sources is there, under that name. */
class NamesTest {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** {@code RoomRules}, {@code RoomRules<C>}, {@code PicturesTest#twoPeopleOneDragging}. */
  private static final Pattern TYPE = Pattern.compile("([A-Z][a-z]\\w*)([<(#.][^ ]*)?");

  /** {@code dev.tutti.rules.RoomRules}; of examples there are other packages. */
  private static final Pattern QUALIFIED =
      Pattern.compile("dev(\\.[a-z]\\w*)+(\\.[A-Z]\\w*)?(<.*)?");

  /** {@code room/Room}, {@code docs/images/}, {@code protocol/…/Limits}: … is any folders. */
  private static final Pattern PLACE = Pattern.compile("[\\w-]+(/[\\w….-]+)+/?");

  private static final Pattern DECLARED =
      Pattern.compile("\\b(?:class|record|interface|enum|type|typedef)\\s+(?:\\{.*}\\s+)?(\\w+)");

  /** Names of the browser, of HTTP and of Java. */
  private static final Set<String> FOREIGN =
      Set.of(
          "BroadcastChannel",
          "Dockerfile",
          "Error",
          "Forwarded",
          "Host",
          "Origin",
          "ServiceLoader",
          "StackOverflowError");

  /** What only a build or a start makes. */
  private static final Pattern MADE = Pattern.compile(".*/(target|secrets)(/.*)?");

  private static final List<Path> FILES = ProjectFiles.all();

  @Test
  void everyTypeThatAPageNamesIsDeclared() {
    Set<String> declared = new TreeSet<>();
    FILES.stream()
        .filter(file -> file.toString().matches(".*\\.(java|js|ts)"))
        .forEach(
            file -> DECLARED.matcher(text(file)).results().forEach(m -> declared.add(m.group(1))));
    List<String> named = named(TYPE, match -> !FOREIGN.contains(match.group(1)));
    assertThat(named).hasSizeGreaterThan(100);
    assertThat(named)
        .filteredOn(name -> !declared.contains(name.replaceAll("^.*: |[<(#.].*", "")))
        .isEmpty();
  }

  @Test
  void everyPackageThatAPageNamesIsThere() {
    List<String> named = named(QUALIFIED, match -> true);
    assertThat(named).isNotEmpty();
    assertThat(named)
        .filteredOn(name -> isNowhere(name.replaceAll("^.*: |<.*", "").replace('.', '/')))
        .isEmpty();
  }

  @Test
  void everyPlaceThatAPageNamesIsThere() {
    Set<String> tops = new TreeSet<>();
    FILES.stream()
        .map(file -> Markdown.ROOT.relativize(file))
        .filter(file -> file.getNameCount() > 1)
        .forEach(file -> tops.add(file.getName(0).toString()));
    List<String> named =
        named(
            PLACE,
            match ->
                !MADE.matcher(match.group()).matches()
                    && (tops.contains(match.group().split("/")[0])
                        || match.group().matches(".*/[A-Z][a-z]\\w*")));
    assertThat(named).hasSizeGreaterThan(20);
    assertThat(named).filteredOn(name -> isNowhere(name.replaceAll("^.*: |/$", ""))).isEmpty();
  }

  private static boolean isNowhere(String place) {
    String folders = place.replace(".", "\\.").replace("/…/", "/(.*/)?");
    Pattern path = Pattern.compile("(.*/)?" + folders + "(\\.(java|js|ts))?(/.*)?");
    return FILES.stream()
        .map(file -> Markdown.ROOT.relativize(file).toString())
        .noneMatch(file -> path.matcher(file).matches());
  }

  /** What the pages name, each behind its page. The change log tells of what was. */
  private static List<String> named(Pattern kind, Predicate<Matcher> asked) {
    List<String> named = new ArrayList<>();
    for (Markdown page : Markdown.all()) {
      if (page.file().endsWith("CHANGELOG.md")) {
        continue;
      }
      for (String line : page.prose()) {
        Matcher code = CODE.matcher(line);
        while (code.find()) {
          Matcher name = kind.matcher(code.group(1));
          if (name.matches() && asked.test(name)) {
            named.add(Markdown.ROOT.relativize(page.file()) + ": " + name.group());
          }
        }
      }
    }
    return named;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.tutti.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A link inside the project leads somewhere, and every page of {@code docs} is in its index. */
class LinksTest {
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern ELSEWHERE = Pattern.compile("(https?|mailto):.*");

  @Test
  void everyLinkLeadsSomewhere() {
    List<String> broken = new ArrayList<>();
    for (Markdown page : Markdown.all()) {
      for (String target : links(page)) {
        if (!leadsSomewhere(page.file(), target)) {
          broken.add(Markdown.ROOT.relativize(page.file()) + " → " + target);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void theIndexNamesEveryPage() {
    Markdown index = Markdown.of("docs/README.md");
    Path folder = index.file().getParent();
    List<Path> named =
        links(index).stream()
            .filter(target -> !ELSEWHERE.matcher(target).matches())
            .map(target -> folder.resolve(target.replaceAll("#.*", "")).normalize())
            .toList();
    assertThat(Markdown.all().stream().map(Markdown::file))
        .filteredOn(file -> file.startsWith(folder) && !file.equals(index.file()))
        .as("pages that docs/README.md should name")
        .filteredOn(file -> !named.contains(file))
        .isEmpty();
  }

  private static List<String> links(Markdown page) {
    List<String> targets = new ArrayList<>();
    for (String line : page.prose()) {
      Matcher link = LINK.matcher(line.replaceAll("`[^`]*`", ""));
      while (link.find()) {
        targets.add(link.group(1));
      }
    }
    return targets;
  }

  private static boolean leadsSomewhere(Path from, String target) {
    if (ELSEWHERE.matcher(target).matches()) {
      return true;
    }
    int hash = target.indexOf('#');
    String path = hash < 0 ? target : target.substring(0, hash);
    Path file = path.isEmpty() ? from : from.resolveSibling(path).normalize();
    if (!file.startsWith(Markdown.ROOT) || !Files.exists(file)) {
      return false;
    }
    return hash < 0 || anchors(Markdown.of(file)).contains(target.substring(hash + 1));
  }

  /** As GitHub names headings. */
  private static List<String> anchors(Markdown page) {
    return page.prose().stream()
        .filter(line -> line.matches("#{1,6} .*"))
        .map(line -> line.replaceAll("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(title -> title.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }
}

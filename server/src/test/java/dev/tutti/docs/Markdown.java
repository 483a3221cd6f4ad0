package dev.tutti.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A page of the documentation. Tests run in the folder of their module, so the root is above. */
public record Markdown(Path file, List<String> lines) {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** A fenced block: what stands behind its fence, and where in the page it begins. */
  public record Block(String language, int line, List<String> lines) {}

  static Markdown of(Path file) {
    try {
      return new Markdown(file, Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page of this name, from the root. */
  public static Markdown of(String name) {
    return of(ROOT.resolve(name));
  }

  /** Every page, but for what was built or installed. */
  static List<Markdown> all() {
    return ProjectFiles.all().stream()
        .filter(file -> file.toString().endsWith(".md"))
        .map(Markdown::of)
        .toList();
  }

  /** The blocks in one language. */
  public List<Block> blocks(String language) {
    return blocks().stream().filter(block -> block.language().equals(language)).toList();
  }

  /** All fenced blocks. */
  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    Block open = null;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.startsWith("```")) {
        if (open != null) {
          open.lines().add(line);
        }
      } else if (open == null) {
        open = new Block(line.substring(3), i + 1, new ArrayList<>());
      } else {
        blocks.add(open);
        open = null;
      }
    }
    return blocks;
  }

  /** What is not in a fenced block; blocks become empty lines. */
  List<String> prose() {
    List<String> prose = new ArrayList<>();
    boolean inside = false;
    for (String line : lines) {
      boolean fence = line.startsWith("```");
      prose.add(inside || fence ? "" : line);
      inside ^= fence;
    }
    return prose;
  }

  /** The cells of the table rows under a heading, without the head of the table. */
  List<List<String>> table(String heading) {
    return prose().stream()
        .dropWhile(line -> !line.equals("## " + heading))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("| "))
        .skip(2)
        .map(line -> line.substring(2, line.length() - 2).split(" ?\\| ", -1))
        .map(cells -> Stream.of(cells).map(String::strip).toList())
        .toList();
  }
}

package dev.tutti.world;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Thousands of seeds. One of them again: {@code -Dworld.seed=4711}; more of them: {@code
 * -Dworld.seeds=100000}. See {@code docs/testing.md}.
 */
class WorldTest {
  private static final int USUAL_SEEDS = 2_000;
  private static final int TAIL_LINES = 40;
  private static final Path TRACES = Path.of("target", "world");

  @Test
  void everySeedKeepsEveryPromise() throws IOException {
    Long asked = Long.getLong("world.seed");
    long first = asked == null ? 1 : asked;
    long seeds = Long.getLong("world.seeds", asked == null ? USUAL_SEEDS : 1);
    for (long seed = first; seed < first + seeds; seed++) {
      try {
        Storm.of(seed, Faults.USUAL);
      } catch (Broken | RuntimeException broken) {
        fail(story(seed), broken);
      }
    }
  }

  private static String story(long seed) throws IOException {
    String trace = Storm.trace(seed, Faults.USUAL);
    Path file = Files.createDirectories(TRACES).resolve("seed-" + seed + ".txt");
    Files.writeString(file, trace);
    String[] lines = trace.split("\n");
    StringBuilder tail = new StringBuilder();
    for (int i = Math.max(0, lines.length - TAIL_LINES); i < lines.length; i++) {
      tail.append('\n').append(lines[i], 0, Math.min(200, lines[i].length()));
    }
    return "Seed %d breaks a promise. Again: -Dtest=WorldTest -Dworld.seed=%d. All of it is in %s; its end:%s"
        .formatted(seed, seed, file.toAbsolutePath(), tail);
  }
}

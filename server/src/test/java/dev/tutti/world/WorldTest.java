package dev.tutti.world;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Thousands of seeds, on all cores. One of them again: {@code -Dworld.seed=4711}; more of them:
 * {@code -Dworld.seeds=100000}. See {@code docs/testing.md}.
 */
@Tag("simulation")
class WorldTest {
  private static final int USUAL_SEEDS = 5_000;
  private static final int TAIL_LINES = 40;
  private static final Path TRACES = Path.of("target", "world");

  @Test
  void everySeedKeepsEveryPromise() throws IOException {
    Long asked = Long.getLong("world.seed");
    long first = asked == null ? 1 : asked;
    long seeds = Long.getLong("world.seeds", asked == null ? USUAL_SEEDS : 1);
    OptionalLong broken =
        LongStream.range(first, first + seeds)
            .parallel()
            .filter(seed -> !keepsEveryPromise(seed))
            .findFirst();
    if (broken.isPresent()) {
      fail(story(broken.getAsLong()));
    }
  }

  private static boolean keepsEveryPromise(long seed) {
    try {
      Storm.of(seed, Faults.USUAL);
      return true;
    } catch (Broken | RuntimeException broken) {
      return false;
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

package dev.tutti.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.chaos.Chaos.ChaosPlan;
import dev.tutti.fleet.Console;
import dev.tutti.fleet.FleetProcess;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A short form of {@code ./tutti chaos}, in which each fault strikes once; {@code
 * -Dtutti.chaos.seconds=60} makes it longer.
 */
class ChaosTest {
  private static final long SEED = Long.getLong("tutti.chaos.seed", 20261122);
  private static final Duration TIME =
      Duration.ofSeconds(Integer.getInteger("tutti.chaos.seconds", 5));

  /** Those that need whole processes; what else happens to Redis has tests of its own. */
  private static final List<Fault> FAULTS =
      List.of(
          Fault.KILL_INSTANCE,
          Fault.FREEZE_INSTANCE,
          Fault.KILL_REDIS,
          Fault.CUT_POSTGRES_BEHIND_COMMITS,
          Fault.KILL_POSTGRES);

  /** What starts anew is to have some of the machine while the others write. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** Only in long runs: behind a killed instance it takes 15 s. */
  private static final boolean PRESENCE = TIME.toSeconds() >= 60;

  @Test
  void everyPromiseIsKeptWhateverBreaks() throws Exception {
    ChaosPlan plan =
        new ChaosPlan(
            SEED,
            System.currentTimeMillis() / 1_000,
            TIME,
            FAULTS.size(),
            Duration.ofSeconds(2),
            3,
            24,
            PAUSE,
            FleetProcess.data(),
            PRESENCE,
            FAULTS);
    var said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    PrintStream silence =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    boolean kept = new Chaos(plan, new Console(out, silence)).run();
    String lines = said.toString(StandardCharsets.UTF_8);
    assertThat(kept).as("seed %d%n%s", SEED, lines).isTrue();
    FAULTS.forEach(fault -> assertThat(lines).contains(fault + " on instance"));
  }
}

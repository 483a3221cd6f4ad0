package dev.tutti.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeashTest {
  private static final int KILLED = 128 + 9;

  @Test
  void whatDoesNotEndInTheTimeThatItMayTakeIsKilled() throws Exception {
    Duration grace = Duration.ofMillis(1_200); // A shell counts whole seconds: 2.
    assertThat(endOf("trap '' TERM; echo up; while :; do sleep 1; done", grace)).isEqualTo(KILLED);
  }

  @Test
  void whatEndsInTimeEndsAsItLikes() throws Exception {
    String script = "trap 'exit 7' TERM; echo up; while :; do sleep 0.1; done";
    assertThat(endOf(script, Duration.ofSeconds(20))).isEqualTo(7);
  }

  private static int endOf(String script, Duration grace) throws Exception {
    var up = new CompletableFuture<String>();
    Leash leash =
        Leash.start(List.of("/bin/sh", "-c", script), grace, Map.of(), Path.of("."), up::complete);
    up.get(20, TimeUnit.SECONDS);
    leash.release();
    return leash.ended().get(20, TimeUnit.SECONDS);
  }
}

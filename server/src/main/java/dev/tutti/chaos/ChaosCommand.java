package dev.tutti.chaos;

import dev.tutti.chaos.Chaos.ChaosPlan;
import dev.tutti.fleet.Console;
import dev.tutti.fleet.FleetPlan;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tutti chaos}: breaks a fleet of its own and proves that it kept every promise. */
@Command(
    name = "chaos",
    description = {
      "Starts a fleet, lets people write on it, and kills, freezes, cuts off and lies to its parts"
          + " in rounds.",
      "After each round everything that anybody was told is compared with the journal. Exit code 1"
          + " when a promise was broken."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ChaosCommand implements Callable<Integer> {
  private static final int MAX_CLIENTS = 1_000;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "5",
      description = "No further round begins after it (${DEFAULT-VALUE}); 0.5 is half a minute.")
  private double minutes;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Chooses the order of the faults and whom they hit (any).")
  private long seed = new Random().nextInt(1_000_000);

  @Option(
      names = "--instances",
      paramLabel = "N",
      defaultValue = "3",
      description = "Instances, 1 to " + FleetPlan.MAX_INSTANCES + " (${DEFAULT-VALUE}).")
  private int instances;

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "24",
      description = "Clients that write, 3 to " + MAX_CLIENTS + " (${DEFAULT-VALUE}).")
  private int clients;

  @Option(
      names = "--freeze-seconds",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "How long something stays frozen or cut off (${DEFAULT-VALUE}).")
  private int freezeSeconds;

  @Option(
      names = "--only",
      paramLabel = "FAULT",
      split = ",",
      description = "Only these faults: ${COMPLETION-CANDIDATES}.")
  private List<Fault> only = List.of();

  @Option(
      names = "--data",
      paramLabel = "DIRECTORY",
      defaultValue = "./data/chaos",
      description = "Holds the fleet's PostgreSQL and Redis (${DEFAULT-VALUE}).")
  private Path data = Path.of("data", "chaos");

  @Option(names = "--verbose", description = "Show what the processes write, too.")
  private boolean verbose;

  private final PrintStream out;

  /** A command that says what it did on {@code out}. */
  public ChaosCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    if (minutes < 0
        || instances < 1
        || instances > FleetPlan.MAX_INSTANCES
        || clients < 3
        || clients > MAX_CLIENTS
        || freezeSeconds < 0) {
      throw new IllegalArgumentException("--help says which numbers are allowed");
    }
    PrintStream err =
        verbose
            ? System.err
            : new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    ChaosPlan plan =
        new ChaosPlan(
            seed,
            System.currentTimeMillis() / 1_000,
            Duration.ofMillis((long) (minutes * 60_000)),
            1,
            Duration.ofSeconds(freezeSeconds),
            instances,
            clients,
            Duration.ZERO,
            data,
            true,
            only.isEmpty() ? Arrays.asList(Fault.values()) : only);
    return new Chaos(plan, new Console(out, err)).run() ? 0 : 1;
  }
}

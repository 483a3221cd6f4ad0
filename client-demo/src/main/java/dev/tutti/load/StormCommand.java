package dev.tutti.load;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How soon everybody is level again when all of them come back at once. */
@Command(
    name = "storm",
    description = {
      "Cuts all connections at once, writes meanwhile, and lets all come back at the same moment,",
      "each with the number of the last event that it holds. Compared with as many clients that",
      "come as suddenly and say hello and no more. Who is told to come back later does so then:",
      "with the default --max-handshakes-per-second of the server, that is what is measured.",
      "Reads /metrics of every server to say what the journal was asked meanwhile."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class StormCommand implements Callable<Integer> {
  @Mixin final Options options = new Options();

  @Option(names = "--connections", paramLabel = "N", defaultValue = "10000")
  int connections;

  @Option(
      names = "--rooms",
      paramLabel = "N",
      defaultValue = "10",
      description = "Boards, over which the connections are spread.")
  int rooms;

  @Option(
      names = "--missed",
      paramLabel = "N",
      defaultValue = "20",
      description = "Events of each board while nobody is connected.")
  int missed;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Times that all are cut; the result is the median.")
  int rounds;

  @Option(
      names = "--back-at",
      paramLabel = "URL",
      description = {
        "Another instance of the fleet, at which all come back;",
        "one round, since its rooms are loaded afterwards."
      })
  @Nullable URI backAt;

  @Mixin final MetricsToken metricsToken = new MetricsToken();

  @Override
  public Integer call() throws InterruptedException {
    options.require(connections >= 1 && rooms >= 1, "--connections and --rooms must be positive.");
    options.require(missed >= 0 && rounds >= 1, "--missed and --rounds cannot be that few.");
    if (backAt != null) {
      options.requireServer(backAt, "--back-at");
    }
    Report report =
        new Report(
            "storm",
            Report.text("%,d connections, %,d rooms, %,d missed", connections, rooms, missed));
    return Scenario.perform(options, report, this::run);
  }

  private boolean run(Run run, Report report) throws IOException, InterruptedException {
    int back = backAt == null ? -1 : run.fleet().add(options.target(backAt));
    try (Figures figures = new Figures(run.fleet().targets(), metricsToken.text)) {
      Storm storm = new Storm(run, figures, new Storm.Plan(connections, rooms, missed, back));
      storm.begin();
      for (int round = 1; round <= (backAt == null ? rounds : 1); round++) {
        storm.blow();
      }
      return storm.report(report);
    }
  }
}

package dev.tutti.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long it takes to join a large board. */
@Command(
    name = "join",
    description = {
      "Joins a large board again and again, from subscribing until its document is read.",
      "Someone edits it meanwhile, so that a stored encoding of it does not stay fresh."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class JoinCommand implements Callable<Integer> {
  private static final int WINDOW = 100;

  /** Tickets that the one who edits keeps moving. */
  private static final int MOVING = 10;

  @Mixin final Options options = new Options();

  @Option(names = "--tickets", paramLabel = "N", defaultValue = "1000")
  int tickets;

  @Option(names = "--connections", paramLabel = "N", defaultValue = "50")
  int connections;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "50",
      converter = Rate.Converter.class,
      description = "Joins a second.")
  Rate rate = new Rate(1);

  @Option(
      names = "--moves",
      paramLabel = "N",
      defaultValue = "10",
      converter = Rate.Converter.class,
      description = "Moves a second on the board meanwhile.")
  Rate moves = new Rate(1);

  @Override
  public Integer call() throws InterruptedException {
    options.require(connections >= 1, "--connections must be positive.");
    options.require(tickets >= MOVING, "--tickets must be at least 10.");
    options.require(
        !rate.saturating() && !moves.saturating(), "--rate and --moves must be numbers.");
    Report report =
        new Report(
            "join", Report.text("%,d tickets, %s joins, %s moves meanwhile", tickets, rate, moves));
    return Scenario.perform(options, report, this::run);
  }

  private boolean run(Run run, Report report) throws IOException, InterruptedException {
    LoadClient editor = run.fleet().client(new LoadClient.Plan(0, run.room(0), true, 0, WINDOW));
    List<LoadClient> joiners = new ArrayList<>();
    for (int i = 1; i <= connections; i++) {
      joiners.add(run.fleet().client(new LoadClient.Plan(i, run.room(0), false, 0, WINDOW)));
    }
    run.open(List.of(editor));
    run.prepareBoards(List.of(editor), tickets);
    run.open(joiners);
    List<Joins> joins = joiners.stream().map(Joins::new).toList();
    Load editing = Load.of(List.of(Moves.of(editor, MOVING)), moves);
    Tally tally = run.measure(Load.scheduled(joins, rate.perSecond()).with(editing));
    report.number("joins", tally.joinLatency.getTotalCount() / (double) options.seconds, "/s");
    report.latency("subscribe until document read", tally.joinLatency);
    report.latency("due until accepted", tally.acceptedLatency);
    return run.finish(report, tally);
  }
}

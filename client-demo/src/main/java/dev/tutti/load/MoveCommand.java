package dev.tutti.load;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How soon a move is seen by someone else. */
@Command(
    name = "move",
    description = "Moves tickets at an easy rate and measures when another client sees it.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class MoveCommand implements Callable<Integer> {
  private static final int WINDOW = 200;
  private static final int TICKETS = 10;

  @Mixin final Options options = new Options();

  @Option(
      names = "--rooms",
      paramLabel = "N",
      defaultValue = "5",
      description = "Boards, each with one who moves and one who watches.")
  int rooms;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "200",
      converter = Rate.Converter.class,
      description = "Moves a second over all boards.")
  Rate rate = new Rate(1);

  @Option(
      names = "--seen-at",
      paramLabel = "URL",
      description = "Another instance of the fleet, at which one more watches each board.")
  @Nullable URI seenAt;

  @Override
  public Integer call() throws InterruptedException {
    options.require(rooms >= 1, "--rooms must be positive.");
    options.require(options.urls.size() == 1, "Who moves is at one --url.");
    if (seenAt != null) {
      options.requireServer(seenAt, "--seen-at");
    }
    options.require(!rate.saturating(), "A latency needs a --rate that is a number.");
    Report report = new Report("move", Report.text("%d rooms, rate %s", rooms, rate));
    return Scenario.perform(options, report, this::run);
  }

  private boolean run(Run run, Report report) throws IOException, InterruptedException {
    List<LoadClient> movers = new ArrayList<>();
    List<LoadClient> watchers = new ArrayList<>();
    for (int i = 0; i < rooms; i++) {
      movers.add(run.fleet().client(new LoadClient.Plan(i, run.room(i), true, 0, WINDOW)));
      watchers.add(
          run.fleet().client(new LoadClient.Plan(rooms + i, run.room(i), true, 1, WINDOW)));
    }
    if (seenAt != null) {
      int elsewhere = run.fleet().add(options.target(seenAt));
      for (int i = 0; i < rooms; i++) {
        LoadClient.Plan plan =
            new LoadClient.Plan(2 * rooms + i, run.room(i), true, 1, WINDOW, elsewhere);
        watchers.add(run.fleet().client(plan));
      }
    }
    run.open(movers);
    run.prepareBoards(movers, TICKETS);
    run.open(watchers);
    List<Sender> moves = movers.stream().map(client -> Moves.of(client, TICKETS)).toList();
    Tally tally = run.measure(Load.of(moves, rate));
    report.number("accepted", tally.acceptedMeasured / (double) options.seconds, "/s");
    report.latency("due until seen by another", tally.seenLatency);
    report.latency("due until seen elsewhere", tally.seenElsewhereLatency);
    report.latency("due until accepted", tally.acceptedLatency);
    return run.finish(report, tally);
  }
}

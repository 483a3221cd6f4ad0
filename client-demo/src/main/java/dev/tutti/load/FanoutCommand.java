package dev.tutti.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How many events a second reach the subscribers of one room. */
@Command(
    name = "fanout",
    description = "Moves tickets on one board and counts the events that reach its subscribers.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class FanoutCommand implements Callable<Integer> {
  /** Of one in so many events each subscriber tells how long they took. */
  private static final int SAMPLE_EVERY = 16;

  @Mixin final Options options = new Options();

  @Option(names = "--subscribers", paramLabel = "N", defaultValue = "1000")
  int subscribers;

  @Option(names = "--writers", paramLabel = "N", defaultValue = "4")
  int writers;

  @Option(
      names = "--rate",
      paramLabel = "N|max",
      defaultValue = "max",
      converter = Rate.Converter.class,
      description = "Commands a second over all writers.")
  Rate rate = new Rate(1);

  @Option(
      names = "--window",
      paramLabel = "N",
      defaultValue = "64",
      description = "Commands that a writer has unanswered at most.")
  int window;

  @Option(
      names = "--tickets",
      paramLabel = "N",
      defaultValue = "10",
      description = "Tickets that each writer moves.")
  int tickets;

  @Override
  public Integer call() throws InterruptedException {
    options.require(subscribers >= 1 && writers >= 0, "There must be subscribers.");
    options.require(tickets >= 1, "--tickets must be positive.");
    options.require(window >= 1 && window <= InFlight.MAX_WINDOW, InFlight.LIMIT);
    Report report =
        new Report(
            "fanout",
            Report.text(
                "%,d subscribers, %d writers, rate %s, window %d",
                subscribers, writers, rate, window));
    return Scenario.perform(options, report, this::run);
  }

  private boolean run(Run run, Report report) throws IOException, InterruptedException {
    List<LoadClient> writing = new ArrayList<>();
    List<LoadClient> all = new ArrayList<>();
    for (int i = 0; i < writers + subscribers; i++) {
      boolean writes = i < writers;
      LoadClient.Plan plan =
          new LoadClient.Plan(
              i,
              run.room(0),
              !writes,
              writes ? 0 : SAMPLE_EVERY,
              window,
              writes ? 0 : i % options.urls.size());
      LoadClient client = run.fleet().client(plan);
      all.add(client);
      if (writes) {
        writing.add(client);
      }
    }
    run.open(writing);
    run.prepareBoards(writing, tickets);
    run.open(all.subList(writers, all.size()));
    List<Sender> moves = writing.stream().map(client -> Moves.of(client, tickets)).toList();
    Tally tally = run.measure(Load.of(moves, rate));
    report.number("delivered events", tally.deliveredMeasured / (double) options.seconds, "/s");
    report.number("accepted", tally.acceptedMeasured / (double) options.seconds, "/s");
    String from = rate.saturating() ? "sent" : "due";
    report.latency(from + " until seen", tally.seenLatency);
    report.latency(from + " until seen elsewhere", tally.seenElsewhereLatency);
    report.latency(from + " until accepted", tally.acceptedLatency);
    return run.finish(report, tally);
  }
}

package dev.tutti.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How soon each member of a large chat sees a line. */
@Command(
    name = "chat",
    description = {
      "Posts lines in one chat room and measures when each of its members sees them.",
      "The members are spread over the servers, and so are those who write."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class ChatCommand implements Callable<Integer> {
  private static final int WINDOW = 200;

  @Mixin final Options options = new Options();

  @Option(names = "--members", paramLabel = "N", defaultValue = "1000")
  int members;

  @Option(
      names = "--writers",
      paramLabel = "N",
      defaultValue = "50",
      description = "Members who also write, in turn.")
  int writers;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "50",
      converter = Rate.Converter.class,
      description = "Lines a second over all who write.")
  Rate rate = new Rate(1);

  @Override
  public Integer call() throws InterruptedException {
    options.require(members >= 1, "--members must be positive.");
    options.require(writers >= 1 && writers <= members, "--writers must be from 1 to --members.");
    options.require(!rate.saturating(), "A latency needs a --rate that is a number.");
    Report report =
        new Report(
            "chat",
            Report.text(
                "%,d members, %d of them write, %d servers, rate %s",
                members, writers, options.urls.size(), rate));
    return Scenario.perform(options, report, this::run);
  }

  private boolean run(Run run, Report report) throws IOException, InterruptedException {
    List<LoadClient> all = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      int server = i % options.urls.size();
      LoadClient.Plan plan = new LoadClient.Plan(i, run.room("chat", 0), true, 1, WINDOW, server);
      all.add(run.fleet().client(plan));
    }
    run.open(all);
    List<Sender> writing = all.subList(0, writers).stream().map(Lines::of).toList();
    Tally tally = run.measure(Load.scheduled(writing, rate.perSecond()));
    report.number("lines accepted", tally.acceptedMeasured / (double) options.seconds, "/s");
    report.number("lines delivered", tally.deliveredMeasured / (double) options.seconds, "/s");
    tally.seenLatency.add(tally.seenElsewhereLatency);
    report.latency("due until seen by each member", tally.seenLatency);
    report.latency("due until accepted", tally.acceptedLatency);
    return run.finish(report, tally);
  }
}

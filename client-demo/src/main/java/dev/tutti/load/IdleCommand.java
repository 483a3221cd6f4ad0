package dev.tutti.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a connection costs that does nothing. */
@Command(
    name = "idle",
    description = {
      "Opens connections that subscribe and then say nothing, and holds them.",
      "With --server-pid: the server's resident memory for each, from just before the",
      "first of them to the end of the holding (--seconds)."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class IdleCommand implements Callable<Integer> {
  private static final int WINDOW = 4;

  @Mixin final Options options = new Options();

  @Option(names = "--connections", paramLabel = "N", defaultValue = "15000")
  int connections;

  @Option(
      names = "--rooms",
      paramLabel = "N",
      defaultValue = "100",
      description = "Boards, over which the connections are spread.")
  int rooms;

  @Override
  public Integer call() throws InterruptedException {
    options.require(connections >= 1 && rooms >= 1, "--connections and --rooms must be positive.");
    Report report =
        new Report("idle", Report.text("%,d connections, %,d rooms", connections, rooms));
    return Scenario.perform(options, report, this::run);
  }

  private boolean run(Run run, Report report) throws IOException, InterruptedException {
    List<LoadClient> rest = new ArrayList<>();
    List<LoadClient> first = new ArrayList<>();
    for (int i = 0; i < connections + rooms; i++) {
      LoadClient client =
          run.fleet().client(new LoadClient.Plan(i, run.room(i % rooms), true, 0, WINDOW));
      (i < rooms ? first : rest).add(client);
    }
    // One connection a room beforehand, so that rooms and first use are not charged to the rest.
    run.open(first);
    run.prepareBoards(first, 1);
    Optional<ProcessStat> before = ProcessStat.of(options.serverPid);
    run.open(rest);
    Tally tally = run.measure(Load.none());
    Optional<ProcessStat> after = ProcessStat.of(options.serverPid);
    report.number("connections", connections, "");
    if (before.isPresent() && after.isPresent()) {
      long grown = after.get().residentBytes() - before.get().residentBytes();
      report.number("server before", before.get().residentBytes() / 1e6, "MB");
      report.number("server after", after.get().residentBytes() / 1e6, "MB");
      report.number("for each connection", grown / 1024.0 / connections, "KB");
    }
    return run.finish(report, tally);
  }
}

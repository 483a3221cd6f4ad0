package dev.tutti.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How many commands a second are accepted, that is, committed. */
@Command(
    name = "durable",
    description = "Moves tickets on many boards and counts what is accepted.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class DurableCommand implements Callable<Integer> {
  @Mixin final Options options = new Options();

  @Option(names = "--connections", paramLabel = "N", defaultValue = "200")
  int connections;

  @Option(
      names = "--rooms",
      paramLabel = "N",
      defaultValue = "100",
      description = "Boards, over which the connections are spread.")
  int rooms;

  @Option(
      names = "--rate",
      paramLabel = "N|max",
      defaultValue = "max",
      converter = Rate.Converter.class,
      description = "Commands a second over all connections.")
  Rate rate = new Rate(1);

  @Option(
      names = "--window",
      paramLabel = "N",
      defaultValue = "64",
      description = "Commands that a connection has unanswered at most.")
  int window;

  @Option(
      names = "--tickets",
      paramLabel = "N",
      defaultValue = "10",
      description = "Tickets that each connection moves.")
  int tickets;

  @Option(
      names = "--apart",
      description = "With several servers: all that write to one board are on one of them.")
  boolean apart;

  @Option(
      names = "--watch",
      description = "At each server one more connection receives each board, and sends nothing.")
  boolean watch;

  @Option(
      names = "--no-subscribe",
      negatable = true,
      description = "Send only; by default each connection also receives its board.")
  boolean subscribe = true;

  @Override
  public Integer call() throws InterruptedException {
    options.require(rooms >= 1 && rooms <= connections, "--rooms must be from 1 to --connections.");
    options.require(tickets >= 1, "--tickets must be positive.");
    options.require(window >= 1 && window <= InFlight.MAX_WINDOW, InFlight.LIMIT);
    Report report =
        new Report(
            "durable",
            Report.text(
                "%,d connections, %,d rooms, %d servers, rate %s, window %d",
                connections, rooms, options.urls.size(), rate, window));
    return Scenario.perform(options, report, this::run);
  }

  private boolean run(Run run, Report report) throws IOException, InterruptedException {
    List<LoadClient> clients = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      int room = i % rooms;
      int server = apart ? room : room + i / rooms;
      clients.add(
          run.fleet()
              .client(
                  new LoadClient.Plan(
                      i, run.room(room), subscribe, 0, window, server % options.urls.size())));
    }
    List<LoadClient> watchers = new ArrayList<>();
    for (int i = 0; watch && i < rooms * options.urls.size(); i++) {
      LoadClient.Plan plan =
          new LoadClient.Plan(connections + i, run.room(i % rooms), true, 0, 1, i / rooms);
      watchers.add(run.fleet().client(plan));
    }
    run.open(clients);
    run.open(watchers);
    run.prepareBoards(clients, tickets);
    List<Sender> writers = clients.stream().map(client -> Moves.of(client, tickets)).toList();
    Tally tally = run.measure(Load.of(writers, rate));
    report.number("accepted", tally.acceptedMeasured / (double) options.seconds, "/s");
    report.number("delivered events", tally.deliveredMeasured / (double) options.seconds, "/s");
    report.latency(
        rate.saturating() ? "sent until accepted" : "due until accepted", tally.acceptedLatency);
    return run.finish(report, tally);
  }
}

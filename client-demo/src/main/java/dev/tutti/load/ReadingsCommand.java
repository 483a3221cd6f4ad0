package dev.tutti.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How many readings a second one dashboard takes, and how soon its viewers see them. */
@Command(
    name = "readings",
    description = {
      "Sends readings to one dashboard and measures when its viewers see them.",
      "Viewers that are stalled stop to read from their sockets; at the end they read on."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class ReadingsCommand implements Callable<Integer> {
  private static final int MAX_SENDERS = 100;
  private static final int MAX_ROWS = 200;

  @Mixin final Options options = new Options();
  @Mixin final MetricsToken metricsToken = new MetricsToken();

  @Option(
      names = "--socket",
      description = "Send over a WebSocket for each sender rather than by requests.")
  boolean socket;

  @Option(
      names = "--senders",
      paramLabel = "N",
      defaultValue = "20",
      description = "Programs, each with a table of its own on the dashboard.")
  int senders;

  @Option(
      names = "--series",
      paramLabel = "N",
      defaultValue = "50",
      description = "Series of a sender, which are the rows of its table, 1 to 200.")
  int series;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "50",
      description = "Readings of one request or command, each of another series.")
  int batch;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "10000",
      converter = Rate.Converter.class,
      description = "Readings a second over all senders.")
  Rate rate = new Rate(1);

  @Option(
      names = "--window",
      paramLabel = "N",
      defaultValue = "200",
      description = "Commands, or requests over a connection each, without an answer of a sender.")
  int window;

  @Option(names = "--viewers", paramLabel = "N", defaultValue = "1")
  int viewers;

  @Option(
      names = "--stalled",
      paramLabel = "N",
      defaultValue = "0",
      description = "Viewers beside those that do not read while it is measured.")
  int stalled;

  @Override
  public Integer call() throws InterruptedException {
    options.require(senders >= 1 && senders <= MAX_SENDERS, "--senders must be from 1 to 100.");
    options.require(series >= 1 && series <= MAX_ROWS, "--series must be from 1 to 200.");
    options.require(batch >= 1 && batch <= series, "--batch must be from 1 to --series.");
    options.require(window >= 1 && window <= InFlight.MAX_WINDOW, InFlight.LIMIT);
    options.require(viewers >= 1 && stalled >= 0, "There must be viewers.");
    options.require(!rate.saturating(), "Readings need a --rate that is a number.");
    Report report =
        new Report(
            "readings",
            Report.text(
                "over %s, %d senders of %d series, batches of %d, rate %s, %d viewers, %d stalled",
                socket ? "WebSockets" : "HTTP", senders, series, batch, rate, viewers, stalled));
    return Scenario.perform(options, report, this::run);
  }

  private boolean run(Run run, Report report) throws IOException, InterruptedException {
    String room = run.room("dashboard", 0);
    List<LoadClient> sending = clients(run, room, 0, senders, false, 0);
    run.open(sending);
    run.prepare(
        sending,
        1,
        (sender, n) ->
            (text, id, due) -> sender.commands().addTable(text, id, due, sender.plan().number()));
    List<LoadClient> looking = clients(run, room, senders, viewers, true, 1);
    List<LoadClient> stalling = clients(run, room, senders + viewers, stalled, true, 0);
    run.open(looking);
    run.open(stalling);
    try (Figures figures = new Figures(run.fleet().targets(), metricsToken.text)) {
      Footprint footprint = Footprint.of(figures);
      run.each(stalling, LoadClient::stall);
      Load load = Load.scheduled(due(run.fleet(), sending), rate.perSecond() / batch);
      Tally tally = run.measure(load, () -> run.each(stalling, LoadClient::readOn));
      report(report, tally);
      footprint.report(report);
      return run.finish(report, tally);
    }
  }

  private void report(Report report, Tally tally) {
    double seconds = options.seconds;
    report.number("accepted readings", tally.acceptedMeasured * batch / seconds, "/s");
    report.number("events, for each viewer", events(tally) / seconds, "/s");
    tally.seenLatency.add(tally.seenElsewhereLatency);
    report.latency("due until seen by each viewer", tally.seenLatency);
    report.latency("due until accepted", tally.acceptedLatency);
  }

  private double events(Tally tally) {
    return tally.deliveredMeasured / (double) viewers;
  }

  private List<LoadClient> clients(
      Run run, String room, int from, int count, boolean subscribe, int sampleEvery) {
    List<LoadClient> clients = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      LoadClient.Plan plan =
          new LoadClient.Plan(i, room, subscribe, sampleEvery, window, i % options.urls.size());
      clients.add(run.fleet().client(plan));
    }
    return clients;
  }

  private List<? extends Due> due(Fleet fleet, List<LoadClient> sending) {
    List<Due> all = new ArrayList<>();
    for (LoadClient client : sending) {
      Readings readings = new Readings(client.plan().number(), series, batch);
      Target target = options.targets().get(client.plan().server());
      all.add(
          socket
              ? Readings.of(client, readings)
              : new Posts(fleet, target, client, readings, window));
    }
    return all;
  }
}

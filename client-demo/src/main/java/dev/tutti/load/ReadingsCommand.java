package dev.tutti.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How many readings a second one dashboard takes over HTTP, and how soon they are seen. */
@Command(
    name = "readings",
    description = "Posts readings to one dashboard over HTTP and measures when a viewer sees them.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class ReadingsCommand implements Callable<Integer> {
  private static final int MAX_SENDERS = 100;
  private static final int MAX_BATCH = 200;
  private static final int MAX_WINDOW = 64;

  @Mixin final Options options = new Options();

  @Option(
      names = "--senders",
      paramLabel = "N",
      defaultValue = "20",
      description = "Programs, each with a table of its own on the dashboard.")
  int senders;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "50",
      description = "Readings of one request, each of another series.")
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
      defaultValue = "8",
      description = "Requests that a sender has unanswered at most.")
  int window;

  @Override
  public Integer call() throws InterruptedException {
    options.requireSensible();
    options.require(options.urls.size() == 1, "One dashboard is fed at one --url.");
    options.require(senders >= 1 && senders <= MAX_SENDERS, "--senders must be from 1 to 100.");
    options.require(batch >= 1 && batch <= MAX_BATCH, "--batch must be from 1 to 200.");
    options.require(window >= 1 && window <= MAX_WINDOW, "--window must be from 1 to 64.");
    options.require(!rate.saturating(), "Readings need a --rate that is a number.");
    String asked = Report.text("%d senders, batches of %d, rate %s", senders, batch, rate);
    try (Dashboard dashboard =
        new Dashboard(options.target(options.urls.getFirst()), UUID.randomUUID().toString())) {
      boolean kept = run(dashboard, new Report("readings", asked));
      return kept ? 0 : Scenario.BROKEN;
    } catch (IOException e) {
      options.progress().println("tutti load: " + e.getMessage());
      return Scenario.BROKEN;
    }
  }

  private boolean run(Dashboard dashboard, Report report) throws IOException, InterruptedException {
    for (int i = 0; i < senders; i++) {
      dashboard.addTable("w" + i);
    }
    dashboard.watch();
    double perSender = rate.perSecond() / (double) senders / batch;
    List<Meter> meters = new ArrayList<>();
    for (int i = 0; i < senders; i++) {
      meters.add(new Meter(dashboard, "w" + i, batch, window, (long) (1e9 / perSender)));
    }
    meters.forEach(Meter::start);
    Thread.sleep(options.warmUpSeconds * 1_000L);
    meters.forEach(Meter::measure);
    dashboard.measure();
    Thread.sleep(options.seconds * 1_000L);
    meters.forEach(Meter::stop);
    long accepted = meters.stream().mapToLong(Meter::accepted).sum();
    long refused = meters.stream().mapToLong(Meter::refused).sum();
    report.number("accepted readings", accepted / (double) options.seconds, "/s");
    report.number("refused requests", refused, "");
    report.number("held back by the sender", meters.stream().mapToLong(Meter::late).sum(), "");
    report.number("events seen", dashboard.events() / (double) options.seconds, "/s");
    report.latency("sent until seen by a viewer", dashboard.seen());
    options.out().println(options.json ? report.json() : report.table());
    options.out().flush();
    return refused == 0 && accepted > 0 && dashboard.unbroken();
  }
}

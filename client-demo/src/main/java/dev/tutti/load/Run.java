package dev.tutti.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * The course of every scenario: open, prepare, warm up, measure, let what is in flight be answered,
 * and compare what the subscribers hold. Used by the main thread.
 */
final class Run implements AutoCloseable {
  /** How long unanswered commands and late subscribers are waited for at the end. */
  private static final long SETTLE_MILLIS = 10_000;

  private static final long POLL_MILLIS = 50;
  private static final long HEAD_START_NANOS = 100_000_000;

  private final Options options;
  private final Fleet fleet;
  private final String name = Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);

  private Optional<ProcessStat> serverBefore = Optional.empty();
  private Optional<ProcessStat> serverAfter = Optional.empty();
  private long ownBeforeNanos;
  private long ownAfterNanos;

  Run(Options options) {
    this.options = options;
    this.fleet = new Fleet(options.targets(), options.threads);
  }

  Fleet fleet() {
    return fleet;
  }

  /** The name of a board that no other run uses. */
  String room(int number) {
    return room("board", number);
  }

  /** The name of a room that no other run uses. */
  String room(String type, int number) {
    return type + ":load-" + name + "-" + number;
  }

  /** Does something with each client on its own lane, and waits. */
  void each(List<LoadClient> clients, Consumer<LoadClient> task) throws InterruptedException {
    fleet.ask(lane -> {
      clients.stream().filter(client -> client.lane() == lane).forEach(task);
      return 0;
    });
  }

  void say(String line) {
    options.progress().println(line);
    options.progress().flush();
  }

  void open(List<LoadClient> clients) throws IOException, InterruptedException {
    long start = Stamp.now();
    fleet.open(clients);
    say(Report.text("opened %,d connections in %.1f s", clients.size(), since(start)));
  }

  /** Adds the columns of each writer's board, then each writer's own tickets. */
  void prepareBoards(List<LoadClient> writers, int tickets)
      throws IOException, InterruptedException {
    if (!options.boards()) {
      return;
    }
    long start = Stamp.now();
    Map<String, LoadClient> first = new HashMap<>();
    writers.forEach(writer -> first.putIfAbsent(writer.plan().room(), writer));
    prepare(List.copyOf(first.values()), Commands.COLUMNS, Run::column);
    prepare(writers, tickets, Run::ticket);
    say(
        Report.text(
            "prepared %,d boards and %,d tickets in %.1f s",
            first.size(), writers.size() * (long) tickets, since(start)));
  }

  /** Makes one writer's n-th command. */
  interface Maker {
    LoadClient.Command make(LoadClient writer, int number);
  }

  private static LoadClient.Command column(LoadClient writer, int number) {
    return (text, id, due) -> writer.commands().addColumn(text, id, due, number);
  }

  /** Has each writer move a ticket of its own so often, and waits until all of it is accepted. */
  void append(List<LoadClient> writers, int events) throws IOException, InterruptedException {
    prepare(writers, events, Run::move);
  }

  private static LoadClient.Command move(LoadClient writer, int number) {
    int owner = writer.plan().number();
    int column = (number + 1) % Commands.COLUMNS;
    return (text, id, due) -> writer.commands().moveTicket(text, id, due, owner, 0, column);
  }

  private static LoadClient.Command ticket(LoadClient writer, int number) {
    int owner = writer.plan().number();
    return (text, id, due) -> writer.commands().addTicket(text, id, due, owner, number);
  }

  /** Has each writer's first commands accepted. */
  void prepare(List<LoadClient> writers, int count, Maker maker)
      throws IOException, InterruptedException {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (LoadClient writer : writers) {
      List<LoadClient.Command> commands = new ArrayList<>();
      for (int number = 0; number < count; number++) {
        commands.add(maker.make(writer, number));
      }
      all.add(Preparation.of(writer, commands));
    }
    Fleet.await(CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)));
  }

  /** What is done between measuring and waiting for what is under way. */
  interface Ending {
    void run() throws InterruptedException;
  }

  /** Runs the load through warm-up and measuring, then waits for what is under way. */
  Tally measure(Load load) throws InterruptedException {
    return measure(load, () -> {});
  }

  /** The same, with something to do before the waiting. */
  Tally measure(Load load, Ending ending) throws InterruptedException {
    long start = Stamp.now() + HEAD_START_NANOS;
    long from = start + options.warmUpSeconds * 1_000_000_000L;
    long until = from + options.seconds * 1_000_000_000L;
    fleet.ask(lane -> {
      lane.tally().measure(from, until);
      return 0;
    });
    load.start(fleet, start);
    watch(from, false);
    serverBefore = ProcessStat.of(options.serverPid);
    ownBeforeNanos = ownCpuNanos();
    watch(until, true);
    serverAfter = ProcessStat.of(options.serverPid);
    ownAfterNanos = ownCpuNanos();
    load.stop(fleet);
    ending.run();
    settle();
    return fleet.sum();
  }

  /** Prints a line each second until a time of {@link Stamp#now}. */
  private void watch(long untilNanos, boolean measured) throws InterruptedException {
    Tally.Lap before = fleet.lap();
    long lapStart = Stamp.now();
    while (Stamp.now() < untilNanos) {
      long wait = Math.min(1_000_000_000L, untilNanos - Stamp.now());
      Thread.sleep(Math.max(1, wait / 1_000_000));
      Tally.Lap now = fleet.lap();
      double seconds = since(lapStart);
      say(
          Report.text(
              "%-8s sent %,9.0f/s  accepted %,9.0f/s  delivered %,11.0f/s  p99 %8.2f ms",
              measured ? "measure" : "warm-up",
              (now.sent() - before.sent()) / seconds,
              (now.accepted() - before.accepted()) / seconds,
              (now.delivered() - before.delivered()) / seconds,
              now.p99Nanos() / 1e6));
      before = now;
      lapStart = Stamp.now();
    }
  }

  private void settle() throws InterruptedException {
    long deadline = Stamp.now() + SETTLE_MILLIS * 1_000_000;
    while (Stamp.now() < deadline && (unanswered() > 0 || behind() > 0)) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  private long unanswered() throws InterruptedException {
    return fleet.total(LoadClient::unanswered);
  }

  /** Subscribers that have not seen all that another subscriber of their room has seen. */
  private long behind() throws InterruptedException {
    Map<String, Long> newest = new HashMap<>();
    for (Map<String, Long> seen : fleet.ask(this::newestOn)) {
      seen.forEach((room, seq) -> newest.merge(room, seq, Math::max));
    }
    return fleet.total(client ->
        client.plan().subscribe()
                && client.lastSeq() < newest.getOrDefault(client.plan().room(), 0L)
            ? 1
            : 0);
  }

  private Map<String, Long> newestOn(Lane lane) {
    Map<String, Long> newest = new HashMap<>();
    for (LoadClient client : fleet.clients()) {
      if (client.lane() == lane) {
        newest.merge(client.plan().room(), client.lastSeq(), Math::max);
      }
    }
    return newest;
  }

  /** Adds what every scenario reports, and says whether all promises were kept. */
  boolean finish(Report report, Tally tally) throws InterruptedException {
    double seconds = options.seconds;
    report.number("frames", tally.framesMeasured / seconds, "/s");
    report.number("received", tally.bytesMeasured / seconds / 1e6, "MB/s");
    report.number(
        "CPU of this generator", (ownAfterNanos - ownBeforeNanos) / 1e9 / seconds, "cores");
    if (serverBefore.isPresent() && serverAfter.isPresent()) {
      long millis = serverAfter.get().cpuMillis() - serverBefore.get().cpuMillis();
      report.number("CPU of the server", millis / 1e3 / seconds, "cores");
      report.number("memory of the server", serverAfter.get().residentBytes() / 1e6, "MB");
    }
    return new Checks(tally, unanswered(), behind()).addTo(report);
  }

  private static long ownCpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean os
        ? os.getProcessCpuTime()
        : 0;
  }

  private static double since(long startNanos) {
    return (Stamp.now() - startNanos) / 1e9;
  }

  @Override
  public void close() {
    fleet.close();
  }
}

package dev.tutti.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/**
 * Clients that are cut and come back together, round after round. Their rooms' writers stay, on
 * connections of their own. Used by the main thread.
 */
final class Storm {
  private static final int WINDOW = 100;
  private static final long SLOWEST_NANOS = 600_000_000_000L;
  private static final long POLL_MILLIS = 50;

  /** How long servers may take to notice that everybody is gone. */
  private static final int QUIET_POLLS = 200;

  /** What a room asks of the journal when somebody comes: to be loaded, or what it lacks. */
  private static final List<String> READS =
      List.of(
          "tutti_journal_reads_total{what=\"room\"}",
          "tutti_journal_reads_total{what=\"events\"}",
          "tutti_journal_reads_total{what=\"keys\"}");

  private static final List<String> LOADS = List.of("tutti_room_loads_total");
  private static final List<String> CONNECTIONS = List.of("tutti_connections ");

  /**
   * What is asked.
   *
   * @param missed events of each room while everybody is away
   * @param back the server at which all come back; negative where each comes back to its own
   */
  record Plan(int clients, int rooms, int missed, int back) {}

  /**
   * What came of one round, in seconds from its beginning, and what the journal was asked in it.
   *
   * @param plain until all were welcome who join no room
   */
  private record Round(
      double plain,
      double welcome,
      double arrival,
      Optional<Double> reads,
      Optional<Double> loads) {}

  private final Run run;
  private final Figures figures;
  private final Plan plan;
  private final int servers;
  private final List<LoadClient> writers = new ArrayList<>();
  private final List<Returner> clients = new ArrayList<>();
  private final List<Round> rounds = new ArrayList<>();
  private final Histogram plainWelcome = new SynchronizedHistogram(SLOWEST_NANOS, 3);
  private final Histogram welcome = new SynchronizedHistogram(SLOWEST_NANOS, 3);
  private final Histogram arrival = new SynchronizedHistogram(SLOWEST_NANOS, 3);
  private long comeAgain;
  private long missing;

  Storm(Run run, Figures figures, Plan plan) {
    this.run = run;
    this.figures = figures;
    this.plan = plan;
    this.servers = run.fleet().targets().size() - (plan.back() < 0 ? 0 : 1);
  }

  /** Everybody comes for the first time, which is not measured. */
  void begin() throws IOException, InterruptedException {
    Fleet fleet = run.fleet();
    for (int room = 0; room < plan.rooms(); room++) {
      LoadClient.Plan writer =
          new LoadClient.Plan(room, run.room(room), true, 0, WINDOW, room % servers);
      writers.add(fleet.client(writer));
    }
    run.open(writers);
    run.prepareBoards(writers, 1);
    for (int i = 0; i < plan.clients(); i++) {
      Lane lane = fleet.lanes().get(i % fleet.lanes().size());
      clients.add(new Returner(lane, fleet.bootstrap(), run.room(i % plan.rooms())));
    }
    Histogram unmeasured = new SynchronizedHistogram(SLOWEST_NANOS, 3);
    Wave wave = come(new Wave(clients.size(), heads(), unmeasured, unmeasured), -1);
    run.say(Report.text("%,d came in %.1f s", clients.size(), wave.arrivalSeconds()));
  }

  /** One round: all are cut, come for a hello, are cut, miss something, and come back. */
  void blow() throws IOException, InterruptedException {
    leave();
    Wave plain = come(new Wave(clients.size(), Map.of(), plainWelcome, plainWelcome), plan.back());
    leave();
    run.append(writers, plan.missed());
    Optional<Double> reads = figures.sum(READS);
    Optional<Double> loads = figures.sum(LOADS);
    Wave storm = come(new Wave(clients.size(), heads(), welcome, arrival), plan.back());
    Round round =
        new Round(
            plain.welcomeSeconds(),
            storm.welcomeSeconds(),
            storm.arrivalSeconds(),
            grown(READS, reads),
            grown(LOADS, loads));
    rounds.add(round);
    run.say(
        Report.text(
            "round %d: plain %.2f s, welcome %.2f s, caught up %.2f s, journal asked %s",
            rounds.size(),
            round.plain(),
            round.welcome(),
            round.arrival(),
            round.reads().map(n -> Report.text("%,.0f times", n)).orElse("? times")));
  }

  private Optional<Double> grown(List<String> samples, Optional<Double> before)
      throws InterruptedException {
    Optional<Double> now = figures.sum(samples);
    return before.flatMap(then -> now.map(it -> it - then));
  }

  private Wave come(Wave wave, int to) throws IOException, InterruptedException {
    List<Target> targets = run.fleet().targets();
    for (int i = 0; i < clients.size(); i++) {
      clients.get(i).come(targets.get(to < 0 ? i % servers : to), wave);
    }
    if (!wave.await()) {
      missing += wave.missing();
      run.say(Report.text("given up: %,d did not get there", wave.missing()));
    }
    comeAgain += wave.comeAgain();
    return wave;
  }

  /** All connections break; waits until the servers know, if they tell. */
  private void leave() throws InterruptedException {
    clients.forEach(Returner::cut);
    for (int i = 0; i < QUIET_POLLS; i++) {
      Thread.sleep(POLL_MILLIS);
      Optional<Double> there = figures.sum(CONNECTIONS);
      if (there.isEmpty() || there.get() <= writers.size()) {
        return;
      }
    }
  }

  /** How far each room is, as its writer has seen it. */
  private Map<String, Long> heads() throws InterruptedException {
    Map<String, Long> heads = new HashMap<>();
    run.fleet()
        .ask(lane ->
            writers.stream()
                .filter(writer -> writer.lane() == lane)
                .map(writer -> Map.entry(writer.plan().room(), writer.lastSeq()))
                .toList())
        .forEach(some -> some.forEach(head -> heads.put(head.getKey(), head.getValue())));
    return heads;
  }

  /** Adds what was measured; true where every promise was kept and no room asked too much. */
  boolean report(Report report) throws InterruptedException {
    double plain = median(rounds.stream().map(Round::plain).toList());
    double all = median(rounds.stream().map(Round::arrival).toList());
    report.number("plain handshakes, all after", plain, "s");
    report.number("plain handshakes", clients.size() / plain, "/s");
    double welcomed = median(rounds.stream().map(Round::welcome).toList());
    report.number("back, all welcome after", welcomed, "s");
    report.number("back, all caught up after", all, "s");
    report.number("caught up", clients.size() / all, "/s");
    report.number("caught up over plain handshakes", all / plain, "times as long");
    report.number("told to come later", comeAgain, "");
    report.latency("beginning until welcome, plain", plainWelcome);
    report.latency("beginning until welcome, back", welcome);
    report.latency("beginning until caught up", arrival);
    boolean few = journal(report);
    return new Checks(run.fleet().sum(), 0, missing).addTo(report) && few;
  }

  /** At most one question for each room at each server, in every round. */
  private boolean journal(Report report) {
    if (rounds.stream().anyMatch(round -> round.reads().isEmpty())) {
      report.line("asked of the journal", "not known: /metrics is not for us (--metrics-token)");
      return true;
    }
    double most = rounds.stream().mapToDouble(round -> round.reads().orElseThrow()).max().orElse(0);
    double loads = rounds.stream().mapToDouble(round -> round.loads().orElse(0.0)).max().orElse(0);
    int places = plan.rooms() * (plan.back() < 0 ? servers : 1);
    report.line(
        "asked of the journal",
        Report.text(
            "%,.0f questions and %,.0f loads in a round at most, for %,d rooms at %d servers",
            most, loads, plan.rooms(), places / plan.rooms()));
    return most <= places;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}

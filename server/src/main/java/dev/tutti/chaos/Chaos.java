package dev.tutti.chaos;

import dev.tutti.config.Network;
import dev.tutti.fleet.Console;
import dev.tutti.fleet.Fleet;
import dev.tutti.fleet.FleetPlan;
import dev.tutti.fleet.Part;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Rounds of faults on a fleet that people write on, from a seed. */
final class Chaos {
  private static final int ROOMS = 3;

  /** Of an instance that is told to end. */
  private static final Duration DRAIN = Duration.ofSeconds(1);

  /** Rounds on the same boards; then others, so that the histories stay as long as they are. */
  private static final int ROUNDS_A_CROWD = 4;

  /** Commands that are accepted before and after a fault, of everybody together. */
  private static final int ACCEPTED = 100;

  private static final int MAX_SHOWN = 20;

  private final ChaosPlan plan;
  private final Console console;
  private final Random random;
  private final Tally tally = new Tally();

  /** Those that are still to strike before any strikes again. */
  private final List<Fault> faults = new ArrayList<>();

  private int rounds;

  Chaos(ChaosPlan plan, Console console) {
    this.plan = plan;
    this.console = console;
    this.random = new Random(plan.seed());
  }

  /** Runs until the time is over; says whether every promise was kept. */
  boolean run() throws IOException, InterruptedException {
    try (Links links = new Links();
        Fleet fleet = new Fleet(fleetPlan(links), console)) {
      fleet.start();
      Bed bed = new Bed(fleet, links, plan.freeze());
      console.say("chaos begins, seed " + plan.seed());
      long end = System.nanoTime() + plan.time().toNanos();
      for (int crowd = 0; goesOn(end); crowd++) {
        try (Crowd people = crowd(crowd, bed)) {
          for (int i = 0; i < ROUNDS_A_CROWD && goesOn(end); i++) {
            round(next(), people, bed);
            rounds++;
          }
          tally.crowd(people.figures());
        }
      }
    }
    console.say((tally.isClean() ? "every promise was kept: " : "a promise was broken: ") + tally);
    return tally.isClean();
  }

  private boolean goesOn(long end) {
    return tally.isClean() && (rounds < plan.atLeast() || System.nanoTime() < end);
  }

  private Fault next() {
    if (faults.isEmpty()) {
      faults.addAll(plan.faults());
      Collections.shuffle(faults, random);
    }
    return faults.removeLast();
  }

  private FleetPlan fleetPlan(Links links) {
    return new FleetPlan(
        plan.instances(),
        0,
        plan.data(),
        Map.of(
            "TUTTI_MAX_MESSAGES_PER_SECOND", "100000",
            "TUTTI_MAX_BURST", "100000",
            "TUTTI_PING_MILLIS", "1000",
            "TUTTI_DRAIN_SECONDS", Long.toString(DRAIN.toSeconds())),
        true,
        true,
        DRAIN.plus(Network.AFTER_DRAIN),
        true,
        links);
  }

  private Crowd crowd(int number, Bed bed) {
    List<String> rooms = new ArrayList<>();
    for (int i = 0; i < ROOMS; i++) {
      rooms.add("board:chaos-%d-%d-%d".formatted(plan.begunSeconds(), number, i));
    }
    List<Integer> ports = bed.fleet().instances().stream().map(Chaos::port).toList();
    return new Crowd(rooms, plan.clients(), ports, random);
  }

  private static int port(Part instance) {
    return URI.create(instance.awaitReady()).getPort();
  }

  private void round(Fault fault, Crowd people, Bed bed) throws IOException, InterruptedException {
    int hit = random.nextInt(plan.instances());
    long before = people.accepted();
    people.write(plan.pause());
    awaitAccepted(people, before + ACCEPTED);
    fault.strike(bed, hit, random);
    long struckNanos = System.nanoTime();
    bed.fleet().instances().forEach(Part::awaitReady);
    awaitAccepted(people, people.accepted() + ACCEPTED);
    long goesOnNanos = System.nanoTime() - struckNanos;
    List<String> found = people.check(port(bed.instance(random.nextInt(plan.instances()))));
    if (plan.presence()) {
      found.addAll(people.checkPresence());
    }
    tally.round(found);
    console.say(
        "%s on instance %d: %d accepted, writing again after %d ms, %s"
            .formatted(
                fault,
                hit + 1,
                people.accepted() - before,
                TimeUnit.NANOSECONDS.toMillis(goesOnNanos),
                found.isEmpty() ? "every promise kept" : "BROKEN"));
    found.stream().limit(MAX_SHOWN).forEach(what -> console.say("  " + what));
  }

  private static void awaitAccepted(Crowd people, long commands) {
    Bed.until("commands were accepted", () -> people.accepted() >= commands);
  }

  /**
   * What is to be done.
   *
   * @param begunSeconds since 1970, so that the boards of each run are new
   * @param time after which no further round begins
   * @param atLeast rounds that there are whatever the time says
   * @param freeze how long something stays frozen or cut off
   * @param pause of each client, behind each answer
   * @param presence whether each round waits until everybody sees who is there: 15 s behind a kill
   */
  record ChaosPlan(
      long seed,
      long begunSeconds,
      Duration time,
      int atLeast,
      Duration freeze,
      int instances,
      int clients,
      Duration pause,
      Path data,
      boolean presence,
      List<Fault> faults) {}
}

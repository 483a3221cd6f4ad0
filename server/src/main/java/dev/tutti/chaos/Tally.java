package dev.tutti.chaos;

import dev.tutti.probe.Client;
import dev.tutti.probe.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What chaos has done and found so far. Used by one thread. */
final class Tally {
  private final List<String> broken = new ArrayList<>();
  private int rounds;
  private long commands;
  private long accepted;
  private long refused;
  private long resent;
  private long connections;
  private long documents;

  void round(List<String> found) {
    rounds++;
    broken.addAll(found);
  }

  void crowd(List<Client.Figures> figures) {
    for (Client.Figures one : figures) {
      commands += one.sent();
      accepted += one.accepted();
      refused += one.refused();
      resent += one.resent();
      connections += one.connections();
      documents += one.documents();
    }
  }

  /** Whether every promise was kept. */
  boolean isClean() {
    return broken.isEmpty();
  }

  private long count(Set<Promise> promises) {
    return broken.stream()
        .filter(what -> promises.stream().anyMatch(p -> what.startsWith(p + ":")))
        .count();
  }

  @Override
  public String toString() {
    return ("%d rounds; %d commands sent (%d of them again), %d accepted, %d refused;"
            + " %d connections, %d documents loaded; lost %d, repeated %d, reordered or missing %d,"
            + " promises broken %d")
        .formatted(
            rounds,
            commands,
            resent,
            accepted,
            refused,
            connections,
            documents,
            count(Set.of(Promise.NOTHING_ACCEPTED_IS_LOST)),
            count(Set.of(Promise.NOTHING_HAPPENS_TWICE)),
            count(Set.of(Promise.NO_GAP, Promise.ONE_ORDER)),
            broken.size());
  }
}

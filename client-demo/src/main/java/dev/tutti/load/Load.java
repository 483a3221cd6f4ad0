package dev.tutti.load;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What drives a run's targets: a schedule, or writers that keep their windows full. */
final class Load {
  private final List<? extends Due> scheduled;
  private final double perSecond;
  private final List<Sender> saturating;
  private final List<Pacer> pacers = new ArrayList<>();
  private final @Nullable Load beside;

  private Load(
      List<? extends Due> scheduled,
      double perSecond,
      List<Sender> saturating,
      @Nullable Load beside) {
    this.scheduled = scheduled;
    this.perSecond = perSecond;
    this.saturating = saturating;
    this.beside = beside;
  }

  static Load none() {
    return new Load(List.of(), 0, List.of(), null);
  }

  /** Targets that take turns. */
  static Load scheduled(List<? extends Due> targets, double perSecond) {
    return new Load(targets, perSecond, List.of(), null);
  }

  static Load of(List<Sender> writers, Rate rate) {
    return rate.saturating()
        ? new Load(List.of(), 0, writers, null)
        : scheduled(writers, rate.perSecond());
  }

  Load with(Load other) {
    return new Load(scheduled, perSecond, saturating, other);
  }

  void start(Fleet fleet, long startNanos) throws InterruptedException {
    fleet.ask(lane -> startOn(lane, startNanos)).forEach(pacers::addAll);
    if (beside != null) {
      beside.start(fleet, startNanos);
    }
  }

  private List<Pacer> startOn(Lane lane, long startNanos) {
    saturating.stream().filter(writer -> writer.lane() == lane).forEach(Sender::saturate);
    List<? extends Due> own = scheduled.stream().filter(due -> due.lane() == lane).toList();
    if (own.isEmpty()) {
      return List.of();
    }
    double share = perSecond * own.size() / scheduled.size();
    Pacer pacer = new Pacer(lane, own, share, startNanos);
    pacer.run();
    return List.of(pacer);
  }

  void stop(Fleet fleet) throws InterruptedException {
    fleet.ask(lane -> {
      saturating.stream().filter(writer -> writer.lane() == lane).forEach(Sender::stop);
      pacers.stream().filter(pacer -> pacer.lane() == lane).forEach(Pacer::stop);
      return 0;
    });
    if (beside != null) {
      beside.stop(fleet);
    }
  }
}

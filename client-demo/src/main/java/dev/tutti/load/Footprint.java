package dev.tutti.load;

import java.util.List;
import java.util.Optional;

/** What servers hold in memory before a load and behind it, as they say themselves. */
final class Footprint {
  private static final List<String> PENDING = List.of("tutti_connection_pending_bytes_most");
  private static final List<String> BUFFERS = List.of("tutti_buffer_bytes");

  /** What the heap held behind its last collections: what is left of it, not what is used. */
  private static final List<String> LIVE = List.of("jvm_gc_live_data_size_bytes");

  private final Figures figures;
  private final Optional<Double> buffersBefore;
  private final Optional<Double> liveBefore;

  private Footprint(Figures figures) throws InterruptedException {
    this.figures = figures;
    this.buffersBefore = figures.sum(BUFFERS);
    this.liveBefore = figures.sum(LIVE);
  }

  /** Looks at the servers now. */
  static Footprint of(Figures figures) throws InterruptedException {
    return new Footprint(figures);
  }

  /** Looks again, and tells both. */
  void report(Report report) throws InterruptedException {
    Optional<Double> pending = figures.sum(PENDING);
    if (pending.isEmpty()) {
      report.line("memory of connections", "not known: /metrics is not for us (--metrics-token)");
      return;
    }
    report.number("most waiting in one connection", pending.get(), "bytes");
    change(report, "socket buffers", buffersBefore, figures.sum(BUFFERS));
    change(report, "heap behind old collections", liveBefore, figures.sum(LIVE));
  }

  private static void change(
      Report report, String label, Optional<Double> before, Optional<Double> after) {
    report.line(
        label,
        Report.text("%,.1f MiB before, %,.1f MiB after", mebibytes(before), mebibytes(after)));
  }

  private static double mebibytes(Optional<Double> bytes) {
    return bytes.orElse(0.0) / (1024 * 1024);
  }
}

package dev.tutti.load;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The result of a run: what was asked, what was measured, and what the checks found. */
final class Report {
  private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};
  private static final String[] NAMES = {"p50", "p90", "p99", "p99.9", "max"};
  private static final int LABEL_WIDTH = 38;

  private final ObjectNode json = JsonMapper.shared().createObjectNode();
  private final Map<String, String> lines = new LinkedHashMap<>();
  private final Map<String, Histogram> latencies = new LinkedHashMap<>();
  private final String title;

  Report(String scenario, String asked) {
    this.title = "tutti load " + scenario + ": " + asked;
    json.put("scenario", scenario).put("asked", asked);
  }

  Report line(String label, String value) {
    lines.put(label, value);
    json.put(label, value);
    return this;
  }

  /** A number with its unit, which the label carries in JSON. */
  Report number(String label, double value, String unit) {
    lines.put(label, format(value) + (unit.isEmpty() ? "" : " " + unit));
    json.put(unit.isEmpty() ? label : label + " (" + unit + ")", Math.round(value * 1000) / 1000.0);
    return this;
  }

  /** A histogram of nanoseconds; left out where it is empty. */
  Report latency(String label, Histogram nanos) {
    if (nanos.getTotalCount() == 0) {
      return this;
    }
    latencies.put(label, nanos);
    ObjectNode row = json.putObject(label + " (ms)").put("count", nanos.getTotalCount());
    for (int i = 0; i < NAMES.length; i++) {
      row.put(NAMES[i], Math.round(nanos.getValueAtPercentile(PERCENTILES[i]) / 1e3) / 1e3);
    }
    return this;
  }

  String json() {
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json);
  }

  String table() {
    StringBuilder text = new StringBuilder(title).append("\n\n");
    lines.forEach(
        (label, value) -> text.append("  ").append(pad(label)).append(value).append('\n'));
    if (!latencies.isEmpty()) {
      text.append("\n  ").append(pad("latency, ms"));
      for (String name : NAMES) {
        text.append(text("%10s", name));
      }
      text.append(text("%12s%n", "count"));
      latencies.forEach((label, nanos) -> row(text, label, nanos));
    }
    return text.toString();
  }

  /** Formats the same way everywhere. */
  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static void row(StringBuilder text, String label, Histogram nanos) {
    text.append("  ").append(pad(label));
    for (double percentile : PERCENTILES) {
      double millis = nanos.getValueAtPercentile(percentile) / 1e6;
      text.append(text("%10.2f", millis));
    }
    text.append(text("%,12d%n", nanos.getTotalCount()));
  }

  private static String format(double value) {
    return value == Math.rint(value) || Math.abs(value) >= 1000
        ? text("%,.0f", value)
        : text("%.2f", value);
  }

  private static String pad(String label) {
    return label + " ".repeat(Math.max(1, LABEL_WIDTH - label.length()));
  }
}

package dev.tutti.load;

import picocli.CommandLine.Option;

/** What a scenario needs that asks servers for their own figures. */
final class MetricsToken {
  @Option(
      names = "--metrics-token",
      paramLabel = "TOKEN",
      defaultValue = "${env:TUTTI_LOAD_METRICS_TOKEN:-}",
      description = "For /metrics, where the server wants one (default: none).")
  String text = "";
}

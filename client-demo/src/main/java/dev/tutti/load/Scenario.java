package dev.tutti.load;

import java.io.IOException;

/** One run of a scenario, up to its printed report. */
interface Scenario {
  /** Exit status where a promise was broken, or the server could not be reached. */
  int BROKEN = 1;

  /** Runs and fills the report; true where every promise was kept. */
  boolean run(Run run, Report report) throws IOException, InterruptedException;

  /** The exit status: 0 where all promises were kept. */
  static int perform(Options options, Report report, Scenario scenario)
      throws InterruptedException {
    options.requireSensible();
    try (Run run = new Run(options)) {
      boolean kept = scenario.run(run, report);
      options.out().println(options.json ? report.json() : report.table());
      options.out().flush();
      return kept ? 0 : BROKEN;
    } catch (IOException e) {
      options.progress().println("tutti load: " + e.getMessage());
      return BROKEN;
    }
  }
}

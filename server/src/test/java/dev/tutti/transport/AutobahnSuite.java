package dev.tutti.transport;

import java.util.List;
import java.util.Map;
import me.normanmaurer.maven.autobahntestsuite.AutobahnTestSuite;

/** Runs the suite's fuzzing client, which leaves its reports under the working directory. */
final class AutobahnSuite {
  private static final List<String> CASES =
      List.of("1.*", "2.*", "3.*", "4.*", "5.*", "6.*", "7.*", "10.*");

  /** Close codes 1012 to 1014, which were registered after this suite was written. */
  private static final List<String> OUTDATED = List.of("7.9.6", "7.9.7", "7.9.8");

  private AutobahnSuite() {}

  public static void main(String[] args) {
    AutobahnTestSuite.runFuzzingClient("Tutti", args[0], Map.of("version", 18), CASES, OUTDATED);
    System.exit(0); // Twisted's reactor leaves threads behind
  }
}

package dev.tutti.fleet;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How another Java process like this one is started. */
final class JavaCommand {
  /** Options of this process alone. */
  private static final String OWN = "-(agentlib|javaagent|XX:AOTCacheOutput|XX:StartFlightRec).*";

  private JavaCommand() {}

  /** The same JVM with the same options and class path, and another main class. */
  static List<String> of(String main, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.matches(OWN))
        .forEach(words::add);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    words.addAll(List.of(arguments));
    return words;
  }
}

package dev.tutti.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The command line of a {@code tutti} of the classes under test. Dozens of them are started, so
 * they do without the optimizing compiler, and from what one start has left behind (JEP 514): 2.6
 * CPU-seconds in the place of 4.4.
 */
public final class TuttiCommand {
  private static final List<String> OPTIONS =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xmx256m",
          "--enable-native-access=ALL-UNNAMED",
          "-Dio.netty.allocator.type=pooled");

  private TuttiCommand() {}

  /** The words of a command such as {@code serve --port 0}. */
  public static List<String> of(List<String> arguments) {
    List<String> words = java(QuickStart.OF_ALL.options(), QuickStart.OF_ALL.classPath());
    words.addAll(arguments);
    return words;
  }

  static List<String> java(List<String> more, List<Path> classPath) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(OPTIONS);
    words.addAll(more);
    words.add("-cp");
    words.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    words.add("dev.tutti.Main");
    return words;
  }

  /** What the server's own class path would be: that of the tests without their classes. */
  static List<Path> classPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(all.split(File.pathSeparator))
        .map(Path::of)
        .filter(path -> Files.exists(path) && !path.endsWith("test-classes"))
        .toList();
  }
}

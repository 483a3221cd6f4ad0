package dev.tutti.transport;

import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/**
 * A module of ours as browsers get it: without the doc comments, which are for whoever reads the
 * sources and are a third of what would be sent. Lines keep their numbers, so that errors point at
 * the sources. Only a comment that begins its line counts; no string of ours has such a line.
 */
final class LeanModule {
  private static final String BEGIN = "/**";
  private static final String END = "*/";

  private LeanModule() {}

  static byte[] of(byte[] source) {
    StringJoiner lean = new StringJoiner("\n");
    boolean within = false;
    for (String line : new String(source, StandardCharsets.UTF_8).split("\n", -1)) {
      boolean begins = !within && line.strip().startsWith(BEGIN);
      int end = line.indexOf(END);
      if (begins && end >= 0) {
        boolean alone = line.substring(end + END.length()).isBlank();
        lean.add(alone ? "" : line);
      } else if (within && end >= 0) {
        lean.add(line.substring(end + END.length()));
        within = false;
      } else {
        within = within || begins;
        lean.add(within ? "" : line);
      }
    }
    return lean.toString().getBytes(StandardCharsets.UTF_8);
  }
}

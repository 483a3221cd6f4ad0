package dev.tutti.fleet;

import java.io.PrintStream;

/**
 * What a person sees of a fleet: its own words on one stream, what its parts write on the other,
 * each line with the part's name. Safe on any thread.
 */
public record Console(PrintStream out, PrintStream err) {

  /** The fleet's own word. */
  public void say(String line) {
    out.println(line);
    out.flush();
  }

  /** A line that a part wrote. */
  void line(String part, String line) {
    err.println("[" + part + "] " + line);
  }
}

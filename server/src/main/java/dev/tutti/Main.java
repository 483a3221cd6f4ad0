package dev.tutti;

import dev.tutti.cli.Tutti;
import java.time.InstantSource;

/** Where the process starts: reads the command line and hands over. */
public final class Main {
  private Main() {}

  /** Exit codes: 0 as asked, 1 failed, 2 wrongly called. */
  public static void main(String[] args) {
    System.exit(
        Tutti.commandLine(System.getenv(), InstantSource.system(), System.out, Server::run)
            .execute(args));
  }
}

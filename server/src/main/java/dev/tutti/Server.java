package dev.tutti;

import dev.tutti.config.CannotStart;
import dev.tutti.config.ServerConfig;
import java.io.PrintStream;

/** The wiring of a server. */
final class Server {
  private Server() {}

  /** Starts a server and returns when it has stopped. */
  static void run(ServerConfig config, PrintStream out) {
    throw new CannotStart(
        "The server of this version cannot serve " + config.network().host() + " yet.",
        "Only tutti token works.");
  }
}

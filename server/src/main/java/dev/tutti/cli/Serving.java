package dev.tutti.cli;

import dev.tutti.config.ServerConfig;
import java.io.PrintStream;

/** How a server is run, once its configuration is known. */
@FunctionalInterface
public interface Serving {
  /**
   * Starts a server and returns when it has stopped.
   *
   * @param check whether to stop as soon as it is ready
   * @param out for the start-up lines, the last of which is {@code ready http://…}
   * @throws dev.tutti.config.CannotStart for a reason that the operator can change
   */
  void run(ServerConfig config, boolean check, PrintStream out) throws Exception;
}

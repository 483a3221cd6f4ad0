package dev.tutti;

import dev.tutti.session.Gateway.Health;
import java.util.function.Consumer;

/** What a load balancer is told, from what the parts know. Any thread. */
final class Readiness {
  private enum Stage {
    STARTING,
    SERVING,
    LEAVING
  }

  private final Consumer<Health> told;

  // Guarded by this.
  private Stage stage = Stage.STARTING;
  private boolean connected = true;

  /**
   * @param told hears of each change
   */
  Readiness(Consumer<Health> told) {
    this.told = told;
  }

  /** Connections are accepted. */
  synchronized void serving() {
    stage = Stage.SERVING;
    tell();
  }

  /** The end has begun. */
  synchronized void leaving() {
    stage = Stage.LEAVING;
    tell();
  }

  /** Whether the relay reaches the other instances. */
  synchronized void connected(boolean now) {
    connected = now;
    tell();
  }

  private void tell() {
    told.accept(
        switch (stage) {
          case STARTING -> new Health(false, "The server is starting.");
          case SERVING ->
              connected
                  ? new Health(true, "Ready.")
                  : new Health(
                      true,
                      true,
                      "Ready, but degraded: Redis cannot be reached. What happens on other"
                          + " instances is seen a little later.");
          case LEAVING -> new Health(false, "The server is going away.");
        });
  }
}

package dev.tutti.fleet;

import java.io.IOException;

/** Signals that Java itself cannot send. */
final class Signals {
  private Signals() {}

  /**
   * Sends a signal and waits until it was sent.
   *
   * @param name such as {@code STOP}
   * @throws IOException when there is no such process of ours
   */
  static void send(long pid, String name) throws IOException {
    try {
      int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
      if (code != 0) {
        throw new IOException("Process " + pid + " took no " + name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while sending a signal.", e);
    }
  }
}

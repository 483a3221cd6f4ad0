package dev.tutti.load;

/** Where a client's commands come from. Called on the client's event loop. */
interface Source {
  /** Answers have come, so the window may be open: send what there is to send. */
  void more();

  void accepted(long id, long dueNanos);

  /**
   * @param retryAfterMillis as the server advised, or {@link Scan#NONE}
   */
  void refused(long id, long dueNanos, String code, long retryAfterMillis);

  /** The room's document has been read whole. */
  default void subscribed() {}

  /** Commands that were due and are not sent. */
  default int waiting() {
    return 0;
  }
}

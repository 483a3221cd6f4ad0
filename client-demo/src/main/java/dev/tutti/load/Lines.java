package dev.tutti.load;

import java.util.function.Supplier;

/** What one member of a chat has to say, without end. */
final class Lines implements Supplier<LoadClient.Command> {
  private final LoadClient client;
  private long lines;

  private Lines(LoadClient client) {
    this.client = client;
  }

  /** A member who says it. */
  static Sender of(LoadClient client) {
    return new Sender(client, new Lines(client));
  }

  @Override
  public LoadClient.Command get() {
    long line = ++lines;
    return (text, id, due) -> client.commands().post(text, id, due, line);
  }
}

package dev.tutti.load;

import java.util.function.Supplier;

/** The moves of a writer's own tickets from column to column, without end. */
final class Moves implements Supplier<LoadClient.Command> {
  private final LoadClient client;
  private final int tickets;
  private long moves;

  private Moves(LoadClient client, int tickets) {
    this.client = client;
    this.tickets = tickets;
  }

  /** A writer that sends them. */
  static Sender of(LoadClient client, int tickets) {
    return new Sender(client, new Moves(client, tickets));
  }

  @Override
  public LoadClient.Command get() {
    int ticket = (int) (moves % tickets);
    int column = (int) ((moves / tickets + 1) % Commands.COLUMNS);
    moves++;
    return (text, id, due) ->
        client.commands().moveTicket(text, id, due, client.plan().number(), ticket, column);
  }
}

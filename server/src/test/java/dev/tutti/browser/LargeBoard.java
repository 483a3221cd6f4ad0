package dev.tutti.browser;

/** A board of 1,000 tickets in four columns, made by the page's own library. */
final class LargeBoard {
  static final int TICKETS = 1_000;

  private static final String FILL =
      """
      async (tickets) => {
        const {connect} = await import('/tutti.js');
        const connection = connect('/v1/ws', {name: 'Filler', outbox: 'memory'});
        const room = await connection.room('board:large').ready;
        for (const column of ['a', 'b', 'c', 'd']) await room.send('column.add', {column, title: column});
        const sent = [];
        for (let i = 0; i < tickets; i++) {
          sent.push(room.send('ticket.add', {ticket: `t${i}`, column: 'abcd'[i % 4], title: `Ticket ${String(i).padStart(4, '0')}`}));
        }
        await Promise.all(sent);
        connection.close();
      }
      """;

  private LargeBoard() {}

  /** Fills {@code board:large} of a stage. */
  static void on(Stage stage) {
    stage.opens("Filler", "another").page().evaluate(FILL, TICKETS);
    stage.clear();
  }
}

// What a peer does with a message, whatever carries it: it numbers the moves of a room, stores
// them if it was given a database, hands them to the room and answers the sender. It has no rules,
// no document, no exactly-once and no resume; that is the point of the comparison.

/** Rooms that remember nothing. */
export function rooms(store) {
  const heads = new Map();

  /**
   * @param {object} message what the client said
   * @param {{send: (message: object) => void, join: (room: string) => void,
   *   publish: (room: string, message: object) => void}} connection
   */
  return async function received(message, connection) {
    switch (message.type) {
      case "hello":
        connection.send({ type: "welcome", session: "s", user: { id: "guest:load", name: "load" } });
        break;
      case "subscribe": {
        connection.join(message.room);
        const seq = heads.get(message.room) ?? 0;
        connection.send({
          type: "subscribed", id: message.id, room: message.room, epoch: "e", seq,
          document: {}, members: {},
        });
        break;
      }
      case "command": {
        await store(message);
        const seq = (heads.get(message.room) ?? 0) + 1;
        heads.set(message.room, seq);
        connection.publish(message.room, {
          type: "events",
          room: message.room,
          events: [{
            seq,
            name: "ticket.moved",
            by: "guest:load",
            at: new Date().toISOString(),
            key: message.key,
            patch: { tickets: { [message.args.ticket]: { column: message.args.column } } },
          }],
        });
        connection.send({ type: "accepted", id: message.id, room: message.room, seq });
        break;
      }
    }
  };
}

/** Stores nothing. */
export async function nothing() {}

/** One insert for each move, through a pool, as most back ends do it. */
export async function postgres(url) {
  const { default: pg } = await import("pg");
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  await pool.query(
    "create table if not exists move (id bigint generated always as identity primary key," +
      " room text not null, key uuid not null, ticket text not null, col text not null," +
      " at timestamptz not null default now())",
  );
  return (message) =>
    pool.query({
      name: "insert-move",
      text: "insert into move (room, key, ticket, col) values ($1, $2, $3, $4)",
      values: [message.room, message.key, message.args.ticket, message.args.column],
    });
}

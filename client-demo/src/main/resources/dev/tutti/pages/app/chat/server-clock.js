/**
 * The server's clock, by which rules decide what is over: as its last `welcome` told it, behind by as
 * long as that took and never ahead.
 *
 * @param {import('../../tutti.js').Connection} connection
 * @returns {() => number} milliseconds since 1970
 */
export function serverClock(connection) {
  const { around } = connection;
  let ahead = 0;
  connection.on('welcome', ({ server }) => {
    if (server?.at) ahead = Date.parse(server.at) - around.now();
  });
  return () => around.now() + ahead;
}

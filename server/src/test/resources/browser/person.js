// Someone with the library and a board, without a page of their own: what a test says, they do.
async ({ board, name, seed }) => {
  const { connect } = await import('/tutti.js');
  const { predictions } = await import('/app/board/predictions.js');
  const connection = connect('/v1/ws', { name });
  const room = connection.room(board, { predictions: predictions(() => connection.user ?? { id: 'me', name }) });

  /** Keys that left this page, in the order in which they left. */
  const left = [];
  const refused = [];
  const accepted = {};
  connection.on('traffic', ({ direction, message }) => {
    if (direction === 'out' && message.type === 'command') left.push(message.key);
  });
  room.on('refused', ({ order, refusal }) => refused.push({ key: order.key, code: refusal.code }));

  const send = (command, args) => {
    const change = room.send(command, args);
    change.then(({ seq }) => (accepted[change.key] = seq), () => {});
    return change.key;
  };

  /** Random numbers from a seed (mulberry32). */
  let state = seed ?? 1;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const pick = (list) => list[Math.floor(random() * list.length)];
  const made = { count: 0 };

  /** One thing that people do: most often moves, seldom deletes. */
  const edit = () => {
    const tickets = Object.keys(room.document?.tickets ?? {});
    const column = pick(['todo', 'doing', 'done']);
    const ticket = pick(tickets);
    const dice = random();
    if (!ticket || dice < 0.2) return send('ticket.add', { ticket: `${name}-${++made.count}`, column, title: `By ${name} ${made.count}` });
    if (dice < 0.6) return send('ticket.move', { ticket, column, ...(random() < 0.5 ? { first: true } : { after: pick(tickets) }) });
    if (dice < 0.8) return send('ticket.edit', { ticket, title: `${name} says ${Math.floor(random() * 1000)}` });
    if (dice < 0.9) return send('comment.add', { ticket, comment: `c-${name}-${++made.count}`, text: 'Well.' });
    return send('ticket.delete', { ticket });
  };

  let storming = false;
  const storm = () => {
    if (!storming) return;
    if (room.pending.length < 100) edit(); // People do not go on for ever without an answer.
    setTimeout(storm, 10 + random() * 60);
  };

  window.person = {
    connection, room, send, left, refused, accepted,
    begin: () => ((storming = true), storm()),
    end: () => (storming = false),
    /** Everything that was sent has an answer, and nothing else is expected. */
    isQuiet: () => connection.status.state === 'saved' && room.document !== undefined && room.pending.length === 0,
    seen: () => ({ seq: room.seq, view: JSON.stringify(room.document), confirmed: JSON.stringify(room.confirmed) }),
  };
}

// What a story asks of a client, played by tutti.js. The other player is JavaPeer.
import { connect } from '/tutti.js';

class Peer {
  outcomes = {};
  logs = {};

  constructor(url, name, token, asking) {
    const stored = new Map();
    const storage = {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => stored.set(key, value),
      removeItem: (key) => stored.delete(key),
    };
    this.token = token;
    this.given = 0;
    const who = asking ? { getToken: () => this.#give() } : token ? { token } : { name };
    this.connection = connect(url, { ...who, outbox: 'memory', surroundings: { storage, indexedDB: undefined } });
  }

  room(name) {
    return this.connection.room(name);
  }

  join(name) {
    const rename = (_, { column, title }) => ({ columns: { [column]: { title } } });
    const room = this.connection.room(name, { predictions: { 'column.rename': rename } });
    const log = (this.logs[name] = { events: [], signals: [], resets: 0, closed: '' });
    room.on('event', ({ seq }) => log.events.push(seq));
    room.on('signal', ({ topic, data }) => log.signals.push(`${topic} ${JSON.stringify(data)}`));
    room.on('change', ({ cause }) => (log.resets += cause === 'reset' ? 1 : 0));
    room.on('closed', ({ code }) => (log.closed = code));
  }

  document(room) {
    return this.room(room).document ?? {};
  }

  confirmed(room) {
    return this.room(room).confirmed ?? {};
  }

  epoch(room) {
    return this.room(room).epoch;
  }

  role(room) {
    return this.room(room).role;
  }

  closed(room) {
    return this.logs[room].closed;
  }

  send(handle, room, name, args, key, expect) {
    const options = { ...(key && { key }), ...(expect && { expect: JSON.parse(expect) }) };
    this.#note(handle, this.room(room).send(name, JSON.parse(args), options));
  }

  undo(handle, room) {
    this.#note(handle, this.room(room).undo());
  }

  redo(handle, room) {
    this.#note(handle, this.room(room).redo());
  }

  outcome(handle) {
    return this.outcomes[handle] ?? '';
  }

  leave(room) {
    this.room(room).leave();
  }

  signIn(token) {
    this.token = token;
  }

  rename(name) {
    this.connection.rename(name);
  }

  asked() {
    return this.given;
  }

  code() {
    return this.connection.status.code;
  }

  session() {
    return this.connection.session;
  }

  #give() {
    this.given++;
    return this.token;
  }

  status() {
    return this.connection.status.text;
  }

  retryMillis() {
    const { retryAt } = this.connection.status;
    return retryAt === undefined ? -1 : retryAt - Date.now();
  }

  user() {
    return this.connection.user?.id;
  }

  events(room) {
    return this.logs[room].events;
  }

  resets(room) {
    return this.logs[room].resets;
  }

  members(room) {
    return Object.values(this.room(room).members).map(({ name, state }) => `${name} ${JSON.stringify(state)}`).sort();
  }

  presence(room, state) {
    this.room(room).setPresence(JSON.parse(state));
  }

  signal(room, topic, data) {
    this.room(room).signal(topic, JSON.parse(data));
  }

  signals(room) {
    return this.logs[room].signals;
  }

  async history(room, before, limit) {
    const { events, more } = await this.room(room).history({ before, limit });
    return `${events[0].seq} ${more}`;
  }

  tryNow() {
    this.connection.tryNow();
  }

  close() {
    this.connection.close();
  }

  #note(handle, outcome) {
    outcome.then(
      (stored) => (this.outcomes[handle] = stored ? `seq ${stored.seq}` : 'nothing'),
      ({ code }) => (this.outcomes[handle] = code),
    );
  }
}

window.peers = [];
window.peer = (...who) => window.peers.push(new Peer(...who)) - 1;

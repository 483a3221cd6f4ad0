import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect } from '../../main/resources/dev/tutti/pages/tutti.js';
import { applyPatch } from '../../main/resources/dev/tutti/pages/tutti/patch.js';
import { settled } from './stage.mjs';

const SEEDS = 60;
const STEPS = 400;
const ROOM = 'board:world';

/** Random numbers from a seed (mulberry32). */
function chance(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A server that keeps the protocol's promises, and sometimes loses the tail of its journal. */
class Server {
  document = {};
  events = [];
  keys = new Map();
  epoch = 1;
  subscribers = new Set();

  get seq() {
    return this.events.length;
  }

  hear(socket, message) {
    switch (message.type) {
      case 'hello': return socket.say({ type: 'welcome', session: `s${socket.id}`, user: { id: 'u', name: 'U' }, pingMillis: 1_000_000, limits: { maxInFlight: 8 } });
      case 'subscribe': return this.#subscribe(socket, message);
      case 'command': return this.#command(socket, message);
      default: return undefined;
    }
  }

  #subscribe(socket, { id, after, epoch }) {
    this.subscribers.add(socket);
    const resumes = epoch === `e${this.epoch}` && after <= this.seq;
    const rest = resumes ? { events: this.events.slice(after) } : { document: this.document };
    socket.say({ type: 'subscribed', id, room: ROOM, epoch: `e${this.epoch}`, seq: this.seq, role: 'editor', members: {}, count: 0, ...rest });
  }

  #command(socket, { id, key, args }) {
    if (this.keys.has(key)) return socket.say({ type: 'accepted', id, room: ROOM, seq: this.keys.get(key) });
    if (args.value % 7 === 0) return socket.say({ type: 'refused', id, code: 'rule', message: 'No sevens.' });
    const event = { seq: this.seq + 1, name: 'set', by: args.by, at: '', key, patch: { fields: { [args.field]: args.value } } };
    this.events.push(event);
    this.keys.set(key, event.seq);
    this.document = applyPatch(this.document, event.patch);
    for (const subscriber of this.subscribers) subscriber.say({ type: 'events', room: ROOM, events: [event] });
    return socket.say({ type: 'accepted', id, room: ROOM, seq: event.seq });
  }

  /** A failover: the last events are gone, and with them what they did. */
  losesItsTail(count) {
    this.events.length = Math.max(0, this.seq - count);
    this.keys = new Map(this.events.map(({ key, seq }) => [key, seq]));
    this.document = this.events.reduce((document, { patch }) => applyPatch(document, patch), {});
    this.epoch++;
  }
}

/** Clients, their sockets and the server, one step at a time, all by one seed. */
class World {
  server = new Server();
  sockets = [];
  timers = [];
  now = 0;
  keys = 0;

  constructor(seed) {
    this.random = chance(seed);
    this.clients = Array.from({ length: 3 }, (_, i) => this.#client(`c${i}`));
  }

  pick(list) {
    return list[Math.floor(this.random() * list.length)];
  }

  async step() {
    const dice = this.random();
    if (dice < 0.25) this.#send(this.pick(this.clients));
    else if (dice < 0.28) this.cut(this.pick(this.sockets));
    else if (dice < 0.85) await this.#deliver();
    else this.#tick();
  }

  /** Nobody cuts, nobody sends: everything that is under way arrives. */
  async untilQuiet() {
    for (let i = 0; i < 5000; i++) {
      if (!(await this.#deliver()) && !this.#tick()) return;
    }
    assert.fail('The world does not come to rest.');
  }

  cut(socket) {
    if (!socket || socket.readyState === 3) return;
    socket.readyState = 3;
    this.server.subscribers.delete(socket);
    this.sockets = this.sockets.filter((other) => other !== socket);
    socket.onclose?.({ code: 1006, reason: '' });
  }

  cutAll() {
    for (const socket of [...this.sockets]) this.cut(socket);
  }

  #client(name) {
    const client = { name, sent: [] };
    client.connection = connect('ws://world/v1/ws', { surroundings: this.#surroundings() });
    client.room = client.connection.room(ROOM, { predictions: { set: (_, { field, value }) => ({ fields: { [field]: value } }) } });
    return client;
  }

  #send(client) {
    const args = { field: `f${Math.floor(this.random() * 6)}`, value: 1 + Math.floor(this.random() * 1000), by: client.name };
    const answer = client.room.send('set', args);
    client.sent.push({ key: answer.key, args, answer });
  }

  /** One message of one socket, in either direction; each direction keeps its order. */
  async #deliver() {
    const ready = this.sockets.filter(({ readyState, up, down }) => readyState === 0 || up.length > 0 || down.length > 0);
    if (ready.length === 0) return false;
    const socket = this.pick(ready);
    if (socket.readyState === 0) {
      socket.readyState = 1;
      socket.onopen?.();
      await settled();
    } else if (socket.up.length > 0 && (socket.down.length === 0 || this.random() < 0.5)) {
      this.server.hear(socket, JSON.parse(socket.up.shift()));
    } else {
      socket.onmessage?.({ data: socket.down.shift() });
    }
    return true;
  }

  #tick() {
    const waiting = this.timers.filter(({ millis }) => millis < 20_000); // The others watch for silence.
    if (waiting.length === 0) return false;
    const timer = waiting.sort((a, b) => a.at - b.at)[0];
    this.timers = this.timers.filter((other) => other !== timer);
    this.now = Math.max(this.now, timer.at);
    timer.task();
    return true;
  }

  #surroundings() {
    const world = this;
    return {
      WebSocket: class {
        constructor() {
          Object.assign(this, { id: ++world.keys, readyState: 0, up: [], down: [] });
          world.sockets.push(this);
        }
        send(text) {
          this.up.push(text);
        }
        say(message) {
          this.down.push(JSON.stringify(message));
        }
        close() {
          world.cut(this);
        }
      },
      setTimeout: (task, millis) => {
        const timer = { task, millis, at: this.now + millis };
        this.timers.push(timer);
        return timer;
      },
      clearTimeout: (timer) => (this.timers = this.timers.filter((other) => other !== timer)),
      now: () => this.now,
      ticks: () => this.now,
      random: this.random,
      newKey: () => `key-${++this.keys}`,
      storage: undefined,
      onWake: () => () => {},
    };
  }
}

async function outcomes(client) {
  return Promise.allSettled(client.sent.map(({ answer }) => Promise.race([answer, settled().then(() => Promise.reject(new Error('no answer')))])));
}

async function run(seed, { failover }) {
  const world = new World(seed);
  for (let i = 0; i < STEPS; i++) {
    await world.step();
    if (failover && i === STEPS / 2) {
      world.cutAll();
      world.server.losesItsTail(3);
    }
  }
  await world.untilQuiet();
  const { server, clients } = world;
  assert.equal(new Set(server.events.map(({ key }) => key)).size, server.seq, 'a key is applied once');
  for (const client of clients) {
    assert.deepEqual(client.room.document, server.document, `${client.name} sees what the server has`);
    assert.equal(client.room.pending.length, 0);
    assert.equal(client.connection.status.state, 'saved');
    for (const [i, outcome] of (await outcomes(client)).entries()) {
      const { key, args } = client.sent[i];
      if (args.value % 7 === 0) assert.equal(outcome.reason?.code, 'rule');
      else if (!failover) assert.equal(outcome.value?.seq, server.keys.get(key));
    }
    const mine = server.events.filter(({ by }) => by === client.name).map(({ key }) => key);
    const wanted = client.sent.map(({ key }) => key).filter((key) => server.keys.has(key));
    assert.deepEqual(mine, wanted, `${client.name}'s commands are in the order in which they were made`);
  }
}

for (const failover of [false, true]) {
  test(`clients converge whatever is cut${failover ? ', also over a failover that lost a tail' : ''}: ${SEEDS} seeds`, async () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      try {
        await run(seed, { failover });
      } catch (error) {
        error.message = `seed ${seed}: ${error.message}`;
        throw error;
      }
    }
  });
}

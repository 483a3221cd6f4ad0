import { connect } from '../../main/resources/dev/tutti/pages/tutti.js';

/** A connection with a clock, a network and a chance of our own: nothing here waits. */
export class Stage {
  now = 1_000_000;
  /** By how much somebody has set the machine's clock, in milliseconds. */
  setBy = 0;
  /** Every socket that was opened, the latest last. */
  sockets = [];
  /** What `random` gives, from 0 up to 1. */
  chance = 0.5;
  stored = new Map();
  #timers = [];
  #keys = 0;

  constructor(options = {}) {
    const stage = this;
    this.connection = connect('ws://test/v1/ws', {
      name: 'Ana',
      ...options,
      surroundings: {
        WebSocket: class {
          constructor(url, protocols) {
            Object.assign(this, { url, protocols, readyState: 0, sent: [] });
            stage.sockets.push(this);
          }
          send(text) {
            this.sent.push(JSON.parse(text));
          }
          close() {
            this.readyState = 3;
          }
        },
        setTimeout: (task, millis) => {
          const timer = { task, at: this.now + millis };
          this.#timers.push(timer);
          return timer;
        },
        clearTimeout: (timer) => (this.#timers = this.#timers.filter((other) => other !== timer)),
        now: () => this.now + this.setBy,
        ticks: () => this.now,
        random: () => this.chance,
        newKey: () => `key-${++this.#keys}`,
        storage: {
          getItem: (key) => this.stored.get(key) ?? null,
          setItem: (key, value) => this.stored.set(key, value),
          removeItem: (key) => this.stored.delete(key),
        },
        onWake: (listener) => {
          this.wake = listener;
          return () => (this.wake = undefined);
        },
        ...options.surroundings,
      },
    });
  }

  get socket() {
    return this.sockets.at(-1);
  }

  /** What the client has said on the current socket, of one type. */
  said(type) {
    return this.socket.sent.filter((message) => message.type === type);
  }

  /** The server takes the connection. */
  async open(welcome = {}) {
    this.socket.readyState = 1;
    this.socket.onopen();
    await settled();
    this.hear({ type: 'welcome', session: 's1', user: { id: 'guest:ana', name: 'Ana' }, pingMillis: 1000, limits: { maxInFlight: 256 }, ...welcome });
  }

  /** The server says something. */
  hear(message) {
    this.socket.onmessage({ data: JSON.stringify(message) });
  }

  /** The network cuts the connection, or the server closes it. */
  cut(code = 1006, reason = '') {
    this.socket.readyState = 3;
    this.socket.onclose({ code, reason });
  }

  /** Time passes. */
  pass(millis) {
    const end = this.now + millis;
    for (;;) {
      const due = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.#timers = this.#timers.filter((timer) => timer !== due);
      this.now = due.at;
      due.task();
    }
    this.now = end;
  }
}

/** All promises that can go on have gone on. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A room of a connected stage, with a document at seq 5. */
export async function joined(stage, { document = { tickets: { t1: { title: 'one' } } } } = {}) {
  const room = stage.connection.room('board:demo', { predictions: { rename: (_, { title }) => ({ tickets: { t1: { title } } }) } });
  await stage.open();
  stage.hear({ type: 'subscribed', id: stage.said('subscribe')[0].id, room: room.name, epoch: 'e1', seq: 5, role: 'editor', document, members: {}, count: 0 });
  return room;
}

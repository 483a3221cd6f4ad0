import { Timer } from '../../tutti/timing.js';
import { write } from '../dom.js';
import { personOf } from '../people.js';

/** Who typed this long ago has stopped, and so often it is said again, in milliseconds. */
const OVER = 5_000;
const AGAIN = 2_000;

/** One quiet line that says who is typing; nobody is for long without saying so again. */
export class Typing {
  /** Until when, by user. @type {Map<string, {name: string, until: number}>} */
  #typing = new Map();
  #said = 0;

  /**
   * @param {import('../../tutti.js').Room} room @param {HTMLElement} line @param {() => string | undefined} me
   * @param {import('../../tutti/types.js').Surroundings} around
   */
  constructor(room, line, me, around) {
    this.around = around;
    this.timer = new Timer(around);
    this.room = room;
    this.line = line;
    this.me = me;
    this.stops = [
      room.on('signal', ({ from, topic, data }) => topic === 'typing' && this.#heard(from, data)),
      room.on('event', ({ name, by }) => name === 'message.posted' && this.#typing.delete(by) && this.#draw()),
    ];
    this.#draw();
  }

  /** I am. */
  say() {
    if (this.around.now() - this.#said < AGAIN) return;
    this.#said = this.around.now();
    this.room.signal('typing', { on: true });
  }

  /** I have sent it. It is said, too: a word that waits for its turn at the server may come behind the message. */
  stop() {
    if (this.#said > 0) this.room.signal('typing', { on: false });
    this.#said = 0;
  }

  /** @param {string} from @param {any} data */
  #heard(from, data) {
    const user = personOf(this.room.members, from);
    if (!user || user.id === this.me()) return;
    if (data?.on) this.#typing.set(user.id, { name: user.name, until: this.around.now() + OVER });
    else this.#typing.delete(user.id);
    this.#draw();
  }

  #draw() {
    this.timer.stop();
    const now = this.around.now();
    for (const [user, { until }] of this.#typing) if (until <= now) this.#typing.delete(user);
    const names = [...this.#typing.values()].map(({ name }) => name);
    write(this.line, names.length === 0 ? '' : names.length === 1 ? `${names[0]} is typing` : names.length === 2 ? `${names[0]} and ${names[1]} are typing` : 'Several people are typing');
    if (names.length > 0) this.timer.start(Math.min(...[...this.#typing.values()].map(({ until }) => until)) - now, () => this.#draw());
  }

  close() {
    this.timer.stop();
    this.stops.forEach((stop) => stop());
    write(this.line, '');
  }
}

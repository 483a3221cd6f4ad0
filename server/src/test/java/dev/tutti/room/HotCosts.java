package dev.tutti.room;

import java.util.random.RandomGenerator;

/**
 * What things cost in a {@link HotFleet}, in microseconds.
 *
 * @param decide what an instance needs for one command, from the decision to the answer
 * @param apply for one event of another instance
 * @param task for any task
 * @param way from an instance to the journal
 * @param relay from one instance to another
 * @param client from an answer to the next command
 * @param commit of an append
 * @param commitEvent of each of its events
 */
record HotCosts(
    int decide,
    int apply,
    int task,
    Between way,
    Between relay,
    Between client,
    Between commit,
    int commitEvent) {
  /** Evenly spread. */
  record Between(int from, int to) {
    static Between exactly(int micros) {
      return new Between(micros, micros);
    }

    int micros(RandomGenerator random) {
      return random.nextInt(from, to + 1);
    }
  }

  /** All instances on one machine that has a lot else to do. */
  static final HotCosts BUSY =
      new HotCosts(
          60,
          30,
          20,
          Between.exactly(300),
          Between.exactly(1_000),
          Between.exactly(2_000),
          Between.exactly(4_000),
          20);

  /** Each instance on a machine of its own, with the journal and the relay near by. */
  static final HotCosts APART =
      new HotCosts(
          20,
          10,
          10,
          Between.exactly(100),
          new Between(300, 600),
          new Between(500, 1_000),
          new Between(1_500, 2_500),
          5);
}

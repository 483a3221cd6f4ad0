package dev.tutti.room;

import dev.tutti.journal.MemoryJournal;
import dev.tutti.protocol.Limits;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import dev.tutti.relay.Delivery;
import dev.tutti.relay.RelayMessage;
import dev.tutti.rules.Actor;
import dev.tutti.rules.Change;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import dev.tutti.rules.RoomRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Instances that write to one room as fast as they can, in virtual time. What an instance does
 * takes time on its one thread, longer on a slow one; an append holds the room until it is
 * committed, and one that comes meanwhile loses. So what is counted here says something of the
 * turns alone, and nothing of the machine.
 */
final class HotFleet {
  static final RoomName ROOM = new RoomName("hot:one");

  private static final int HEAL_MICROS = 3_000_000;
  private static final int SWEEP_MICROS = 1_000_000;

  private record Task(long atMicros, long number, Runnable run) implements Comparable<Task> {
    @Override
    public int compareTo(Task other) {
      int byTime = Long.compare(atMicros, other.atMicros);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private final List<HotInstance> instances = new ArrayList<>();
  private final MemoryJournal journal = new MemoryJournal("life-1");
  private final HotCosts costs;
  private final Random random;
  private long nowMicros;
  private long number;
  private long keys;
  private long committedMicros;

  HotFleet(HotCosts costs, long seed) {
    this.costs = costs;
    this.random = new Random(seed);
  }

  HotCosts costs() {
    return costs;
  }

  long nowMicros() {
    return nowMicros;
  }

  Random random() {
    return random;
  }

  MemoryJournal journal() {
    return journal;
  }

  /** An instance that needs so many times as long as a fast one for all that it does. */
  HotInstance instance(double slowness) {
    var instance = new HotInstance(this, instances.size(), slowness);
    instances.add(instance);
    instance.start();
    every(HEAL_MICROS, instance::heal);
    every(SWEEP_MICROS, instance::sweep);
    return instance;
  }

  List<HotInstance> instances() {
    return instances;
  }

  long accepted() {
    return instances.stream().mapToLong(HotInstance::accepted).sum();
  }

  void at(long micros, Runnable run) {
    tasks.add(new Task(Math.max(micros, nowMicros), number++, run));
  }

  private void every(long micros, Runnable run) {
    at(
        nowMicros + micros,
        () -> {
          run.run();
          every(micros, run);
        });
  }

  void run(long seconds) {
    run(seconds, 1);
  }

  void run(long seconds, int parts) {
    long end = nowMicros + seconds * 1_000_000 / parts;
    while (!tasks.isEmpty() && tasks.peek().atMicros() <= end) {
      Task next = tasks.remove();
      nowMicros = next.atMicros();
      next.run().run();
    }
    nowMicros = end;
  }

  /** Whether an append may begin now; if so, the room is held until it is committed. */
  boolean hold(int events) {
    if (nowMicros < committedMicros) {
      return false;
    }
    committedMicros =
        nowMicros + costs.commit().micros(random) + (long) events * costs.commitEvent();
    return true;
  }

  long committedMicros() {
    return committedMicros;
  }

  void publish(HotInstance from, long atMicros, RelayMessage message) {
    long sent = number++;
    for (HotInstance to : instances) {
      if (to != from) {
        // One connection carries them in order.
        long arrives = to.arrives(atMicros + costs.relay().micros(random));
        at(arrives, () -> to.hear(new Delivery(from.instance(), sent, message)));
      }
    }
  }

  Proposal command() {
    Claim writer = new Claim("ana", "Ana", Role.EDITOR);
    return new Proposal(new UUID(7, keys++), 0, (int) (keys % 8), Optional.empty(), null, writer);
  }

  RoomSettings settings() {
    return new RoomSettings(Limits.DEFAULTS, 1_000, 4 << 20, 60_000, 500, 10_000, 10, 33);
  }

  /** Rules that take the instance's time. */
  record HotRules(Runnable decides) implements RoomRules<Integer> {
    @Override
    public String type() {
      return ROOM.type();
    }

    @Override
    public Integer parse(String name, ObjectNode args) {
      return 0;
    }

    @Override
    public Decision decide(Document document, Integer n, Actor actor, Moment now) {
      decides.run();
      ObjectNode value = JsonNodeFactory.instance.objectNode().put("at", now.at().toString());
      return new Decision.Accepted("hot.put", Change.none().put("things", "t" + n, value));
    }
  }
}

package dev.tutti.room;

import dev.tutti.journal.Appended;
import dev.tutti.journal.Batch;
import dev.tutti.journal.Entry;
import dev.tutti.journal.Journal;
import dev.tutti.journal.Journal.RoomHead;
import dev.tutti.journal.Stretch;
import dev.tutti.protocol.RoomName;
import dev.tutti.relay.Delivery;
import dev.tutti.relay.InstanceId;
import dev.tutti.relay.Relay;
import dev.tutti.relay.RelayMessage;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** One of a {@link HotFleet}: its thread, its room, its relay, and the clients that write there. */
final class HotInstance implements Home, Relay {
  private static final Instant BEGINNING = Instant.parse("2026-11-22T12:00:00Z");

  private record Waiting(Runnable task, long micros) {}

  private final HotFleet fleet;
  private final InstanceId instance;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final RoomCounts counts = new RoomCounts();
  private final Room room;
  private final double slowness;
  private Receiver receiver = delivery -> {};

  /** When the thread is done with what it is at. */
  private long freeMicros;

  private boolean runs;

  private boolean dead;

  /** What the task that comes next costs on top. */
  private long surcharge;

  /** The last event that its room holds, or is about to. */
  private long reached;

  private long accepted;
  private long unavailable;
  private long longestMicros;
  private long arrivesMicros;

  /** How long each command waited for its answer. */
  private final List<Integer> tookMicros = new ArrayList<>();

  HotInstance(HotFleet fleet, int number, double slowness) {
    this.fleet = fleet;
    this.slowness = slowness;
    instance = new InstanceId(new UUID(1, number));
    Journal journal =
        (Journal)
            Proxy.newProxyInstance(
                Journal.class.getClassLoader(), new Class<?>[] {Journal.class}, this::asked);
    var context =
        new RoomContext(
            journal,
            this,
            new SnapshotWriter(journal, Runnable::run),
            fleet.settings(),
            () -> BEGINNING.plusNanos(now() * 1_000),
            fleet.random(),
            counts);
    Ruleset rules =
        Rulesets.of(List.of(new HotFleet.HotRules(() -> spend(fleet.costs().decide()))))
            .of(HotFleet.ROOM)
            .orElseThrow();
    room = new Room(HotFleet.ROOM, rules, this, context);
  }

  void start() {
    execute(room::start);
  }

  /** Nothing more is heard of it. */
  void kill() {
    dead = true;
  }

  long accepted() {
    return accepted;
  }

  long unavailable() {
    return unavailable;
  }

  /** How long a command waited for its answer at most, so far. */
  long longestMillis() {
    return longestMicros / 1_000;
  }

  List<Integer> tookMicros() {
    return tookMicros;
  }

  /** Counts the longest time from now on. */
  void forget() {
    longestMicros = 0;
  }

  RoomCounts counts() {
    return counts;
  }

  /** So many commands are in flight from now on: each that is answered is followed by another. */
  void load(int window) {
    for (int i = 0; i < window; i++) {
      execute(this::send);
    }
  }

  private void send() {
    long since = now();
    room.submit(fleet.command(), outcome -> answered(outcome, since));
  }

  private void answered(Outcome outcome, long since) {
    longestMicros = Math.max(longestMicros, now() - since);
    tookMicros.add((int) (now() - since));
    if (outcome instanceof Outcome.Accepted) {
      accepted++;
    } else {
      unavailable++;
    }
    fleet.at(now() + fleet.costs().client().micros(fleet.random()), () -> execute(this::send));
  }

  void sweep() {
    execute(room::losePatience);
  }

  void heal() {
    Journal journal = fleet.journal();
    long head = journal.find(HotFleet.ROOM).join().map(RoomHead::head).orElse(0L);
    execute(() -> room.head(head, "life-1"));
  }

  // Its thread

  private long now() {
    return runs ? Math.max(freeMicros, fleet.nowMicros()) : fleet.nowMicros();
  }

  private void spend(long micros) {
    freeMicros += Math.round(micros * slowness);
  }

  @Override
  public void execute(Runnable task) {
    waiting.add(new Waiting(task, surcharge));
    surcharge = 0;
    if (waiting.size() == 1 && !runs) {
      fleet.at(Math.max(now(), freeMicros), this::next);
    }
  }

  private void next() {
    if (dead) {
      return;
    }
    Waiting first = waiting.remove();
    runs = true;
    freeMicros = fleet.nowMicros();
    spend(fleet.costs().task() + first.micros());
    first.task().run();
    runs = false;
    if (!waiting.isEmpty()) {
      fleet.at(freeMicros, this::next);
    }
  }

  @Override
  public void later(long millis, Runnable task) {
    fleet.at(now() + millis * 1_000, () -> execute(task));
  }

  // Its journal

  private CompletableFuture<?> asked(Object proxy, Method method, Object[] arguments) {
    if (method.getName().equals("append")) {
      return append((Batch) arguments[0]);
    }
    return after(
        fleet.costs().way().micros(fleet.random()),
        () -> {
          try {
            Object read = ((CompletableFuture<?>) method.invoke(fleet.journal(), arguments)).join();
            if (read instanceof Stretch(String epoch, List<Entry> entries)) {
              surcharge = entries.isEmpty() ? 0 : applying(entries.getLast().seq());
            }
            return read;
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private CompletableFuture<Appended> append(Batch batch) {
    CompletableFuture<Appended> answer = new CompletableFuture<>();
    fleet.at(
        now() + fleet.costs().way().micros(fleet.random()),
        () -> {
          long head = fleet.journal().heads(List.of(batch.room())).join().get(batch.room());
          boolean held = head == batch.after() && fleet.hold(batch.entries().size());
          long done = held ? fleet.committedMicros() : fleet.nowMicros();
          fleet.at(
              done,
              () -> {
                Appended outcome =
                    held ? fleet.journal().append(batch).join() : new Appended.Lost();
                if (held) {
                  reached = Math.max(reached, batch.head());
                }
                fleet.at(
                    done + fleet.costs().way().micros(fleet.random()),
                    () -> answer.complete(outcome));
              });
        });
    return answer;
  }

  private <T> CompletableFuture<T> after(long micros, Supplier<T> result) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    fleet.at(
        now() + micros,
        () -> {
          T read = result.get();
          answer.complete(read);
          surcharge = 0;
        });
    return answer;
  }

  // Its relay

  @Override
  public InstanceId instance() {
    return instance;
  }

  @Override
  public void publish(RoomName to, RelayMessage message) {
    fleet.publish(this, now(), message);
  }

  /** When a message of any other arrives that would at the earliest arrive then. */
  long arrives(long micros) {
    arrivesMicros = Math.max(arrivesMicros, micros);
    return arrivesMicros;
  }

  void hear(Delivery delivery) {
    execute(() -> {
      if (delivery.message() instanceof RelayMessage.Events events) {
        spend(applying(events.events().getLast().seq()));
      }
      receiver.received(delivery);
    });
  }

  /** What it costs to come so far: events that are held already are passed over. */
  private long applying(long seq) {
    long more = Math.max(0, seq - reached);
    reached += more;
    return more * fleet.costs().apply();
  }

  @Override
  public CompletableFuture<Void> open(RoomName to, Executor home, Receiver hears) {
    receiver = hears;
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close(RoomName of) {}

  @Override
  public boolean connected() {
    return true;
  }

  @Override
  public void onChange(Listener listener) {}

  @Override
  public void close() {}
}

package dev.tutti.world;

import dev.tutti.auth.Grants;
import dev.tutti.auth.Secret;
import dev.tutti.auth.TokenRules;
import dev.tutti.auth.Tokens;
import dev.tutti.probe.Promise;
import dev.tutti.protocol.Codec;
import dev.tutti.protocol.Codecs;
import dev.tutti.protocol.Limits;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import dev.tutti.room.Rulesets;
import dev.tutti.rules.board.BoardRules;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A fleet, its clients and what lies between them, in one thread and virtual time. */
final class World {
  private static final long SECOND = 1_000_000;
  private static final long HEAL_TICK_MICROS = 150_000;
  private static final long SWEEP_MICROS = 100_000;
  private static final long QUIET_LIMIT_MICROS = 60 * SECOND;

  /** An instance that was killed is silent for 15 s, and then its members are gone within one. */
  private static final long PRESENCE_LIMIT_MICROS = 16 * SECOND;

  private static final Codecs CODECS = new Codecs(Limits.DEFAULTS);
  private static final Secret SECRET = Secret.of("0123456789-abcdefghijklmnopqrstuvwxyz");
  private static final int MAX_TRACE_LINES = 5_000;

  private final Schedule schedule;
  private final Setup setup;
  private final Rulesets rulesets;
  private final Database database;
  private final SimulatedRelay relay;
  private final Tokens tokens;
  private final List<Instance> instances = new ArrayList<>();
  private final Map<String, Client> clients = new LinkedHashMap<>();
  private final Map<String, Role> roles = new HashMap<>();
  private final Map<String, String> tokenOf = new HashMap<>();
  private final ArrayDeque<String> trace = new ArrayDeque<>();
  private boolean tracing;
  private Weather weather = Weather.CALM;

  /** Whether clients come back by themselves. */
  private boolean homing = true;

  World(long seed, Setup setup, int size) {
    this(new Schedule(seed), setup, size);
  }

  World(Schedule schedule, Setup setup, int size) {
    this.schedule = schedule;
    this.setup = setup;
    rulesets = Rulesets.of(List.of(new BoardRules(), setup.faults().tallies(setup.retention())));
    database = new Database(schedule, setup.faults()::memory, setup.retention());
    relay = new SimulatedRelay(this, setup.faults().believesAnybody());
    tokens = new Tokens(SECRET, TokenRules.DEFAULTS, schedule.clock(0));
    for (int i = 0; i < size; i++) {
      instances.add(new Instance(this, setup));
    }
    schedule.every(HEAL_TICK_MICROS, () -> List.copyOf(instances).forEach(Instance::heal));
    schedule.every(SWEEP_MICROS, () -> List.copyOf(instances).forEach(Instance::sweep));
  }

  /** A fleet of so many instances, in calm weather. */
  static World of(int size, long seed) {
    return new World(seed, Setup.usual(), size);
  }

  Schedule schedule() {
    return schedule;
  }

  Setup setup() {
    return setup;
  }

  Database database() {
    return database;
  }

  SimulatedRelay relay() {
    return relay;
  }

  Weather weather() {
    return weather;
  }

  void weather(Weather now) {
    weather = now;
  }

  Codecs codecs() {
    return CODECS;
  }

  Codec codec() {
    return CODECS.json();
  }

  Rulesets rulesets() {
    return rulesets;
  }

  Tokens tokens() {
    return tokens;
  }

  List<Instance> instances() {
    return instances;
  }

  /** Which instance a journal belongs to; negative after a crash. */
  int numberOf(FaultyJournal journal) {
    for (int i = 0; i < instances.size(); i++) {
      if (instances.get(i).journal() == journal) {
        return i;
      }
    }
    return -1;
  }

  List<Client> clients() {
    return List.copyOf(clients.values());
  }

  /** An owner, for stories. */
  Person person(String name) {
    return person(name, Role.OWNER);
  }

  Person person(String name, Role role) {
    return new Person(this, client(name, role));
  }

  Client client(String name, Role role) {
    roles.put(name, role);
    return clients.computeIfAbsent(name, n -> new Client(this, n));
  }

  /** What a user's token claims in every room. */
  Role claims(String user) {
    return roles.getOrDefault(user, Role.NONE);
  }

  String token(String user) {
    return tokenOf.computeIfAbsent(
        user, u -> tokens.mint(u, u, Grants.everywhere(claims(u)), Duration.ofDays(1)));
  }

  // What happens to it

  void crash(int number) {
    trace("instance " + number + " crashes");
    instances.get(number).crash();
  }

  /** The process is told to end. */
  void leave(int number) {
    trace("instance " + number + " leaves");
    instances.get(number).leave();
  }

  /** The process starts again, knowing nothing. */
  void restart(int number) {
    trace("instance " + number + " starts again");
    instances.set(number, new Instance(this, setup));
  }

  /** A connection broke: the client tries another instance a little later. */
  void lost(Client client) {
    schedule.after(
        schedule.micros(1_000, 100_000),
        () -> {
          if (homing && !client.connected()) {
            connectAnywhere(client);
          }
        });
  }

  void connectAnywhere(Client client) {
    List<Instance> alive = instances.stream().filter(Instance::isOpen).toList();
    if (alive.isEmpty()) {
      lost(client);
    } else {
      client.connect(alive.get(schedule.random().nextInt(alive.size())));
    }
  }

  void stayAway() {
    homing = false;
  }

  /** Runs until everybody is level, whatever the weather. */
  void settle() {
    Checks checks = new Checks(this);
    long end = schedule.nowMicros() + QUIET_LIMIT_MICROS;
    while (!checks.quiet() && schedule.nowMicros() < end) {
      schedule.run(SECOND / 100);
    }
  }

  void run(Duration duration) {
    schedule.run(duration.toNanos() / 1_000);
  }

  /** The faults stop; runs until everybody is level, and then checks every promise. */
  void runUntilQuiet() {
    weather = Weather.CALM;
    long end = schedule.nowMicros() + QUIET_LIMIT_MICROS;
    Checks checks = new Checks(this);
    while (!checks.quiet() && schedule.nowMicros() < end) {
      schedule.run(SECOND / 10);
    }
    // What is still under way comes within moments, but for members of a crashed instance.
    schedule.run(SECOND / 2);
    long presenceEnd = schedule.nowMicros() + PRESENCE_LIMIT_MICROS;
    while (!checks.sociable() && schedule.nowMicros() < presenceEnd) {
      schedule.run(SECOND / 2);
    }
    checks.all();
    if (instances.stream().anyMatch(instance -> instance.accidents() > 0)) {
      throw new AssertionError("A room stumbled over an answer of the journal; the log has it.");
    }
  }

  /** Nothing is asked of the journal any more but what its heads are. */
  void staysSilent() {
    schedule.run(2 * SECOND);
    long before = calls();
    schedule.run(10 * SECOND);
    if (calls() != before) {
      throw new Broken(
          Promise.SILENCE, (calls() - before) + " calls of the journal in a quiet world");
    }
  }

  private long calls() {
    return instances.stream().mapToLong(Instance::journalCalls).sum();
  }

  // What is told of it

  /** Keeps what happens from now on, the last lines of it. */
  void keepTrace() {
    tracing = true;
  }

  void trace(String line) {
    trace(() -> line);
  }

  void trace(Supplier<String> line) {
    if (tracing) {
      trace.add("%10.3f ms  %s".formatted(schedule.nowMicros() / 1_000.0, line.get()));
      if (trace.size() > MAX_TRACE_LINES) {
        trace.remove();
      }
    }
  }

  /** What happened, line by line. */
  String trace() {
    return String.join("\n", trace);
  }

  RoomName room(String name) {
    return new RoomName(name);
  }
}

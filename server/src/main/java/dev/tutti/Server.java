package dev.tutti;

import dev.tutti.auth.Admission;
import dev.tutti.auth.Origins;
import dev.tutti.auth.Secret;
import dev.tutti.cli.Version;
import dev.tutti.config.Network;
import dev.tutti.config.ServerConfig;
import dev.tutti.ops.Metrics;
import dev.tutti.protocol.Codecs;
import dev.tutti.relay.Relay;
import dev.tutti.room.Home;
import dev.tutti.room.RoomContext;
import dev.tutti.room.RoomSettings;
import dev.tutti.room.Rooms;
import dev.tutti.room.RulesCounts;
import dev.tutti.room.RulesWatch;
import dev.tutti.room.Rulesets;
import dev.tutti.room.SnapshotWriter;
import dev.tutti.session.SessionContext;
import dev.tutti.session.Sessions;
import dev.tutti.sources.Sources;
import dev.tutti.transport.Loops;
import dev.tutti.transport.SocketFraming;
import dev.tutti.transport.SocketLimits;
import dev.tutti.transport.TransportConfig;
import dev.tutti.transport.TransportServer;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * One instance: everything wired by hand, top to bottom, and closed in reverse. Started on the main
 * thread, which blocks while it works; from then on everything happens on the event loops.
 */
public final class Server implements AutoCloseable {
  /** Of the steps of closing behind the drain; the last second is the JVM's own. */
  private static final Duration CLOSING = Network.AFTER_DRAIN.minusSeconds(1);

  private final Storage storage;
  private final Loops loops;
  private final Relay relay;
  private final Chores chores;
  private final ExecutorService background;
  private final RulesWatch rules;
  private final Rooms rooms;
  private final Sessions sessions;
  private final TransportServer transport;
  private final Metrics metrics;
  private final ServerDashboard self;
  private final Sources sources;
  private final Readiness readiness;
  private final ServerConfig config;
  private final Departure departure = new Departure();

  private Server(
      ServerConfig config, InstantSource clock, Storage storage, Loops loops, Relay relay) {
    this.config = config;
    this.storage = storage;
    this.loops = loops;
    this.relay = relay;
    RandomGenerator random = new SecureRandom();
    Codecs codecs = new Codecs(config.limits());
    this.background =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().name("snapshots").factory());
    this.metrics = new Metrics(config.monitoring().token(), Version.text());
    RoomContext context =
        new RoomContext(
            storage.journal(),
            relay,
            new SnapshotWriter(storage.journal(), background),
            roomSettings(config),
            clock,
            random);
    this.rules = new RulesWatch(config.rooms().rulesBudget(), new RulesCounts());
    this.rooms =
        new Rooms(
            rulesets(config, rules),
            context,
            loops.executors().stream().map(Server::home).toList());
    Secret secret = config.access().secretFor(config.storage().data(), random);
    Admission admission = config.access().admission(secret, clock, random);
    this.sessions =
        new Sessions(
            new SessionContext(rooms, admission, config.limits(), clock, Version.text()),
            codecs,
            new SocketFraming(),
            random);
    this.transport =
        TransportServer.start(
            transportConfig(config),
            loops,
            codecs,
            (origin, host) -> refusal(config, origin, host),
            sessions,
            metrics);
    show(context);
    this.readiness = new Readiness(sessions::health);
    RoomDashboards dashboards = new RoomDashboards(rooms);
    this.self = new ServerDashboard(rooms, dashboards, vitals(context), clock);
    this.sources =
        new Sources(
            config.rooms().sources(), dashboards, storage.turns(), clock, new SplittableRandom());
    metrics.show(sources.counts());
    Healing healing = new Healing(rooms, relay, config.rooms().heal());
    this.chores = new Chores(rooms, sessions, healing, List.of(self::tick, sources::tick));
  }

  private Vitals vitals(RoomContext context) {
    String host = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("server");
    String name = host.replaceAll("[^A-Za-z0-9._-]", "");
    String here = name.isEmpty() ? "server" : name.substring(0, Math.min(name.length(), 40));
    return new Vitals(
        here + ":" + address().getPort(),
        new Vitals.Parts(
            sessions::count,
            sessions.counts().accepted(),
            storage.journal().counts().commit(),
            sessions.fanoutCounts().frames(),
            context.counts().healedGaps()),
        System::nanoTime);
  }

  private void show(RoomContext context) {
    metrics.show(storage.journal());
    metrics.show(rooms, context.counts());
    metrics.show(rules.counts());
    metrics.show(relay);
    metrics.show(sessions);
    metrics.show(transport);
    metrics.show(loops.executors());
  }

  /**
   * Starts an instance. It accepts connections when this returns.
   *
   * @throws dev.tutti.config.CannotStart for a reason that the operator can change
   */
  public static Server start(ServerConfig config) {
    return start(config, InstantSource.system());
  }

  /** The same by another clock. */
  public static Server start(ServerConfig config, InstantSource clock) {
    Server server = wire(config, clock);
    try {
      DemoRoom.seed(server.rooms);
      server.self.seed();
      server.chores.start();
      server.watchRelay();
      server.readiness.serving();
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** Lets go of what was opened first when something behind it cannot be. */
  private static Server wire(ServerConfig config, InstantSource clock) {
    Network network = config.network();
    TransportServer.requireFree(network.host(), network.port());
    Deque<Runnable> opened = new ArrayDeque<>();
    try {
      Storage storage = Storage.open(config.storage());
      opened.push(storage::close);
      Loops loops = Loops.start(network.loops());
      opened.push(loops::close);
      Relay relay = Relays.open(config.redis(), storage.journal());
      opened.push(relay::close);
      return new Server(config, clock, storage, loops, relay);
    } catch (RuntimeException e) {
      opened.forEach(Runnable::run);
      throw e;
    }
  }

  /** Starts an instance, says where it is, and returns when the process is told to end. */
  static void run(ServerConfig config, boolean check, PrintStream out) throws InterruptedException {
    Server server = start(config);
    if (check) {
      server.announce(out);
      server.close();
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(server::end, "shutdown"));
    server.announce(out);
    new CountDownLatch(1).await();
  }

  /** A process told to end has done what it was told: 0, where the JVM would say 143. */
  private void end() {
    Signals.hear(departure::hurry);
    int exitCode = 1;
    try {
      close();
      exitCode = 0;
    } finally {
      Runtime.getRuntime().halt(exitCode);
    }
  }

  private void announce(PrintStream out) {
    storage.warnings().forEach(out::println);
    out.println("ready " + url());
    out.flush();
  }

  /** Where it listens; with the real port where 0 was asked for. */
  public InetSocketAddress address() {
    return transport.address();
  }

  /** Where a browser finds it. */
  public String url() {
    String host = config.network().host();
    String scheme = config.network().certificate().isPresent() ? "https" : "http";
    return scheme
        + "://"
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + address().getPort();
  }

  /**
   * Says good-bye, finishes what was begun, and lets go of everything, in this order. Who is
   * connected is told when to come back as soon as all that they sent is answered. Takes no longer
   * than {@link Network#goodbye}, whatever does not answer.
   */
  @Override
  public void close() {
    close(CLOSING);
  }

  /**
   * The same.
   *
   * @param closing how long everything behind the drain may take
   */
  void close(Duration closing) {
    readiness.leaving();
    departure.pause(config.network().drainNotice());
    transport.stopAccepting();
    departure.await(
        "answering and saying good-bye",
        sessions.goodbye(config.network().returnsPerSecond()).thenCompose(gone -> rooms.settle()),
        config.network().drain());
    departure.within(closing);
    sessions.hurry();
    chores.close();
    sources.close();
    departure.await("keeping snapshots", rooms.close());
    rules.close();
    departure.block("the sockets", _ -> transport.close());
    metrics.close();
    background.shutdownNow();
    departure.block("the relay", _ -> relay.close());
    departure.block("the event loops", _ -> loops.close());
    departure.last("the storage", storage::close);
  }

  private void watchRelay() {
    relay.onChange(readiness::connected);
    readiness.connected(relay.connected());
  }

  private static Home home(ScheduledExecutorService loop) {
    return new Home() {
      @Override
      public void execute(Runnable task) {
        loop.execute(task);
      }

      @Override
      public void later(long millis, Runnable task) {
        loop.schedule(task, millis, TimeUnit.MILLISECONDS);
      }
    };
  }

  private static Optional<String> refusal(
      ServerConfig config, Optional<String> origin, Optional<String> host) {
    return switch (config.access().origins().check(origin, host)) {
      case Origins.Verdict.Allowed() -> Optional.empty();
      case Origins.Verdict.Refused(String sentence) -> Optional.of(sentence);
    };
  }

  private static Rulesets rulesets(ServerConfig config, RulesWatch watch) {
    Rulesets types = RoomTypes.find(config.rooms().types(), watch);
    return config.rooms().keep().map(types::keeping).orElse(types);
  }

  private static RoomSettings roomSettings(ServerConfig config) {
    RoomSettings defaults = RoomSettings.DEFAULTS;
    return new RoomSettings(
        config.limits(),
        defaults.maxBatch(),
        defaults.maxBatchBytes(),
        (int) config.rooms().idle().toMillis(),
        config.rooms().snapshotEvery(),
        defaults.patienceMillis(),
        defaults.retryMillis(),
        defaults.tickMillis());
  }

  private static TransportConfig transportConfig(ServerConfig config) {
    return new TransportConfig(
        config.network().host(),
        config.network().port(),
        config.network().certificate().map(its -> new TransportConfig.Tls(its.chain(), its.key())),
        config.network().compression(),
        config.network().trustedProxies(),
        sockets(config),
        config.limits());
  }

  private static SocketLimits sockets(ServerConfig config) {
    SocketLimits safe = SocketLimits.DEFAULTS;
    return new SocketLimits(
        safe.backlog(),
        config.network().maxConnections(),
        config.network().maxConnectionsPerAddress(),
        config.network().maxHandshakesPerSecond(),
        safe.handshakeMillis(),
        safe.requestMillis(),
        safe.idleMillis(),
        safe.closeMillis(),
        safe.maxUriBytes(),
        safe.maxHeaderBytes(),
        safe.writeLowBytes(),
        safe.writeHighBytes(),
        safe.notSentLowBytes(),
        safe.maxPendingBytes());
  }
}

package dev.tutti.redis;

import dev.tutti.protocol.RoomName;
import dev.tutti.redis.RedisSettings.Address;
import dev.tutti.relay.InstanceId;
import dev.tutti.relay.Relay;
import dev.tutti.relay.RelayMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Through Redis: a channel for each room, subscribed to while the room is open here. What Redis
 * loses is found in the journal, so nothing is repeated and nothing kept while it is away.
 *
 * <p>It is connected when a {@link Link} to every server that there is to talk to is well. When one
 * is lost, the servers are asked anew which ones there are, again and again until all is well: a
 * link is never mended, it is replaced.
 */
public final class RedisRelay implements Relay {
  private static final Logger log = LoggerFactory.getLogger(RedisRelay.class);
  static final Duration TICK = Duration.ofMillis(50);
  private static final Duration LATE = Duration.ofMillis(300);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final RedisSettings settings;
  private final Identity identity;
  private final Connector connector;
  private final Discovery discovery;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("relay").daemon().factory());
  private final Map<String, Subscription> rooms = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> settled = new CompletableFuture<>();

  /** Written by the relay's thread. */
  private volatile Routes routes = Routes.NONE;

  private volatile boolean connected;

  // Owned by the relay's thread.
  private boolean asking;
  private boolean told;
  private Duration pause = FIRST_PAUSE;
  private long askAtNanos = System.nanoTime();
  private long tickedNanos = System.nanoTime();
  private @Nullable String trouble;

  private final Link.Owner owner =
      new Link.Owner() {
        @Override
        public void changed() {
          judge();
        }

        @Override
        public void lost(Link link, String why) {
          trouble = "Redis at " + link.node().address() + ": " + why;
          routes = routes.without(link);
          judge();
        }

        @Override
        public void arrived(String channel, byte[] message) {
          Subscription room = rooms.get(channel);
          if (room != null) {
            room.arrived(message);
          }
        }
      };

  private RedisRelay(RedisSettings settings, byte[] secret) {
    this.settings = settings;
    this.identity = Identity.of(secret);
    this.connector = new Connector(settings);
    this.discovery = new Discovery(connector);
  }

  /**
   * Begins to connect, and goes on until closed.
   *
   * @param secret the fleet's: who does not have it is not listened to
   */
  public static RedisRelay start(RedisSettings settings, byte[] secret) {
    RedisRelay relay = new RedisRelay(settings, secret);
    relay.thread.scheduleWithFixedDelay(relay::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    return relay;
  }

  /** Complete when it has connected, or has found for the first time that it cannot. */
  public CompletableFuture<Void> settled() {
    return settled;
  }

  public RelayCounts counts() {
    return identity.counts();
  }

  /** What waits to be published, in bytes. Any thread. */
  public int waitingBytes() {
    return routes.links().stream().mapToInt(Link::waitingBytes).sum();
  }

  @Override
  public InstanceId instance() {
    return identity.self();
  }

  @Override
  public void publish(RoomName room, RelayMessage message) {
    String channel = identity.channel(room);
    routes
        .link(channel)
        .ifPresentOrElse(
            link -> link.publish(channel, message),
            () -> identity.counts().unpublished().increment());
  }

  @Override
  public CompletableFuture<Void> open(RoomName name, Executor home, Receiver receiver) {
    Subscription room = new Subscription(identity.channel(name), identity, home, receiver);
    rooms.put(room.channel(), room);
    run(() -> {
      routes.link(room.channel()).ifPresent(link -> link.subscribe(room));
      if (!connected) {
        room.opened().complete(null);
      }
    });
    return room.opened();
  }

  @Override
  public void close(RoomName name) {
    String channel = identity.channel(name);
    rooms.remove(channel);
    run(() -> {
      // Opened again meanwhile, it stays subscribed, without a moment in which it is not.
      if (!rooms.containsKey(channel)) {
        routes.link(channel).ifPresent(link -> link.unsubscribe(channel));
      }
    });
  }

  private void run(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException closed) {
      log.debug("The relay is closed.");
    }
  }

  @Override
  public boolean connected() {
    return connected;
  }

  @Override
  public void onChange(Listener listener) {
    listeners.add(listener);
  }

  private void tick() {
    try {
      long now = System.nanoTime();
      boolean late = now - tickedNanos > LATE.toNanos();
      tickedNanos = now;
      routes.links().forEach(link -> link.tick(late));
      judge();
      if (!routes.whole() && !asking && now - askAtNanos >= 0) {
        ask();
      }
    } catch (RuntimeException e) {
      log.error("The relay's thread failed", e);
    }
  }

  /** Asks which servers there are: those that were known, then those that were named. */
  private void ask() {
    asking = true;
    Set<Address> addresses = new LinkedHashSet<>();
    routes.links().forEach(link -> addresses.add(link.node().address()));
    addresses.addAll(settings.addresses());
    discovery
        .ask(List.copyOf(addresses))
        .whenComplete((topology, failure) ->
            run(() -> {
              asking = false;
              askAtNanos = System.nanoTime() + pause.toNanos();
              pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
              if (failure == null) {
                lay(topology);
              } else {
                trouble = "Redis at " + settings + ": " + Reasons.of(failure);
              }
              judge();
              if (failure != null) {
                settle();
              }
            }));
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  /** Keeps the links that fit, lets go of the others, and opens those that are missing. */
  private void lay(Topology topology) {
    List<Link> links = new ArrayList<>();
    List<Link> fresh = new ArrayList<>();
    List<Link> left = new ArrayList<>(routes.links());
    for (Topology.Node node : topology.nodes()) {
      Link link = null;
      for (Link old : routes.links()) {
        if (old.node().equals(node) && topology.sharded() == routes.sharded()) {
          link = old;
        }
      }
      if (link == null) {
        link = new Link(node, topology.sharded(), identity, this::run, owner);
        fresh.add(link);
      }
      links.add(link);
      left.remove(link);
    }
    routes = new Routes(topology.sharded(), topology.isWhole(), List.copyOf(links));
    left.forEach(Link::close);
    for (Link link : fresh) {
      link.open(connector, () -> routes.carriedBy(link, rooms.values()));
    }
  }

  /** Tells the world when it has changed whether all is well. */
  private void judge() {
    boolean now = routes.isWell();
    if (!now) {
      // Nobody waits for Redis: when all is well again, all rooms are compared with the journal.
      rooms.values().forEach(room -> room.opened().complete(null));
    }
    if (now == connected) {
      if (!now && trouble != null && !told) {
        settle();
      }
      return;
    }
    connected = now;
    if (now) {
      pause = FIRST_PAUSE;
      trouble = null;
      log.info("Connected to Redis at {}.", settings);
    } else {
      identity.counts().degraded().increment();
      log.warn("{} Other instances are heard of through the journal.", complaint());
    }
    told = true;
    settled.complete(null);
    listeners.forEach(listener -> listener.changed(now));
  }

  /** The first attempt has failed. */
  private void settle() {
    if (!told) {
      told = true;
      log.warn("{} Other instances are heard of through the journal.", complaint());
    }
    settled.complete(null);
  }

  private String complaint() {
    String why = trouble == null ? "Redis at " + settings + ": it does not answer" : trouble;
    return "Going on without Redis. " + why + ".";
  }

  @Override
  public void close() {
    thread.shutdownNow();
    routes.links().forEach(Link::close);
    rooms.values().forEach(room -> room.opened().complete(null));
    connector.close();
  }
}

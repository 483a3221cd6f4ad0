package dev.tutti.session;

import dev.tutti.fanout.FanoutCounts;
import dev.tutti.fanout.Framing;
import dev.tutti.fanout.LoopFanout;
import dev.tutti.protocol.Codecs;
import dev.tutti.protocol.ServerMessage;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All connections of this instance, by event loop. Safe on any thread; each session stays on its
 * own loop.
 */
public final class Sessions implements Gateway {
  private static final Logger log = LoggerFactory.getLogger(Sessions.class);
  private static final int RADIX = 36;

  private final SessionContext context;
  private final Codecs codecs;
  private final Framing framing;
  private final Map<Executor, LoopSessions> loops = new ConcurrentHashMap<>();
  private final AtomicLong opened = new AtomicLong();
  private final FanoutCounts fanout = new FanoutCounts();
  private final AdmittedRequests requests;

  /** Differs between instances and starts, so that two sessions never share an id. */
  private final String prefix;

  /** When those who leave are to come back; null until the server goes away. */
  private volatile @Nullable Returns returns;

  private volatile Health health = new Health(false, "The server is starting.");

  /** No connections yet; not ready until told so. */
  public Sessions(SessionContext context, Codecs codecs, Framing framing, RandomGenerator random) {
    this.context = context;
    this.codecs = codecs;
    this.framing = framing;
    this.requests = new AdmittedRequests(context, codecs.json(), this::loop, () -> returns != null);
    this.prefix = "s" + Long.toString(random.nextLong(1L << 40), RADIX) + "-";
  }

  @Override
  public Inbound opened(Connection connection) {
    context.counts().opened().increment();
    String id = prefix + Long.toString(opened.incrementAndGet(), RADIX);
    Session session = new Session(id, connection, context, loop(connection.loop()));
    Returns order = returns;
    if (order != null) {
      // Its handshake was under way when the others were told.
      session.goodbye(order);
    }
    return session;
  }

  @Override
  public Requests requests() {
    return requests;
  }

  @Override
  public Health health() {
    return health;
  }

  /** Says whether this instance takes connections, and why not. */
  public void health(Health now) {
    boolean changed = now.ready() && health.degraded() != now.degraded();
    health = now;
    if (changed) {
      var status = new ServerMessage.Status(now.degraded());
      loops.values().forEach(loop -> loop.each(session -> session.told(status)));
    }
  }

  /** Sees to pings, deadlines and expiry on every loop. Call it every second, from any thread. */
  public void sweep() {
    long now = context.millis();
    requests.sweep(now);
    loops.values().forEach(loop -> loop.each(session -> session.sweep(now)));
  }

  /**
   * Says good-bye to everyone, each as soon as what they sent is answered. Nothing more is taken
   * from now on. They are told to come back one after the other, {@code returnsPerSecond} at most.
   * Any thread.
   *
   * @return complete when everyone is gone
   */
  public CompletableFuture<Void> goodbye(int returnsPerSecond) {
    Returns order = new Returns(returnsPerSecond);
    returns = order;
    int count = loops.values().stream().mapToInt(LoopSessions::count).sum();
    log.info(
        "Saying good-bye to {} connections, of which {} are to come back in a second at most",
        count,
        returnsPerSecond);
    return CompletableFuture.allOf(
            loops.values().stream()
                .map(loop -> loop.goodbye(order))
                .toArray(CompletableFuture[]::new))
        .thenRun(() ->
            log.info(
                "Said good-bye to {}; {} come back in a second at most.",
                order.told(),
                order.mostInASecond()));
  }

  /** Ends those who were said good-bye to and still wait for an answer. Any thread. */
  public void hurry() {
    loops.values().forEach(loop -> loop.each(LoopSessions.Swept::hurry));
  }

  /** What the sessions have counted. */
  public SessionCounts counts() {
    return context.counts();
  }

  /** What the fan-out has counted, all loops together. */
  public FanoutCounts fanoutCounts() {
    return fanout;
  }

  /** Things that wait for the fan-out of the loop that has most of them. Any thread. */
  public int longestQueue() {
    return loops.values().stream().mapToInt(loop -> loop.fanout().queued()).max().orElse(0);
  }

  /** Connections that listen: WebSockets and event streams. Any thread. */
  public int count() {
    return loops.values().stream().mapToInt(LoopSessions::count).sum();
  }

  private LoopSessions loop(Executor executor) {
    return loops.computeIfAbsent(
        executor,
        e ->
            new LoopSessions(
                e, new LoopFanout(e, framing, codecs, fanout), () -> health.degraded()));
  }
}

package dev.tutti.redis;

import dev.tutti.relay.RelayMessage;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Two connections to one server, one to publish and one to listen, for one life: it is opened, is
 * up, and is lost.
 *
 * <pre>
 *   OPENING -- both connected, every room confirmed, own probe heard --> UP
 *   OPENING -- 5 s, or anything fails --------------------------------> LOST
 *   UP      -- a connection ends, a command is refused, 2 s of silence -> LOST
 * </pre>
 *
 * <p>It is silent when a probe that it publishes to itself does not come back ({@link Pulse}): so a
 * server that stands still, or a connection that is open at one end only, is found out. Owned by
 * the relay's thread, but for {@link #publish}.
 */
final class Link {
  private static final long OPENING_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** How its owner hears of it. */
  interface Owner {
    /** Something that matters to {@link #isWell} has changed. On the relay's thread. */
    void changed();

    /** It is over. On the relay's thread, once, unless it was closed. */
    void lost(Link link, String why);

    /** A message has come. On the connection's thread, which must not be kept. */
    void arrived(String channel, byte[] message);
  }

  private enum Phase {
    OPENING,
    UP,
    LOST
  }

  private final Topology.Node node;
  private final boolean sharded;
  private final Executor thread;
  private final Owner owner;
  private final Identity identity;
  private final String probeChannel;
  private final Outbox outbox;
  private final long openedNanos = System.nanoTime();

  // Owned by the relay's thread.
  private Phase phase = Phase.OPENING;
  private @Nullable StatefulRedisPubSubConnection<String, byte[]> listening;
  private final Map<String, Integer> leaving = new HashMap<>();
  private int unconfirmed;
  private final Pulse pulse = new Pulse();

  /** Set once, by the relay's thread. */
  private volatile @Nullable StatefulRedisConnection<String, byte[]> publishing;

  Link(Topology.Node node, boolean sharded, Identity identity, Executor thread, Owner owner) {
    this.node = node;
    this.sharded = sharded;
    this.thread = thread;
    this.owner = owner;
    this.identity = identity;
    this.probeChannel = probeChannel();
    this.outbox = new Outbox(this::send, thread, identity.counts());
  }

  /** A channel of our own that this very node carries. */
  private String probeChannel() {
    String name = identity.probeChannel();
    for (int i = 0; sharded; i++) {
      String tagged = name + ":{" + i + "}";
      if (node.slots().get(SlotHash.getSlot(tagged))) {
        return tagged;
      }
    }
    return name;
  }

  Topology.Node node() {
    return node;
  }

  /** Connects, and subscribes to the rooms that there are by then. */
  void open(Connector connector, Supplier<Collection<Subscription>> rooms) {
    CompletableFuture<StatefulRedisConnection<String, byte[]>> publisher =
        connector.connect(node.address()).toCompletableFuture();
    CompletableFuture<StatefulRedisPubSubConnection<String, byte[]>> listener =
        connector.connectToListen(node.address()).toCompletableFuture();
    publisher
        .thenCombine(listener, (p, l) -> l)
        .whenComplete((both, failure) ->
            thread.execute(() -> {
              if (failure != null || phase == Phase.LOST) {
                publisher.thenAccept(StatefulRedisConnection::closeAsync);
                listener.thenAccept(StatefulRedisConnection::closeAsync);
                lose(failure == null ? "closed" : Reasons.of(failure));
              } else {
                connected(publisher.join(), both, rooms.get());
              }
            }));
  }

  private void connected(
      StatefulRedisConnection<String, byte[]> publisher,
      StatefulRedisPubSubConnection<String, byte[]> listener,
      Collection<Subscription> rooms) {
    publishing = publisher;
    listening = listener;
    RedisConnectionStateListener end =
        new RedisConnectionStateListener() {
          @Override
          public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
            thread.execute(() -> lose("the connection has ended"));
          }
        };
    publisher.addListener(end);
    listener.addListener(end);
    listener.addListener(new Ears());
    if (!publisher.isOpen() || !listener.isOpen()) {
      lose("the connection has ended");
      return;
    }
    unconfirmed++;
    confirm(listen(listener, probeChannel), this::probe);
    rooms.forEach(this::subscribe);
  }

  private final class Ears extends RedisPubSubAdapter<String, byte[]> {
    @Override
    public void message(String channel, byte[] message) {
      if (channel.equals(probeChannel)) {
        thread.execute(() -> probeHeard(message));
      } else {
        owner.arrived(channel, message);
      }
    }

    @Override
    public void smessage(String channel, byte[] message) {
      message(channel, message);
    }

    @Override
    public void sunsubscribed(String channel, long left) {
      thread.execute(() -> left(channel));
    }
  }

  /** A sharded channel is left because we asked, or because another node carries it now. */
  private void left(String channel) {
    Integer asked = leaving.remove(channel);
    if (asked == null) {
      lose("channels are carried by another node now");
    } else if (asked > 1) {
      leaving.put(channel, asked - 1);
    }
  }

  private RedisFuture<Void> listen(
      StatefulRedisPubSubConnection<String, byte[]> listener, String channel) {
    return sharded ? listener.async().ssubscribe(channel) : listener.async().subscribe(channel);
  }

  private void confirm(CompletionStage<?> asked, Runnable confirmed) {
    asked.whenComplete((done, failure) ->
        thread.execute(() -> {
          unconfirmed--;
          if (failure != null) {
            lose(Reasons.of(failure));
          } else if (phase != Phase.LOST) {
            confirmed.run();
            check();
          }
        }));
  }

  /** Listens for a room; before it is connected that is done when it is. */
  void subscribe(Subscription room) {
    StatefulRedisPubSubConnection<String, byte[]> listener = listening;
    if (listener == null || phase == Phase.LOST) {
      return;
    }
    unconfirmed++;
    confirm(listen(listener, room.channel()), () -> room.opened().complete(null));
  }

  void unsubscribe(String channel) {
    StatefulRedisPubSubConnection<String, byte[]> listener = listening;
    if (listener == null || phase == Phase.LOST) {
      return;
    }
    if (sharded) {
      leaving.merge(channel, 1, Integer::sum);
      listener.async().sunsubscribe(channel);
    } else {
      listener.async().unsubscribe(channel);
    }
  }

  /** What waits to be published, in bytes. Any thread. */
  int waitingBytes() {
    return outbox.waitingBytes();
  }

  /** Any thread. Dropped while it is not connected. */
  void publish(String channel, RelayMessage message) {
    outbox.offer(channel, message);
  }

  private CompletionStage<?> send(String channel, byte[] body) {
    StatefulRedisConnection<String, byte[]> publisher = publishing;
    if (publisher == null) {
      return CompletableFuture.failedFuture(new IllegalStateException("not connected yet"));
    }
    byte[] message = identity.seal(channel, body);
    CompletionStage<Long> sent =
        sharded
            ? publisher.async().spublish(channel, message)
            : publisher.async().publish(channel, message);
    sent.whenComplete((listeners, failure) -> {
      if (failure != null) {
        thread.execute(() -> lose(Reasons.of(failure)));
      }
    });
    return sent;
  }

  private void probe() {
    pulse.probed(System.nanoTime());
    send(probeChannel, new byte[0]);
  }

  private void probeHeard(byte[] message) {
    if (identity.hasSealed(probeChannel, message) && phase != Phase.LOST) {
      pulse.heard(System.nanoTime());
      check();
      owner.changed();
    }
  }

  private void check() {
    if (phase == Phase.OPENING && listening != null && unconfirmed == 0 && pulse.isThere()) {
      phase = Phase.UP;
      owner.changed();
    }
  }

  /**
   * Looks at the time.
   *
   * @param late whether this very thread has stood still, so that silence says nothing
   */
  void tick(boolean late) {
    long now = System.nanoTime();
    if (phase == Phase.OPENING && now - openedNanos > OPENING_NANOS) {
      lose("it does not answer");
    } else if (phase == Phase.UP) {
      if (late) {
        pulse.stoodStill(now);
      }
      if (pulse.isGone(now)) {
        lose("it does not answer");
      } else if (pulse.probeIsDue(now)) {
        probe();
      }
    }
  }

  /** Whether what is published arrives, as far as is known. */
  boolean isWell() {
    return phase == Phase.UP && !pulse.isSilent(System.nanoTime());
  }

  private void lose(String why) {
    if (phase != Phase.LOST) {
      close();
      owner.lost(this, why);
    }
  }

  /** Lets go of both connections. Returns at once. */
  void close() {
    phase = Phase.LOST;
    outbox.close();
    StatefulRedisPubSubConnection<String, byte[]> listener = listening;
    if (listener != null) {
      listener.closeAsync();
    }
    StatefulRedisConnection<String, byte[]> publisher = publishing;
    if (publisher != null) {
      publisher.closeAsync();
    }
  }
}

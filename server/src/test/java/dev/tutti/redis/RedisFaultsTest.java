package dev.tutti.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.fault.Proxy;
import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.RoomName;
import dev.tutti.redis.embedded.TestRedis;
import dev.tutti.relay.InstanceId;
import dev.tutti.relay.RelayCodec;
import dev.tutti.relay.RelayMessage;
import dev.tutti.relay.RelayMessage.Events;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of the relay when something happens to Redis, or to the way there. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RedisFaultsTest {
  private static final RoomName ROOM = new RoomName("board:one");

  private final TestRedis redis = TestRedis.started();
  private final Proxy proxy = Proxy.before(redis.port());
  private final RedisRelay ana = RedisRelay.start(settings(), Relays.SECRET);
  private final RedisRelay bo = RedisRelay.start(settings(), Relays.SECRET);
  private final List<Long> heard = new CopyOnWriteArrayList<>();
  private final List<Boolean> changes = new CopyOnWriteArrayList<>();
  private final AtomicInteger next = new AtomicInteger();

  private RedisSettings settings() {
    return Relays.settings(redis, proxy.port());
  }

  @AfterEach
  void close() {
    ana.close();
    bo.close();
    proxy.close();
    redis.close();
  }

  private void bothConnected() {
    Relays.until(() -> ana.connected() && bo.connected());
  }

  /** Bo opens the room and listens to how the connection is. */
  private void boListens() {
    bothConnected();
    bo.onChange(changes::add);
    bo.open(
            ROOM,
            Runnable::run,
            delivery -> {
              if (delivery.message() instanceof Events(String epoch, List<EncodedEvent> events)) {
                events.forEach(event -> heard.add(event.seq()));
              }
            })
        .join();
  }

  private static RelayMessage event(long seq) {
    return new Events("life", List.of(EncodedEvent.of(seq, "{}".getBytes(StandardCharsets.UTF_8))));
  }

  private void boStillHears() {
    Relays.until(() -> {
      long seq = next.incrementAndGet();
      ana.publish(ROOM, event(seq));
      return heard.stream().anyMatch(of -> of > seq - 100);
    });
  }

  private void boHearsAgain() {
    bothConnected();
    heard.clear();
    boStillHears();
  }

  @Test
  void aKilledRedisIsNoticedAndWaitedFor() {
    boListens();
    redis.kill();
    Relays.until(() -> !ana.connected() && !bo.connected());
    ana.publish(ROOM, event(1));
    assertThat(ana.counts().unpublished().total()).isEqualTo(1);
    redis.start();
    boHearsAgain();
    assertThat(changes).containsExactly(false, true);
  }

  /** Within a second where nothing else keeps the machine: {@link PulseTest}. */
  @Test
  void aFrozenRedisIsNoticedWithinThreeSecondsOfABusyMachine() {
    boListens();
    redis.freeze();
    long frozen = System.nanoTime();
    Relays.until(() -> !bo.connected());
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - frozen)).isLessThan(3_000);
    redis.thaw();
    boHearsAgain();
  }

  @Test
  void ofWhatAFrozenRedisIsToldNoMoreWaitsThanMayAndAllOfItIsDroppedInTheEnd() {
    boListens();
    redis.freeze();
    int bytes = 100_000;
    int rooms = 2 * Outbox.MAX_BYTES / bytes;
    int most = 0;
    for (int i = 0; i < rooms; i++) {
      ana.publish(
          new RoomName("board:r" + i),
          new Events("life", List.of(EncodedEvent.of(1, new byte[bytes]))));
      most = Math.max(most, ana.waitingBytes());
    }
    assertThat(most).isBetween(Outbox.MAX_BYTES - bytes - 1_000, Outbox.MAX_BYTES + 0);
    assertThat(ana.counts().unpublished().total()).as("told by number, not dropped").isZero();
    int many = 3 * Outbox.MAX_ROOM_MESSAGES;
    for (int i = 0; i < many; i++) {
      ana.publish(ROOM, event(2 * i)); // None follows the one before.
    }
    assertThat(ana.counts().unpublished().total()).isEqualTo(many - Outbox.MAX_ROOM_MESSAGES);
    Relays.until(() -> ana.counts().unpublished().total() == rooms + many);
    assertThat(ana.connected()).isFalse();
    assertThat(ana.waitingBytes()).isZero();
    assertThat(ana.counts().published().total()).isZero();
    Relays.until(() -> changes.contains(false));
    redis.thaw();
    boHearsAgain();
    assertThat(changes).as("so rooms are compared with the journal").containsExactly(false, true);
  }

  @Test
  void aRoomThatIsOpenedWhileRedisStandsStillIsNotKeptWaiting() {
    bothConnected();
    redis.freeze();
    var opened = bo.open(ROOM, Runnable::run, delivery -> {});
    Relays.until(opened::isDone);
    redis.thaw();
  }

  @Test
  void aFlushForgetsNothingThatMatters() {
    boListens();
    redis.flush();
    boStillHears();
    assertThat(changes).isEmpty();
  }

  @Test
  void clientsThatAreKilledComeBack() {
    boListens();
    redis.cutClients();
    Relays.until(() -> changes.contains(false));
    boHearsAgain();
  }

  @Test
  void aConnectionThatIsCutComesBack() {
    boListens();
    proxy.cut();
    Relays.until(() -> changes.contains(false));
    boHearsAgain();
  }

  @Test
  void aConnectionThatIsOpenAtOneEndOnlyIsFoundOut() {
    boListens();
    proxy.halfOpen();
    Relays.until(() -> changes.contains(false));
    boHearsAgain();
  }

  @Test
  void aProxyThatHoldsEverythingBackIsFoundOut() {
    boListens();
    proxy.freeze();
    Relays.until(() -> changes.contains(false));
    proxy.thaw();
    boHearsAgain();
  }

  @Test
  void aRedisThatIsNotThereAtTheStartIsConnectedToWhenItComes() {
    redis.kill();
    try (RedisRelay early = RedisRelay.start(Relays.settings(redis, redis.port()), Relays.SECRET)) {
      early.settled().join();
      assertThat(early.connected()).isFalse();
      var opened = early.open(ROOM, Runnable::run, delivery -> {});
      Relays.until(opened::isDone);
      redis.start();
      Relays.until(early::connected);
    }
  }

  // What somebody writes who can write into Redis, and does not know the fleet's secret

  private String channel() {
    return Identity.of(Relays.SECRET).channel(ROOM);
  }

  private void refuses(byte[] message) {
    long before = bo.counts().refused().total();
    redis.publish(channel(), message);
    Relays.until(() -> bo.counts().refused().total() == before + 1);
  }

  @Test
  void forgedTruncatedAndForeignMessagesAreCountedAndDropped() {
    boListens();
    byte[] body = RelayCodec.encode(event(1));
    InstanceId stranger = InstanceId.random();
    byte[] sealed = new Seal(Relays.SECRET).seal(channel(), stranger, 1, body);
    refuses(new byte[0]);
    refuses("hello".getBytes(StandardCharsets.US_ASCII));
    refuses(body);
    refuses(
        new Seal("another fleet's".getBytes(StandardCharsets.US_ASCII))
            .seal(channel(), stranger, 1, body));
    refuses(Arrays.copyOf(sealed, sealed.length - 1));
    refuses(new Seal(Relays.SECRET).seal(channel() + "x", stranger, 1, body));
    byte[] changed = sealed.clone();
    changed[changed.length - 1] ^= 1;
    refuses(changed);
    refuses(new byte[10_000_000]);
    refuses(new Seal(Relays.SECRET).seal(channel(), stranger, 1, new byte[] {1, 2, 3}));
    assertThat(heard).isEmpty();
    boStillHears();
  }

  @Test
  void aRepeatedMessageIsDropped() {
    boListens();
    InstanceId other = InstanceId.random();
    Seal seal = new Seal(Relays.SECRET);
    byte[] first = seal.seal(channel(), other, 1, RelayCodec.encode(event(1)));
    byte[] second = seal.seal(channel(), other, 2, RelayCodec.encode(event(2)));
    redis.publish(channel(), first);
    redis.publish(channel(), second);
    redis.publish(channel(), first);
    redis.publish(channel(), second);
    Relays.until(() -> bo.counts().repeated().total() == 2);
    assertThat(heard).containsExactly(1L, 2L);
  }

  @Test
  void aKindOfMessageThatOnlyNewerInstancesKnowIsIgnored() {
    boListens();
    byte[] unknown =
        new Seal(Relays.SECRET).seal(channel(), InstanceId.random(), 1, new byte[] {99, 1, 2});
    redis.publish(channel(), unknown);
    boStillHears();
    assertThat(bo.counts().refused().total()).isZero();
  }
}

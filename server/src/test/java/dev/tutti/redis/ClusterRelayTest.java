package dev.tutti.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.RoomName;
import dev.tutti.redis.RedisSettings.Address;
import dev.tutti.redis.embedded.TestCluster;
import dev.tutti.relay.FleetRelayContract;
import dev.tutti.relay.Relay;
import dev.tutti.relay.RelayMessage;
import io.lettuce.core.cluster.SlotHash;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Over a Cluster of three. */
class ClusterRelayTest extends FleetRelayContract {
  private static TestCluster cluster;
  private final Relays relays = new Relays(settings());

  @BeforeAll
  static void start() {
    cluster = TestCluster.started();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void close() {
    relays.close();
  }

  @Test
  void aNodeThatIsLostIsNoticedAndTheClusterIsWholeAgainWhenItIsBack() {
    RedisRelay ana = relays.get(0);
    RedisRelay bo = relays.get(1);
    var rooms = new ManyRooms(ana, bo);
    cluster.node(1).kill();
    Relays.until(() -> !ana.connected() && !bo.connected());
    rooms.areToldOf();
    cluster.node(1).start();
    cluster.awaitWhole();
    Relays.until(() -> ana.connected() && bo.connected());
    rooms.areHeard();
  }

  @Test
  void messagesGoOnlyWhereTheirSlotIs() {
    RoomName room = new RoomName("board:sharded");
    Set<RoomName> heard = ConcurrentHashMap.newKeySet();
    relays.get(1).open(room, Runnable::run, delivery -> heard.add(room)).join();
    relays.get(0).publish(room, new RelayMessage.Head("life", 1));
    Relays.until(() -> heard.contains(room));
    for (int i = 0; i < 3; i++) {
      assertThat(cluster.node(i).ask("INFO", "commandstats"))
          .contains("cmdstat_ssubscribe:", "cmdstat_spublish:")
          .doesNotContain("cmdstat_subscribe:", "cmdstat_publish:");
    }
  }

  @Test
  void aRoomWhoseSlotIsMovedToAnotherNodeIsHeardOfThere() {
    RedisRelay ana = relays.get(0);
    RedisRelay bo = relays.get(1);
    RoomName room = new RoomName("board:moved");
    AtomicLong heard = new AtomicLong();
    bo.open(
            room,
            Runnable::run,
            delivery ->
                heard.accumulateAndGet(((RelayMessage.Head) delivery.message()).seq(), Math::max))
        .join();
    int slot = SlotHash.getSlot(Identity.of(Relays.SECRET).channel(room));
    int from = cluster.owner(slot);
    cluster.move(slot, from, (from + 1) % 3);
    AtomicLong seq = new AtomicLong(1);
    Relays.until(() -> {
      ana.publish(room, new RelayMessage.Head("life", seq.incrementAndGet()));
      return ana.connected() && bo.connected() && heard.get() > 0;
    });
    assertThat(cluster.owner(slot)).isNotEqualTo(from);
    long told = seq.get() + 1_000;
    ana.publish(room, new RelayMessage.Head("life", told));
    Relays.until(() -> heard.get() == told);
  }

  private static RedisSettings settings() {
    return new RedisSettings(
        List.of(new Address("127.0.0.1", cluster.node(0).port())),
        false,
        Optional.empty(),
        "",
        cluster.password());
  }

  @Override
  protected Relay relay(int instance) {
    return relays.get(instance);
  }

  @Override
  protected void until(BooleanSupplier condition) {
    Relays.until(condition);
  }
}

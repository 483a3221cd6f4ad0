package dev.tutti.redis;

import dev.tutti.protocol.RoomName;
import dev.tutti.redis.RedisSettings.Address;
import dev.tutti.redis.embedded.TestCluster;
import dev.tutti.relay.FleetRelayContract;
import dev.tutti.relay.Relay;
import dev.tutti.relay.RelayMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Over a Cluster of three. */
class ClusterRelayTest extends FleetRelayContract {
  /** So many that every node carries some. */
  private static final int ROOMS = 30;

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
    var rooms = new ArrayList<RoomName>();
    Set<RoomName> heard = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < ROOMS; i++) {
      rooms.add(new RoomName("board:lost" + i));
      RoomName room = rooms.getLast();
      bo.open(room, Runnable::run, delivery -> heard.add(room)).join();
    }
    cluster.node(1).kill();
    Relays.until(() -> !ana.connected() && !bo.connected());
    rooms.forEach(room -> ana.publish(room, new RelayMessage.Head("life", 1)));
    cluster.node(1).start();
    cluster.awaitWhole();
    Relays.until(() -> ana.connected() && bo.connected());
    heard.clear();
    rooms.forEach(room -> ana.publish(room, new RelayMessage.Head("life", 2)));
    Relays.until(() -> heard.size() == ROOMS);
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

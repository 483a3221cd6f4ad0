package dev.tutti.redis;

import dev.tutti.protocol.RoomName;
import dev.tutti.relay.RelayMessage.Head;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** So many rooms that every node of a Cluster carries some. One tells of them, another listens. */
final class ManyRooms {
  private final List<RoomName> rooms =
      IntStream.range(0, 30).mapToObj(i -> new RoomName("board:many" + i)).toList();
  private final Set<RoomName> heard = ConcurrentHashMap.newKeySet();
  private final RedisRelay from;

  ManyRooms(RedisRelay from, RedisRelay to) {
    this.from = from;
    rooms.forEach(room -> to.open(room, Runnable::run, delivery -> heard.add(room)).join());
  }

  void areToldOf() {
    rooms.forEach(room -> from.publish(room, new Head("life", 1)));
  }

  /** Tells of all, and waits until all are heard of. */
  void areHeard() {
    heard.clear();
    areToldOf();
    Relays.until(() -> heard.size() == rooms.size());
  }
}

package dev.tutti.redis;

import dev.tutti.redis.RedisSettings.Address;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.ClusterPartitionParser;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.models.role.RedisInstance;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which server carries which channels.
 *
 * @param sharded whether it is a Cluster; otherwise one node carries all
 */
record Topology(boolean sharded, List<Node> nodes) {

  /** A server, and the slots that it carries. */
  record Node(Address address, BitSet slots) {}

  static Topology single(Address address) {
    BitSet all = new BitSet(SlotHash.SLOT_COUNT);
    all.set(0, SlotHash.SLOT_COUNT);
    return new Topology(false, List.of(new Node(address, all)));
  }

  /**
   * Reads what {@code CLUSTER NODES} says.
   *
   * @param asked who said so; a node that does not know its own host is there
   */
  static Topology cluster(String nodes, Address asked) {
    List<Node> carrying = new ArrayList<>();
    for (RedisClusterNode node : ClusterPartitionParser.parse(nodes)) {
      if (node.getRole() == RedisInstance.Role.UPSTREAM && !node.hasNoSlots()) {
        BitSet slots = new BitSet(SlotHash.SLOT_COUNT);
        node.forEachSlot(slots::set);
        String host = node.getUri().getHost();
        boolean unknown = host == null || host.isEmpty();
        carrying.add(
            new Node(new Address(unknown ? asked.host() : host, node.getUri().getPort()), slots));
      }
    }
    return new Topology(true, List.copyOf(carrying));
  }

  /** Whether every channel is carried. */
  boolean isWhole() {
    BitSet covered = new BitSet(SlotHash.SLOT_COUNT);
    nodes.forEach(node -> covered.or(node.slots()));
    return covered.cardinality() == SlotHash.SLOT_COUNT;
  }
}

package dev.tutti.redis.embedded;

import static org.awaitility.Awaitility.await;

import dev.tutti.trouble.TestCertificate;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** Three nodes of a Redis Cluster without replicas. Takes about two seconds to form. */
public final class TestCluster implements AutoCloseable {
  private static final int NODES = 3;
  private static final int SLOTS = 16_384;

  private final List<TestRedis> nodes;

  private TestCluster(List<TestRedis> nodes) {
    this.nodes = nodes;
  }

  /** A new one, whole. Its caller closes it. */
  public static TestCluster started() {
    String password = EmbeddedRedis.newPassword();
    return formed(() -> TestRedis.node(password), TestRedis::port);
  }

  /** The same behind TLS, with further lines in each redis.conf. */
  public static TestCluster withTls(TestCertificate certificate, String... settings) {
    String password = EmbeddedRedis.newPassword();
    return formed(() -> TestRedis.nodeWithTls(password, certificate, settings), TestRedis::tlsPort);
  }

  private static TestCluster formed(Supplier<TestRedis> started, ToIntFunction<TestRedis> port) {
    List<TestRedis> nodes = Stream.generate(started).limit(NODES).toList();
    TestCluster cluster = new TestCluster(nodes);
    for (int i = 0; i < NODES; i++) {
      TestRedis node = nodes.get(i);
      node.ask(
          "CLUSTER", "ADDSLOTSRANGE", text(i * SLOTS / NODES), text((i + 1) * SLOTS / NODES - 1));
      node.ask("CLUSTER", "SET-CONFIG-EPOCH", text(i + 1));
    }
    for (TestRedis other : nodes.subList(1, NODES)) {
      nodes
          .getFirst()
          .ask("CLUSTER", "MEET", "127.0.0.1", text(port.applyAsInt(other)), text(other.busPort()));
    }
    cluster.awaitWhole();
    return cluster;
  }

  private static String text(int number) {
    return Integer.toString(number);
  }

  /** Waits until every node knows all and says that all is well. */
  public void awaitWhole() {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> nodes.stream().allMatch(TestCluster::isWhole));
  }

  /** Waits until every node knows of every node that it has this name; empty for none. */
  public void awaitNames(String name) {
    String ending = name.isEmpty() ? "" : "," + name;
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() ->
            nodes.stream()
                .flatMap(node -> node.ask("CLUSTER", "NODES").lines())
                .allMatch(line -> line.split(" ")[1].replaceFirst("^[^,]*", "").equals(ending)));
  }

  private static boolean isWhole(TestRedis node) {
    String info = node.ask("CLUSTER", "INFO");
    return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + NODES);
  }

  /** Asks each node the same. */
  public void askAll(String... words) {
    nodes.forEach(node -> node.ask(words));
  }

  public TestRedis node(int number) {
    return nodes.get(number);
  }

  public String password() {
    return nodes.getFirst().password();
  }

  /** Which node carries a slot, as that node says itself. */
  public int owner(int slot) {
    for (int i = 0; i < NODES; i++) {
      String own =
          nodes
              .get(i)
              .ask("CLUSTER", "NODES")
              .lines()
              .filter(l -> l.contains("myself"))
              .findFirst()
              .orElseThrow();
      for (String range : own.replaceFirst(".* connected ?", "").split(" ")) {
        String[] ends = range.split("-");
        if (range.matches("\\d+(-\\d+)?")
            && Integer.parseInt(ends[0]) <= slot
            && slot <= Integer.parseInt(ends[ends.length - 1])) {
          return i;
        }
      }
    }
    throw new AssertionError("Nobody carries slot " + slot);
  }

  /** Gives a slot to another node, as an operator who moves load does. It holds no keys. */
  public void move(int slot, int from, int to) {
    String id = node(to).ask("CLUSTER", "MYID");
    // Then no word of the former owner that is still on its way takes the slot back.
    node(to).ask("CLUSTER", "BUMPEPOCH");
    node(to).ask("CLUSTER", "SETSLOT", text(slot), "NODE", id);
    node(from).ask("CLUSTER", "SETSLOT", text(slot), "NODE", id);
    for (TestRedis node : nodes) {
      node.ask("CLUSTER", "SETSLOT", text(slot), "NODE", id);
    }
  }

  @Override
  public void close() {
    nodes.forEach(TestRedis::close);
  }
}

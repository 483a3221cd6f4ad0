package dev.tutti.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.postgres.TestPostgres;
import dev.tutti.redis.RedisSettings.Address;
import dev.tutti.redis.embedded.TestCluster;
import dev.tutti.trouble.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Cluster behind TLS, with an account that may do no more than the pages say it needs. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ClusterTlsTest {
  private static final String PASSWORD = "an-account-s-own-password";

  private static TestCluster cluster;
  private static TestCertificate ofAddress;
  private static TestCertificate ofName;

  /** Trusts both. */
  private static Path authorities;

  private Relays relays;

  @BeforeAll
  static void start() throws Exception {
    ofAddress = TestCertificate.in(TestPostgres.folder());
    ofName = TestCertificate.of("dns:localhost", TestPostgres.folder());
    authorities =
        Files.writeString(
            TestPostgres.folder().resolve("authorities.pem"),
            Files.readString(ofAddress.chain()) + Files.readString(ofName.chain()));
    cluster =
        TestCluster.withTls(
            ofAddress,
            "tls-ca-cert-file " + authorities,
            "user app on >%s resetchannels &tutti:* -@all +info +publish +subscribe +unsubscribe"
                    .formatted(PASSWORD)
                + " +spublish +ssubscribe +sunsubscribe +cluster|nodes");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void close() {
    relays.close();
  }

  private ManyRooms roomsBy(String host) {
    relays = new Relays(settings(host, PASSWORD));
    return new ManyRooms(relays.get(0), relays.get(1));
  }

  /** Two of the three nodes are named; the third is found by asking. */
  private static RedisSettings settings(String host, String password) {
    List<Address> named =
        IntStream.range(0, 2).mapToObj(i -> new Address(host, cluster.node(i).tlsPort())).toList();
    return new RedisSettings(named, true, Optional.of(authorities), "app", password);
  }

  @Test
  void theFirstNodeThatIsNamedMayBeLostAndComeBack() {
    ManyRooms rooms = roomsBy("127.0.0.1");
    rooms.areHeard();
    cluster.node(0).kill();
    Relays.until(() -> !relays.get(0).connected() && !relays.get(1).connected());
    rooms.areToldOf();
    cluster.node(0).start();
    cluster.awaitWhole();
    Relays.until(() -> relays.get(0).connected() && relays.get(1).connected());
    rooms.areHeard();
  }

  @Test
  void nodesThatAnnounceNamesAreSpokenToByTheirNames() {
    announces("localhost", ofName);
    try {
      roomsBy("localhost").areHeard();
    } finally {
      announces("", ofAddress);
    }
  }

  /** Each node from now on has this name, or none, and a certificate for it. */
  private static void announces(String name, TestCertificate certificate) {
    cluster.askAll(
        "CONFIG",
        "SET",
        "tls-cert-file",
        certificate.chain().toString(),
        "tls-key-file",
        certificate.key().toString(),
        "cluster-announce-hostname",
        name);
    cluster.awaitNames(name);
  }

  @Test
  void aWrongPasswordIsNotLetIn() {
    try (RedisRelay relay =
        RedisRelay.start(settings("127.0.0.1", "a-wrong-guess"), Relays.SECRET)) {
      relays = new Relays(settings("127.0.0.1", PASSWORD));
      relay.settled().join();
      assertThat(relay.connected()).isFalse();
      assertThat(relays.get(0).connected()).isTrue();
    }
  }
}

package dev.tutti.redis;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.protocol.RoomName;
import dev.tutti.redis.RedisSettings.Address;
import dev.tutti.redis.embedded.TestRedis;
import dev.tutti.relay.RelayMessage;
import dev.tutti.relay.RelayMessage.Head;
import dev.tutti.trouble.TestCertificate;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Redis behind TLS, with an account that may do no more than the pages say it needs. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class RedisTlsTest {
  private static final RoomName ROOM = new RoomName("board:one");
  private static final String PASSWORD = "an-account-s-own-password";

  private static TestRedis redis;
  private static Path authority;

  @BeforeAll
  static void start() throws Exception {
    TestCertificate certificate = TestCertificate.in(TestPostgres.folder());
    authority = certificate.chain();
    redis =
        TestRedis.withTls(
            certificate,
            "user app on >%s resetchannels &tutti:* -@all +info +publish +subscribe +unsubscribe"
                .formatted(PASSWORD));
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  private static RedisRelay relay(String host, Optional<Path> trusted, String password) {
    return RedisRelay.start(
        new RedisSettings(
            List.of(new Address(host, redis.tlsPort())), true, trusted, "app", password),
        Relays.SECRET);
  }

  @Test
  void anAccountWithWhatThePagesNameTellsAndHears() {
    try (RedisRelay ana = relay("127.0.0.1", Optional.of(authority), PASSWORD);
        RedisRelay bo = relay("127.0.0.1", Optional.of(authority), PASSWORD)) {
      Relays.until(() -> ana.connected() && bo.connected());
      var heard = new CopyOnWriteArrayList<RelayMessage>();
      bo.open(ROOM, Runnable::run, delivery -> heard.add(delivery.message())).join();
      ana.publish(ROOM, new Head("life", 7));
      Relays.until(() -> heard.contains(new Head("life", 7)));
    }
  }

  @Test
  void aCertificateThatNobodyTrustsIsRefused() {
    assertThat(complaintOf(() -> relay("127.0.0.1", Optional.empty(), PASSWORD)))
        .contains("certification path");
  }

  @Test
  void aCertificateOfAnotherHostIsRefused() {
    assertThat(complaintOf(() -> relay("localhost", Optional.of(authority), PASSWORD)))
        .contains("localhost");
  }

  @Test
  void aWrongPasswordIsSaidAndNotShown() {
    assertThat(complaintOf(() -> relay("127.0.0.1", Optional.of(authority), "a-wrong-guess")))
        .contains("WRONGPASS")
        .doesNotContain("a-wrong-guess");
  }

  /** What the log says of a relay that does not connect. */
  private static String complaintOf(Supplier<RedisRelay> start) {
    Logger log = (Logger) LoggerFactory.getLogger(RedisRelay.class);
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    log.addAppender(lines);
    try (RedisRelay relay = start.get()) {
      relay.settled().join();
      assertThat(relay.connected()).isFalse();
      return List.copyOf(lines.list).stream()
          .filter(line -> line.getLevel() == Level.WARN)
          .findFirst()
          .orElseThrow()
          .getFormattedMessage();
    } finally {
      log.detachAppender(lines);
    }
  }
}

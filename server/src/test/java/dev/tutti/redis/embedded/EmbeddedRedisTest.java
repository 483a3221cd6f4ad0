package dev.tutti.redis.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisTest {
  @TempDir Path folder;

  @Test
  void asksForAPasswordThatOnlyItsAccountCanRead() throws IOException {
    try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
      assertThatThrownBy(() -> Resp.to(redis.port(), "guessed")).hasMessageContaining("WRONGPASS");
      assertThat(Files.getPosixFilePermissions(folder.resolve("redis.conf")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void keepsNothingAndLeavesNothing() {
    EmbeddedRedis redis = EmbeddedRedis.start(folder);
    String password = redis.url().replaceAll(".*:(\\w+)@.*", "$1");
    try (Resp connection = Resp.to(redis.port(), password)) {
      assertThat(connection.ask("CONFIG", "GET", "save")).isEqualTo("save\n\n");
      assertThat(connection.ask("CONFIG", "GET", "appendonly")).isEqualTo("appendonly\nno\n");
    }
    redis.close();
    assertThat(redis.isAlive()).isFalse();
  }

  @Test
  void endsWhenTheProcessThatStartedItIsKilled() throws Exception {
    Process owner =
        new ProcessBuilder(
                java(),
                "-cp",
                System.getProperty("java.class.path"),
                Owner.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long pid = Long.parseLong(owner.inputReader().readLine());
    ProcessHandle redis = ProcessHandle.of(pid).orElseThrow();
    owner.destroyForcibly();
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> !redis.isAlive() || redis.info().command().isEmpty());
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** A process that starts Redis and then does nothing. */
  static final class Owner {
    public static void main(String[] args) throws InterruptedException {
      EmbeddedRedis redis = EmbeddedRedis.start(Path.of(args[0]));
      System.out.println(redis.pid());
      System.out.flush();
      Thread.currentThread().join();
    }
  }

  @Test
  void saysWhyItDoesNotStart() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () -> EmbeddedRedis.start(folder, folder, taken.getLocalPort(), "secret", List.of()))
          .isInstanceOf(RedisFailed.class)
          .hasMessageContaining("Failed listening");
    }
  }

  @Test
  void comesBackUnderTheSameAddress() {
    try (TestRedis redis = TestRedis.started()) {
      redis.kill();
      redis.start();
      assertThat(redis.ask("PING")).isEqualTo("PONG");
    }
  }
}

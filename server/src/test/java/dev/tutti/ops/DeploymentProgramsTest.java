package dev.tutti.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tutti.process.Ports;
import dev.tutti.redis.embedded.TestRedis;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What runs inside the containers, run without them. */
class DeploymentProgramsTest {
  private static final Path DOCKER = Path.of("..", "docker").toAbsolutePath().normalize();

  @TempDir private Path folder;

  private static Ended run(Map<String, String> environment, String... words) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  private record Ended(int code, String output) {}

  @Test
  void theHealthCheckAsksWhereTheSettingsSayThatTheServerListens() throws Exception {
    try (Observed server = Observed.with(Map.of())) {
      URI at = server.at("/");
      Map<String, String> settings =
          Map.of("TUTTI_PORT", Integer.toString(at.getPort()), "TUTTI_HOST", "0.0.0.0");
      assertThat(healthy(settings)).isZero();
      assertThat(healthy(Map.of("TUTTI_PORT", Integer.toString(at.getPort())))).isZero();
      assertThat(healthy(Map.of("TUTTI_PORT", "25099"))).isNotZero();
      assertThat(
              healthy(
                  Map.of("TUTTI_PORT", Integer.toString(at.getPort()), "TUTTI_TLS_CERT", "a.pem")))
          .isZero();
    }
  }

  private static int healthy(Map<String, String> settings) throws Exception {
    return run(settings, "bash", DOCKER.resolve("healthy.sh").toString()).code();
  }

  @Test
  void redisOfTheComposeFileHearsWhenItIsToldToEndAndItsLimitsHoldItsBuffers() throws Exception {
    Path program = TestRedis.program();
    Files.createSymbolicLink(folder.resolve("redis-server"), program);
    Files.writeString(folder.resolve("redis-password"), "s3cret-of-the-compose-file");
    String script =
        DeploymentFilesTest.yaml("compose.yaml")
            .at("/services/redis/command/2")
            .asString()
            .replace("$$", "$")
            .replace("/run/secrets", folder.toString())
            .replace("/data", folder.toString());
    int port = Ports.free();
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", script + " --port " + port + " --bind 127.0.0.1");
    builder.environment().merge("PATH", folder.toString(), (old, ours) -> ours + ":" + old);
    builder.directory(folder.toFile()).redirectErrorStream(true);
    Process redis = builder.redirectOutput(folder.resolve("log").toFile()).start();
    try {
      await().until(() -> Files.readString(folder.resolve("log")).contains("Ready to accept"));
      redis.toHandle().destroy();
      assertThat(redis.waitFor(5, TimeUnit.SECONDS)).isTrue();
      assertThat(redis.exitValue()).isZero();
    } finally {
      redis.destroyForcibly();
    }
  }

  @Test
  void prometheusUnderstandsItsFilesAndEveryPanelOfTheDashboard() throws Exception {
    Path promtool = Path.of("/usr/bin/promtool");
    assumeTrue(Files.isExecutable(promtool), "promtool is not installed");
    Path panels = Files.writeString(folder.resolve("panels.yaml"), panels());
    for (String rules : List.of(DOCKER.resolve("prometheus/alerts.yaml").toString(), "" + panels)) {
      Ended checked = run(Map.of(), "" + promtool, "check", "rules", rules);
      assertThat(checked.output()).contains("SUCCESS").doesNotContain("FAILED");
      assertThat(checked.code()).isZero();
    }
    Ended checked =
        run(
            Map.of(),
            "" + promtool,
            "check",
            "config",
            "--syntax-only",
            DOCKER.resolve("prometheus/prometheus.yaml").toString());
    assertThat(checked.code()).as(checked.output()).isZero();
  }

  /** The questions of the dashboard as rules, which is what promtool reads. */
  private static String panels() throws IOException {
    List<Object> rules = new ArrayList<>();
    new JsonMapper()
        .readTree(DOCKER.resolve("grafana/dashboards/tutti.json"))
        .findValuesAsString("expr")
        .forEach(expr ->
            rules.add(
                Map.of(
                    "record",
                    "panel:" + rules.size(),
                    "expr",
                    expr.replaceAll("\\$__(rate_)?interval", "1m"))));
    assertThat(rules).hasSizeGreaterThan(10);
    return new JsonMapper()
        .writeValueAsString(Map.of("groups", List.of(Map.of("name", "panels", "rules", rules))));
  }
}

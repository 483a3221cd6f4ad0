package dev.tutti.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tutti.config.Given;
import dev.tutti.config.Network;
import dev.tutti.config.ServerConfig;
import dev.tutti.config.ServerConfig.Conclusion;
import dev.tutti.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What can be said of {@code docker/} without Docker. */
class DeploymentFilesTest {
  private static final Path DOCKER = Path.of("..", "docker");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:tutti|jvm|process|hikaricp|logback|system)_[a-z_]+");
  private static final Pattern PINNED = Pattern.compile("[^:]+:v?\\d+\\.\\d+.*|tutti:local");

  static JsonNode yaml(String file) throws IOException {
    Object parsed =
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(DOCKER.resolve(file)));
    return new JsonMapper().valueToTree(merged(parsed));
  }

  /** Carries out the merge keys ("<<"), which Compose knows and YAML 1.2 does not. */
  private static Object merged(Object node) {
    if (node instanceof List<?> list) {
      return list.stream().map(DeploymentFilesTest::merged).toList();
    }
    if (!(node instanceof Map<?, ?> map)) {
      return node;
    }
    Map<Object, Object> whole = new LinkedHashMap<>();
    if (map.get("<<") != null) {
      whole.putAll((Map<?, ?>) merged(map.get("<<")));
    }
    map.forEach((key, value) -> {
      if (!key.equals("<<")) {
        whole.put(key, merged(value));
      }
    });
    return whole;
  }

  @Test
  void theComposeFileKeepsTheSchemaOfTheComposeSpecification() throws IOException {
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(composeSchema());
    assertThat(schema.validate(compose().toString(), InputFormat.JSON)).isEmpty();
    String broken = compose().toString().replace("\"image\"", "\"imagine\"");
    assertThat(schema.validate(broken, InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void everyImageIsOfAVersionAndEveryServiceIsBounded() throws IOException {
    for (Map.Entry<String, JsonNode> service : compose().path("services").properties()) {
      JsonNode of = service.getValue();
      assertThat(of.path("image").asString()).as(service.getKey()).matches(PINNED);
      assertThat(of.at("/deploy/resources/limits/memory").isString()).as(service.getKey()).isTrue();
      assertThat(of.at("/deploy/resources/limits/cpus").isString()).as(service.getKey()).isTrue();
    }
  }

  @Test
  void everythingIsHardenedAndRedisHasRoomForAllThatItMayKeepForThoseWhoStandStill()
      throws IOException {
    JsonNode services = compose().path("services");
    for (Map.Entry<String, JsonNode> service : services.properties()) {
      JsonNode of = service.getValue();
      assertThat(of.path("read_only").asBoolean()).as(service.getKey()).isTrue();
      assertThat(of.path("cap_drop").toString()).as(service.getKey()).isEqualTo("[\"ALL\"]");
      assertThat(of.path("security_opt").toString()).contains("no-new-privileges:true");
    }
    long instances =
        services.propertyNames().stream().filter(name -> name.startsWith("tutti-")).count();
    String script = services.at("/redis/command/2").asString();
    long limit = number(services.at("/redis/deploy/resources/limits/memory").asString(), "(\\d+)M");
    long kept =
        instances * number(script, "pubsub (\\d+)mb") + number(script, "maxmemory (\\d+)mb");
    assertThat(kept).isPositive().isLessThan(limit * 3 / 4);
  }

  private static long number(String text, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return Long.parseLong(found.group(1));
  }

  @Test
  void everySettingOfTheInstancesIsOne() throws IOException {
    Set<String> known =
        Stream.of(Setting.values()).map(Setting::variable).collect(Collectors.toSet());
    JsonNode instance = compose().at("/services/tutti-1/environment");
    assertThat(instance.propertyNames()).isNotEmpty().isSubsetOf(known);
    assertThat(instance.propertyNames()).noneMatch(name -> name.endsWith("_PASSWORD"));
  }

  @Test
  void whoeverStopsAnInstanceWaitsForAsLongAsItPromises() throws IOException {
    JsonNode instance = compose().at("/services/tutti-1");
    Map<String, String> given = new LinkedHashMap<>();
    for (Setting setting : List.of(Setting.DRAIN, Setting.DRAIN_NOTICE_MILLIS)) {
      JsonNode text = instance.path("environment").path(setting.variable());
      if (text.isString()) {
        given.put(setting.variable(), text.asString());
      }
    }
    assertThat(instance.path("stop_grace_period").asString())
        .isEqualTo(goodbye(given).toSeconds() + "s");
    assertThat(Files.readString(Path.of("..", "docs", "operating.md")))
        .contains(
            "`--drain-notice-millis` + `--drain-seconds` + "
                + Network.AFTER_DRAIN.toSeconds()
                + " s: "
                + goodbye(Map.of()).toSeconds()
                + " s with the defaults");
    assertThat(Files.readString(Path.of("..", "docs", "fleet.md")))
        .contains("`--drain-seconds` + " + Network.AFTER_DRAIN.toSeconds() + " s");
  }

  private static Duration goodbye(Map<String, String> environment) {
    return switch (ServerConfig.conclude(new Given(Map.of(), environment))) {
      case Conclusion.Concluded(ServerConfig config) -> config.network().goodbye();
      case Conclusion.Refused(List<String> problems) ->
          throw new IllegalArgumentException(problems.toString());
    };
  }

  @Test
  void everyFileThatIsMountedAndEverySecretIsThere() throws IOException {
    String script = Files.readString(DOCKER.resolve("secrets.sh"));
    for (Map.Entry<String, JsonNode> secret : compose().path("secrets").properties()) {
      assertThat(script).contains(secret.getKey());
    }
    for (JsonNode service : compose().path("services")) {
      for (JsonNode volume : service.path("volumes")) {
        if (volume.asString().startsWith("./")) {
          assertThat(DOCKER.resolve(volume.asString().split(":")[0])).exists();
        }
      }
      for (JsonNode secret : service.path("secrets")) {
        assertThat(compose().path("secrets").has(secret.asString())).isTrue();
      }
    }
  }

  @Test
  void dashboardAndAlertsAskForMetricsThatThereAre() throws Exception {
    Set<String> asked = new LinkedHashSet<>();
    new JsonMapper()
        .readTree(DOCKER.resolve("grafana/dashboards/tutti.json"))
        .findValuesAsString("expr")
        .forEach(expr -> asked.addAll(metrics(expr)));
    yaml("prometheus/alerts.yaml")
        .findValuesAsString("expr")
        .forEach(expr -> asked.addAll(metrics(expr)));
    assertThat(asked).hasSizeGreaterThan(25);
    assertThat(shown()).containsAll(asked);
  }

  @Test
  void thePageForOperatorsExplainsEveryMetricAndAlert() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "operating.md"));
    Set<String> own =
        shown().stream()
            .filter(name -> name.startsWith("tutti_"))
            .map(name -> name.replaceAll("_(bucket|count|sum|total)$", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(own).allSatisfy(name -> assertThat(page).contains("`" + name));
    assertThat(yaml("prometheus/alerts.yaml").findValuesAsString("alert"))
        .isNotEmpty()
        .allSatisfy(alert -> assertThat(page).contains("### " + alert));
  }

  private static Set<String> metrics(String expr) {
    Set<String> found = new LinkedHashSet<>();
    Matcher matcher = METRIC.matcher(expr);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  /** The names of all samples that a real server shows. */
  private static Set<String> shown() throws Exception {
    return Shown.NAMES;
  }

  private static final class Shown {
    static final Set<String> NAMES = read();

    private static Set<String> read() {
      try (Observed server = Observed.with(Map.of())) {
        return server.samples().keySet().stream()
            .map(sample -> sample.replaceFirst("\\{.*", ""))
            .collect(Collectors.toSet());
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** As published, but for two names of itself that are no whole addresses. */
  private static String composeSchema() throws IOException {
    return Files.readString(Path.of("src/test/resources/compose/compose-spec.json"))
        .replaceFirst("\"\\$schema\": \"[^\"]*\",", "")
        .replaceFirst("\"\\$id\": \"[^\"]*\",", "");
  }

  private static JsonNode compose() throws IOException {
    return yaml("compose.yaml");
  }
}

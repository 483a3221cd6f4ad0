package dev.tutti.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.read.ListAppender;
import dev.tutti.postgres.PostgresJournal;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a server writes down about people who mean no good, and what it does not. */
class LogTest {
  private static final String SECRET = "unmistakable-secret";
  private static final int BAD_MESSAGES = 60;

  private static final Logger ours = (Logger) LoggerFactory.getLogger("dev.tutti");
  private static final Level before = ours.getLevel();
  private static final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private static Observed server;

  @BeforeAll
  static void start() {
    lines.start();
    ours.addAppender(lines);
    ours.setLevel(Level.TRACE);
    server =
        Observed.with(
            Map.of(
                "TUTTI_METRICS_TOKEN",
                SECRET + "-metrics",
                "TUTTI_TOKEN_SECRET",
                SECRET.repeat(3)));
  }

  @AfterAll
  static void stop() {
    server.close();
    ours.detachAppender(lines);
    ours.setLevel(before);
  }

  @Test
  void noTokenAndNoPasswordIsEverWritten() throws Exception {
    server.metrics("Authorization", "Bearer " + SECRET);
    for (String hello :
        List.of(
            "{\"type\":\"hello\",\"token\":\"" + SECRET + "\"}",
            "{\"type\":\"hello\",\"token\":\"" + SECRET + "." + SECRET + "." + SECRET + "\"}",
            "{\"type\":\"hello\",\"token\":{\"a\":\"" + SECRET + "\"}}",
            "{\"type\":\"hello\",\"token\":\"" + SECRET)) {
      Talk talk = Talk.with(server);
      talk.say(hello);
      talk.ended.join();
    }
    String path = "/v1/rooms/board:a?token=" + SECRET + "%00";
    server.get(path, "Authorization", "Bearer " + SECRET);
    PostgresSettings real = TestPostgres.database();
    assertThatThrownBy(
            () -> PostgresJournal.open(PostgresSettings.of(real.jdbcUrl(), real.user(), SECRET)))
        .hasMessageNotContaining(SECRET);
    assertThat(lines.list).isNotEmpty();
    assertThat(List.copyOf(lines.list))
        .extracting(LogTest::text)
        .noneMatch(it -> it.contains(SECRET));
  }

  @Test
  void whatAClientSendsDoesNotFillTheLog() throws Exception {
    ours.setLevel(Level.INFO);
    Talk talk = Talk.with(server);
    talk.say("{\"type\":\"hello\",\"name\":\"Mallory\"}");
    int begun = lines.list.size();
    for (int i = 0; i < BAD_MESSAGES; i++) {
      talk.say(i % 3 == 0 ? "{" : i % 3 == 1 ? "{\"type\":\"none\"}" : "{\"type\":\"signal\"}");
      server.command("board:a", UUID.randomUUID(), "no.such", "{}");
    }
    int written = lines.list.size() - begun;
    ours.setLevel(Level.TRACE);
    assertThat(written).isLessThan(3);
  }

  @Test
  void aLineNamesTheSessionThatItsClientKnows() {
    Talk talk = Talk.with(server);
    talk.say("{\"type\":\"hello\",\"token\":\"no token\"}");
    talk.ended.join();
    await()
        .untilAsserted(() ->
            assertThat(List.copyOf(lines.list))
                .extracting(LogTest::text)
                .anyMatch(
                    it -> it.matches("(?s)Connection s\\w+-\\w+ from 127.0.0.1 not let in.*")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/logback.xml", "/logback-json.xml"})
  void librariesGiveNoAdviceInAnOutage(String file) throws Exception {
    LoggerContext context = configured(file);
    assertThat(context.getLogger("com.zaxxer.hikari.pool.PoolBase").isWarnEnabled()).isFalse();
    assertThat(context.getLogger("com.zaxxer.hikari.pool.PoolBase").isErrorEnabled()).isTrue();
    assertThat(context.getLogger("dev.tutti.room.Outage").isWarnEnabled()).isTrue();
  }

  private static LoggerContext configured(String file) throws Exception {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(LogTest.class.getResource(file));
    return context;
  }

  @Test
  void forMachinesEachLineIsOneJsonObject() throws Exception {
    LoggerContext context = configured("/logback-json.xml");
    var appender = (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("stderr");
    Logger logger = context.getLogger("dev.tutti.Any");
    byte[] encoded =
        appender
            .getEncoder()
            .encode(
                new LoggingEvent(
                    "",
                    logger,
                    Level.WARN,
                    "two\nlines of {}",
                    new IllegalStateException("why"),
                    new Object[] {"\"quotes\""}));
    String line = new String(encoded, StandardCharsets.UTF_8);
    assertThat(line.strip()).doesNotContain("\n");
    JsonNode json = new JsonMapper().readTree(line);
    assertThat(json.path("formattedMessage").asString()).isEqualTo("two\nlines of \"quotes\"");
    assertThat(json.path("level").asString()).isEqualTo("WARN");
    assertThat(json.at("/throwable/message").asString()).isEqualTo("why");
  }

  private static String text(ILoggingEvent event) {
    return event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy());
  }

  /** A connection that says whatever it is told to. */
  private static final class Talk implements WebSocket.Listener {
    final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private WebSocket socket;

    static Talk with(Observed server) {
      Talk talk = new Talk();
      URI address = URI.create(server.at("/v1/ws").toString().replaceFirst("http", "ws"));
      talk.socket = server.http().newWebSocketBuilder().buildAsync(address, talk).join();
      return talk;
    }

    void say(String message) {
      socket.sendText(message, true).join();
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      ended.complete(code);
      return null;
    }
  }
}

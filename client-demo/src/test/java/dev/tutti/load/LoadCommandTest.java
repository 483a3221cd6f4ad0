package dev.tutti.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** The whole generator against a server in memory: short, and without a word about speed. */
@Execution(ExecutionMode.CONCURRENT)
class LoadCommandTest {
  private record Result(int status, String out, String err) {}

  private static Result load(FakeServer.Flaw flaw, String... arguments)
      throws InterruptedException {
    try (FakeServer server = new FakeServer(flaw)) {
      List<String> all = new ArrayList<>(List.of(arguments));
      all.addAll(List.of("--url", server.url().toString(), "--seconds", "1", "--warm-up", "0"));
      return command(all);
    }
  }

  private static Result command(List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        new CommandLine(new LoadCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    return new Result(status, out.toString(), err.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "durable --connections 4 --rooms 2 --rate 500",
        "durable --connections 4 --rooms 2 --window 8",
        "durable --connections 4 --rooms 2 --no-subscribe --rate 500",
        "durable --connections 4 --rooms 2 --rate 500 --threads 2",
        "fanout --subscribers 40 --writers 2 --rate 300",
        "fanout --subscribers 20 --writers 2 --window 8",
        "move --rooms 2 --rate 100",
        "idle --connections 50 --rooms 5",
        "join --tickets 100 --connections 5 --rate 50",
        "storm --connections 60 --rooms 3 --missed 5 --rounds 2 --threads 2",
        "chat --members 20 --writers 5 --rate 100",
        "readings --socket --rate 1000 --batch 10 --viewers 5 --stalled 1",
      })
  void everyScenarioFindsAllPromisesKept(String arguments) throws InterruptedException {
    Result result = load(FakeServer.Flaw.NONE, arguments.split(" "));
    assertThat(result.out())
        .contains("0 gaps, 0 repeats, 0 subscribers behind")
        .contains("0 unanswered, 0 to nothing, 0 before their event")
        .doesNotContain("refused");
    assertThat(result.status()).isZero();
  }

  @Test
  void aLostEventIsAGap() throws InterruptedException {
    Result result =
        load(FakeServer.Flaw.LOSES_AN_EVENT, "fanout --subscribers 20 --rate 300".split(" "));
    assertThat(result.out()).contains("20 gaps, 0 repeats");
    assertThat(result.status()).isEqualTo(1);
  }

  @Test
  void aRepeatedEventIsSeen() throws InterruptedException {
    Result result =
        load(FakeServer.Flaw.REPEATS_AN_EVENT, "fanout --subscribers 20 --rate 300".split(" "));
    assertThat(result.out()).contains("0 gaps, 20 repeats");
    assertThat(result.status()).isEqualTo(1);
  }

  @Test
  void anAnswerBeforeItsEventIsSeen() throws InterruptedException {
    Result result =
        load(
            FakeServer.Flaw.ACCEPTS_TOO_EARLY,
            "durable --connections 2 --rooms 2 --rate 50".split(" "));
    assertThat(result.out()).doesNotContain("0 before their event");
    assertThat(result.status()).isEqualTo(1);
  }

  @Test
  void whoComesBackAndMissesAnEventHasAGap() throws InterruptedException {
    Result result =
        load(
            FakeServer.Flaw.LOSES_AN_EVENT,
            "storm --connections 20 --rooms 1 --missed 60 --rounds 1".split(" "));
    assertThat(result.out()).doesNotContain("0 gaps,").contains("0 repeats");
    assertThat(result.status()).isEqualTo(1);
  }

  @Test
  void whoComesBackIsSentWhatItMissedAndNoDocument() throws InterruptedException {
    Result result =
        load(
            FakeServer.Flaw.NONE,
            "storm --connections 20 --rooms 2 --missed 7 --rounds 1 --json".split(" "));
    var json = JsonMapper.shared().readTree(result.out());
    assertThat(json.has("resets")).isFalse();
    assertThat(json.get("beginning until caught up (ms)").get("count").asLong()).isEqualTo(20);
    assertThat(json.get("asked of the journal").asString()).startsWith("not known");
  }

  @Test
  void whatALimitRefusesIsNamedInTheResult() throws InterruptedException {
    Result result =
        load(
            FakeServer.Flaw.REFUSES_AS_TOO_FAST,
            "durable --connections 2 --rooms 2 --rate 90".split(" "));
    assertThat(result.out())
        .contains("refused, too_fast")
        .contains("Too many messages.")
        .contains("raise them");
  }

  @Test
  void theResultCanBeJson() throws InterruptedException {
    Result result = load(FakeServer.Flaw.NONE, "move", "--rooms", "1", "--json");
    var json = JsonMapper.shared().readTree(result.out());
    assertThat(json.get("scenario").asString()).isEqualTo("move");
    assertThat(json.get("due until seen by another (ms)").get("count").asLong()).isPositive();
  }

  @Test
  void aServerThatIsNotThereIsOneSentence() {
    Result result = command(List.of("move", "--url", "ws://127.0.0.1:1"));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).startsWith("tutti load: ").hasLineCount(1).contains("refused");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "move --rate max",
        "durable --rooms 5 --connections 4",
        "fanout --window 0",
        "join --rate 0",
        "idle --threads 17",
        "idle --url http://localhost:80",
        "move --seen-at here",
        "storm --rounds 0",
        "storm --back-at there",
        "chat --members 2 --writers 3",
        "readings --viewers 0",
        "readings --series 10 --batch 20",
        "move --url ws://127.0.0.1:1,ws://127.0.0.1:2"
      })
  void whatCannotBeRunIsRefusedBeforehand(String arguments) {
    Result result = command(List.of(arguments.split(" ")));
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void withoutAScenarioTheUsageIsShown() {
    Result result = command(List.of());
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("name a scenario").contains("Usage");
  }
}

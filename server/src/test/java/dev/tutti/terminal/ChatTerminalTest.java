package dev.tutti.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.Server;
import dev.tutti.client.Connection;
import dev.tutti.client.Room;
import dev.tutti.fault.Proxy;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.trouble.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jline.reader.Candidate;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code ./tutti chat}, on terminals of JLine without a screen, and as a process in a pipe. */
class ChatTerminalTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Any style other than none: a colour, bold, faint. */
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[(?!0?m)[0-9;:]*m");

  private static Server server;

  private final String room = "chat:" + UUID.randomUUID();

  @BeforeAll
  static void start() {
    server = TestServer.over(TestPostgres.database());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Somebody at a terminal: what is typed, what is shown, and how it ended. */
  private record Seat(
      PipedOutputStream keys, ByteArrayOutputStream screen, CompletableFuture<Integer> end) {
    void types(String line) throws IOException {
      keys.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      keys.flush();
    }

    String shown() {
      return screen.toString(StandardCharsets.UTF_8);
    }

    void sees(String text) {
      await().atMost(PATIENCE).until(this::shown, shown -> shown.contains(text));
    }
  }

  private Seat sits(String name, String url, String type) throws IOException {
    return sits(name, url, type, Map.of());
  }

  private Seat sits(String name, String url, String type, Map<String, String> environment)
      throws IOException {
    PipedOutputStream keys = new PipedOutputStream();
    PipedInputStream in = new PipedInputStream(keys);
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    ChatCommand command = new ChatCommand(environment, in);
    new CommandLine(command).parseArgs("--url", url, "--room", room, "--name", name);
    Terminal terminal =
        TerminalBuilder.builder()
            .system(false)
            .streams(in, screen)
            .type(type)
            .encoding(StandardCharsets.UTF_8)
            .build();
    terminal.setSize(new Size(160, 40));
    CompletableFuture<Integer> end = new CompletableFuture<>();
    Thread.ofPlatform().daemon().start(() -> end.complete(command.talk(terminal)));
    return new Seat(keys, screen, end);
  }

  @Test
  void twoTalkAtTerminals() throws Exception {
    Seat ana = sits("Ana", server.url(), Terminal.TYPE_DUMB);
    ana.sees("-- connected");
    ana.types("hello");
    ana.sees("#1 Ana: hello");
    Seat bo = sits("Bo", server.url(), Terminal.TYPE_DUMB);
    bo.sees("#1 Ana: hello");
    bo.types("/reply 1 hi @Ana");
    ana.sees("#2 Bo to #1: hi @Ana");
    ana.types("/react 2 👍");
    bo.sees("Ana reacted to #2  👍 1");
    ana.types("/edit 1 good morning");
    bo.sees("Ana changed #1: good morning");
    ana.types("/who");
    ana.sees("2 here: Ana, Bo");
    ana.types("/dance");
    ana.sees("There is no /dance");
    ana.types("/react 99 👍");
    ana.sees("NUMBER EMOJI");
    ana.types("/help");
    ana.sees("/history");
    ana.types("/me waves");
    bo.sees("*Ana waves*");
    ana.types("/quit");
    assertThat(ana.end().get(20, TimeUnit.SECONDS)).isZero();
    bo.types("/edit 1 not mine");
    bo.sees("Not sent: ");
    bo.keys().close();
    assertThat(bo.end().get(20, TimeUnit.SECONDS)).as("the end of the input").isZero();
  }

  @Test
  void aCutIsShownAndWhatWasSaidMeanwhileArrives() throws Exception {
    try (Proxy proxy = Proxy.before(server.address().getPort())) {
      Seat ana = sits("Ana", "http://127.0.0.1:" + proxy.port(), Terminal.TYPE_DUMB);
      ana.sees("-- connected");
      proxy.refuse();
      ana.sees("trying again");
      ana.types("from the tunnel");
      proxy.admit();
      ana.sees("#1 Ana: from the tunnel");
      ana.types("/quit");
      assertThat(ana.end().get(20, TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void theBottomLineTellsWhoIsHereAndWhoTypes() throws Exception {
    Seat ana = sits("Ana", server.url(), "xterm-256color");
    try (Connection other = Connection.to(server.url() + "/v1/ws").name("Bo").connect()) {
      Room talk = other.room(room);
      talk.ready().get(20, TimeUnit.SECONDS);
      ana.sees(", Bo"); // The line is drawn by what differs.
      talk.signal("typing", on());
      ana.sees("Bo is typing");
    }
    ana.types("/quit");
    assertThat(ana.end().get(20, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void noColorIsRespectedAndTheBottomLineStays() throws Exception {
    int said = 0;
    for (Map<String, String> environment :
        List.of(Map.of("NO_COLOR", "1"), Map.of("NO_COLOR", ""))) {
      Seat ana = sits("Ana", server.url(), "xterm-256color", environment);
      ana.sees("/help");
      ana.types("in colours " + environment.get("NO_COLOR"));
      ana.sees("#" + ++said + " ");
      ana.types("/quit");
      assertThat(ana.end().get(20, TimeUnit.SECONDS)).isZero();
      boolean colourful = COLOUR.matcher(ana.shown()).find();
      assertThat(colourful).as(environment + "").isEqualTo(environment.containsValue(""));
    }
  }

  @Test
  void aBurstIsShownWhole() throws Exception {
    Seat ana = sits("Ana", server.url(), Terminal.TYPE_DUMB);
    ana.sees("-- connected");
    try (Connection other = Connection.to(server.url() + "/v1/ws").name("Bo").connect()) {
      Room talk = other.room(room);
      talk.ready().get(20, TimeUnit.SECONDS);
      for (int i = 1; i <= 100; i++) {
        var _ = talk.send("message.post", Map.of("text", "message " + i + "."));
      }
      ana.sees("#100 Bo: message 100.");
    }
    for (int i = 1; i <= 100; i++) {
      assertThat(ana.shown()).contains("#" + i + " Bo: message " + i + ".");
    }
    ana.types("/quit");
    assertThat(ana.end().get(20, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void thePastIsReadBeyondWhatTheDocumentKeeps() throws Exception {
    try (Connection other = Connection.to(server.url() + "/v1/ws").name("Bo").connect()) {
      Room talk = other.room(room);
      List<CompletableFuture<Long>> all = new ArrayList<>();
      for (int i = 1; i <= 330; i++) {
        var post = Map.of("message", "m" + i, "text", "message " + i + ".");
        all.add(talk.send("message.post", post).durable());
        if (i == 10) {
          var edit = Map.of("message", "m2", "text", "message 2 was put right.");
          all.add(talk.send("message.edit", edit).durable());
          all.add(talk.send("message.delete", Map.of("message", "m3")).durable());
        }
      }
      for (CompletableFuture<Long> each : all) {
        each.get(20, TimeUnit.SECONDS);
      }
    }
    Seat ana = sits("Ana", server.url(), Terminal.TYPE_DUMB);
    ana.sees("Bo: message 330.");
    assertThat(ana.shown()).contains("message 311.").doesNotContain("message 310.");
    for (int first = 291; first > 31; first -= 20) {
      ana.types("/history");
      ana.sees("message " + first + ".");
    }
    ana.types("/history");
    ana.sees("message 31.");
    ana.types("/history");
    ana.sees("message 1.");
    ana.sees("Bo: message 30.");
    assertThat(ana.shown())
        .contains("Bo: message 2 was put right.", "Bo: (deleted)", "Bo: message 4.")
        .doesNotContain("Bo: message 2.", "Bo: message 3.");
    ana.types("/quit");
    assertThat(ana.end().get(20, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void oneMessageFromAPipeEndsWithZeroOnlyWhenItIsDurable() {
    StringWriter errors = new StringWriter();
    assertThat(once("hello", errors, "--room", room)).isZero();
    assertThat(once("hello", errors, "--room", "submarine:one")).isEqualTo(1);
    assertThat(errors.toString()).contains("This server has no rooms of type submarine.");
    assertThat(once(" \n", errors)).isEqualTo(2);
    assertThat(once("hello", errors, "--room", "nonsense")).isEqualTo(2);
    int nobody = once("hello", errors, "--url", "http://127.0.0.1:26999", "--timeout-seconds", "1");
    assertThat(nobody).isEqualTo(1);
    assertThat(errors.toString())
        .endsWith("No server answers at http://127.0.0.1:26999; it was not said.\n");
  }

  @Test
  void aProcessInAPipeSaysItsLineAndEnds() throws Exception {
    try (ChatProcess chat = ChatProcess.start(server.url(), room, "pipe")) {
      chat.types("hello").types("from a process");
      assertThat(chat.leaves()).as(chat.shown()).isZero();
      assertThat(chat.shown()).doesNotContain("\u001b", "Exception");
    }
    try (Connection other = Connection.to(server.url() + "/v1/ws").name("Bo").connect()) {
      Room talk = other.room(room);
      talk.ready().get(20, TimeUnit.SECONDS);
      assertThat(talk.document().path("messages").toString())
          .contains("\"hello\"", "\"from a process\"");
    }
  }

  @Test
  void aProcessSaysItsInputOnceAndItsExitCodeTellsWhatBecameOfIt() throws Exception {
    try (ChatProcess said = once("--url", server.url(), "--room", room);
        ChatProcess refused = once("--url", server.url(), "--room", "submarine:one")) {
      for (ChatProcess each : List.of(said, refused)) {
        each.types("hello from").types("a pipe");
      }
      assertThat(said.leaves()).as(said.shown()).isZero();
      assertThat(said.shown()).isEmpty();
      assertThat(refused.leaves()).isEqualTo(1);
      assertThat(refused.shown()).contains("This server has no rooms of type submarine.");
    }
    try (Connection other = Connection.to(server.url() + "/v1/ws").name("Bo").connect()) {
      Room talk = other.room(room).ready().get(20, TimeUnit.SECONDS);
      assertThat(talk.document().path("messages").toString()).contains("hello from\\na pipe");
    }
  }

  private static ChatProcess once(String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--once", "--name", "pipe"));
    return ChatProcess.start(Map.of(), all.toArray(String[]::new));
  }

  @Test
  void nothingIsDrawnWhenTheTerminalMayBeGone() throws Exception {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    Terminal terminal =
        TerminalBuilder.builder()
            .system(false)
            .streams(InputStream.nullInputStream(), shown)
            .type(Terminal.TYPE_DUMB)
            .build();
    Screen screen = new Screen(LineReaderBuilder.builder().terminal(terminal).build(), false);
    screen.print(new AttributedString("before"));
    screen.close();
    terminal.close();
    screen.print(new AttributedString("behind"));
    screen.status("closed", "");
    assertThat(shown.toString(StandardCharsets.UTF_8)).contains("before").doesNotContain("behind");
  }

  @Test
  void whatATerminalWouldObeyIsNotShown() {
    assertThat(Transcript.plain("a\u001b[31mb\u009bc\u202ed\ne"))
        .isEqualTo("a\ufffd[31mb\ufffdc\ufffdd\n        e");
  }

  @Test
  void commandsAreCompleted() {
    List<Candidate> found = new ArrayList<>();
    ChatCommand.complete(null, "/r", 0, found);
    assertThat(found).extracting(Candidate::value).contains("/reply", "/react", "/quit");
  }

  @Test
  void namesAreCompletedAsTheyAreWritten() throws Exception {
    try (Connection other = Connection.to(server.url() + "/v1/ws").name("Bo O'Neil").connect()) {
      Room talk = other.room(room).ready().get(20, TimeUnit.SECONDS);
      Seat ana = sits("Ana", server.url(), "xterm-256color");
      ana.sees(", Bo O'Neil");
      ana.types("it's for @Bo\t");
      await().atMost(PATIENCE).until(() -> said(talk), text -> !text.isEmpty());
      assertThat(said(talk)).isEqualTo("it's for @Bo O'Neil");
      ana.types("/quit");
      assertThat(ana.end().get(20, TimeUnit.SECONDS)).isZero();
    }
  }

  /** The text of the one message that there is. */
  private static String said(Room room) {
    return room.confirmed()
        .path("messages")
        .valueStream()
        .map(message -> message.path("text").asString(""))
        .findFirst()
        .orElse("");
  }

  @Test
  void whatSomebodyLooksAtTheyHaveReadAndAPipeReadsNothing() throws Exception {
    Seat ana = sits("Ana", server.url(), "xterm-256color");
    Seat pipe = sits("Pipe", server.url(), Terminal.TYPE_DUMB);
    ana.sees(", Pipe");
    try (Connection other = Connection.to(server.url() + "/v1/ws").name("Bo").connect()) {
      Room talk = other.room(room).ready().get(20, TimeUnit.SECONDS);
      talk.send("message.post", Map.of("text", "one")).join();
      talk.send("message.post", Map.of("text", "two")).join();
      await().atMost(PATIENCE).until(() -> readBy(talk, "Ana"), read -> read == 2);
      pipe.sees("Bo: two");
      pipe.types("/quit");
      assertThat(pipe.end().get(20, TimeUnit.SECONDS)).isZero();
      assertThat(readBy(talk, "Pipe")).isZero();
    }
    ana.types("/quit");
    assertThat(ana.end().get(20, TimeUnit.SECONDS)).isZero();
  }

  private static long readBy(Room room, String name) {
    return room.confirmed()
        .path("people")
        .valueStream()
        .filter(person -> person.path("name").asString("").equals(name))
        .mapToLong(person -> person.path("read").asLong())
        .findFirst()
        .orElse(0);
  }

  private static ObjectNode on() {
    return JsonNodeFactory.instance.objectNode().put("on", true);
  }

  private static int once(String said, StringWriter errors, String... more) {
    InputStream in = new ByteArrayInputStream(said.getBytes(StandardCharsets.UTF_8));
    List<String> args = new ArrayList<>(List.of("--once", "--name", "pipe"));
    if (!List.of(more).contains("--url")) {
      args.addAll(List.of("--url", server.url()));
    }
    args.addAll(List.of(more));
    return new CommandLine(new ChatCommand(Map.of(), in))
        .setErr(new PrintWriter(errors, true))
        .execute(args.toArray(String[]::new));
  }
}

package dev.tutti.terminal;

import dev.tutti.client.Connection;
import dev.tutti.client.Refusal;
import dev.tutti.client.Room;
import dev.tutti.client.Sent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.reader.Widget;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code tutti chat}: reads lines, says them in a room, and shows what others say. */
@Command(
    name = "chat",
    description = "Chats in a room, from a terminal or a pipe.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "In a pipe each line is a message. With --once all of standard input is one:",
      "  make 2>&1 | tail -n 5 | tutti chat --once --room chat:builds --name make",
      "ends with 0 when the server has it for good, 1 when it was refused or could not",
      "be told in time, 2 when the command is wrong.",
      "A token is read from TUTTI_CHAT_TOKEN or --token-file; without one you are a",
      "guest. NO_COLOR is respected."
    })
public final class ChatCommand implements Callable<Integer> {
  /** What people say has no quotes to close and nothing to escape: it's not a shell's. */
  private static final Parser WORDS =
      new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]);

  private final Map<String, String> environment;
  private final InputStream in;

  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "The server (default: ${DEFAULT-VALUE}).")
  String url = "";

  @Option(
      names = "--room",
      paramLabel = "ROOM",
      defaultValue = "chat:general",
      description = "The room (default: ${DEFAULT-VALUE}).")
  String room = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "What a guest is called (default: your user name).")
  String name = "";

  @Option(names = "--token-file", paramLabel = "FILE", description = "Holds an access token.")
  @Nullable Path tokenFile;

  @Option(names = "--once", description = "Say standard input as one message, and end.")
  boolean once;

  @Option(
      names = "--timeout-seconds",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "How long to try with --once, and for what waits at the end of a pipe (default:"
              + " ${DEFAULT-VALUE}).")
  int timeoutSeconds;

  /** A command with the process's variables and standard input. */
  public ChatCommand(Map<String, String> environment, InputStream in) {
    this.environment = environment;
    this.in = in;
  }

  @Override
  public Integer call() throws IOException {
    if (!room.matches("[a-z][a-z0-9-]{0,31}:[A-Za-z0-9._-]{1,128}")) {
      throw misused("--room is no name of a room, such as chat:general.");
    }
    if (!url.matches("(https?|wss?)://.+")) {
      throw misused("--url is no address, such as http://127.0.0.1:8080.");
    }
    return once ? once() : talk();
  }

  private ParameterException misused(String sentence) {
    if (spec == null) {
      throw new IllegalStateException("not run by picocli");
    }
    return new ParameterException(spec.commandLine(), sentence);
  }

  private Connection.Builder connection() {
    String base = url.replaceFirst("/+$", "");
    Connection.Builder builder =
        Connection.to(base.endsWith("/v1/ws") ? base : base + "/v1/ws")
            .name(name)
            .client("tutti-chat");
    token().ifPresent(builder::token);
    return builder;
  }

  private Optional<String> token() {
    if (tokenFile == null) {
      return Optional.ofNullable(environment.get("TUTTI_CHAT_TOKEN")).filter(it -> !it.isBlank());
    }
    try {
      return Optional.of(Files.readString(tokenFile).strip());
    } catch (IOException e) {
      throw misused("--token-file cannot be read.");
    }
  }

  // In a pipe

  private int once() throws IOException {
    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    if (text.isEmpty()) {
      throw misused("There is nothing to say on standard input.");
    }
    try (Connection connection = connection().connect()) {
      Sent sent =
          connection
              .room(room)
              .send("message.post", JsonNodeFactory.instance.objectNode().put("text", text));
      return isDurable(sent, connection) ? 0 : 1;
    }
  }

  private boolean isDurable(Sent sent, Connection connection) {
    try {
      sent.durable().get(timeoutSeconds, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException | CompletionException e) {
      Throwable why = e.getCause();
      return not(why instanceof Refusal refusal ? String.valueOf(refusal.getMessage()) : why + "");
    } catch (TimeoutException e) {
      connection.close(); // Behind this nothing leaves any more, so what is told stays true.
      return not(
          connection.session().isPresent()
              ? "There was no answer within " + timeoutSeconds + " s; it may have been said."
              : "No server answers at " + url + "; it was not said.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return not("Interrupted.");
    }
  }

  private boolean not(String sentence) {
    if (spec != null) {
      spec.commandLine().getErr().println("tutti: " + Transcript.plain(sentence));
    }
    return false;
  }

  // In a terminal

  private int talk() throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      return talk(terminal);
    }
  }

  /**
   * Until the input ends or somebody has had enough; 0 when everything that was said is durable.
   */
  int talk(Terminal terminal) {
    Chat[] chat = new Chat[1];
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .parser(WORDS)
            .completer((at, line, candidates) ->
                complete(chat[0], line.word(), line.wordIndex(), candidates))
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
    boolean colours =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !terminal.getType().startsWith(Terminal.TYPE_DUMB);
    Screen screen = new Screen(reader, colours);
    try (Connection connection =
            connection()
                .onStatus(status -> {
                  if (chat[0] != null) {
                    chat[0].told(status);
                  }
                })
                .connect();
        screen) {
      Room joined = connection.room(room);
      Chat talking = new Chat(connection, joined, screen);
      chat[0] = talking;
      AutoCloseable _ = joined.listen(talking);
      tellTyping(reader, talking);
      read(reader, talking);
      return waitForAnswers(talking) ? 0 : 1;
    }
  }

  private static void read(LineReader reader, Chat chat) {
    boolean on = true;
    while (on) {
      try {
        on = chat.does(Input.of(reader.readLine("> ")));
      } catch (UserInterruptException e) {
        on = !e.getPartialLine().isEmpty(); // Ctrl-C drops a line, and on an empty one it leaves.
      } catch (EndOfFileException e) {
        on = false;
      }
    }
  }

  private static void tellTyping(LineReader reader, Chat chat) {
    Widget insert = Objects.requireNonNull(reader.getWidgets().get(LineReader.SELF_INSERT));
    reader
        .getWidgets()
        .put(
            LineReader.SELF_INSERT,
            () -> {
              if (!reader.getBuffer().toString().startsWith("/")) {
                chat.typed();
              }
              return insert.apply();
            });
  }

  static void complete(@Nullable Chat chat, String word, int index, List<Candidate> candidates) {
    if (word.startsWith("/") && index == 0) {
      Chat.HELP.forEach(
          (name, what) -> candidates.add(new Candidate(name, name, null, what, null, null, true)));
    } else if (chat != null && word.startsWith("@")) {
      chat.names().forEach(name -> candidates.add(new Candidate("@" + name)));
    }
  }

  /** What was said just before the end is not lost by it. */
  private boolean waitForAnswers(Chat chat) {
    try {
      chat.leave().get(timeoutSeconds, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // It is told below.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    int waiting = chat.waiting();
    return waiting == 0
        || not(
            waiting == 1
                ? "1 message has no answer yet."
                : waiting + " messages have no answer yet.");
  }
}

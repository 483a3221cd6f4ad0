package dev.tutti.session;

import dev.tutti.auth.Admission;
import dev.tutti.auth.Grants;
import dev.tutti.auth.Secret;
import dev.tutti.auth.TokenRules;
import dev.tutti.auth.Tokens;
import dev.tutti.fanout.Format;
import dev.tutti.fanout.Frame;
import dev.tutti.journal.CountedJournal;
import dev.tutti.journal.Journal;
import dev.tutti.protocol.CloseCode;
import dev.tutti.protocol.Codec;
import dev.tutti.protocol.Codecs;
import dev.tutti.protocol.Limits;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.ServerMessage;
import dev.tutti.relay.LocalRelay;
import dev.tutti.room.Home;
import dev.tutti.room.RoomContext;
import dev.tutti.room.RoomSettings;
import dev.tutti.room.Rooms;
import dev.tutti.room.Rulesets;
import dev.tutti.room.SnapshotWriter;
import dev.tutti.rules.board.BoardRules;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An instance on one thread, before a journal that is slower than everything else. */
final class StormInstance {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Codecs CODECS = new Codecs(Limits.DEFAULTS);
  private static final Tokens TOKENS =
      new Tokens(
          Secret.of("0123456789-abcdefghijklmnopqrstuvwxyz"),
          TokenRules.DEFAULTS,
          InstantSource.system());
  private static final String TOKEN =
      TOKENS.mint("ana", "Ana", Grants.everywhere(Role.EDITOR), Duration.ofDays(1));

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Executor loop = tasks::add;
  private final CountedJournal counted;
  private final Sessions sessions;

  StormInstance(Journal behind) {
    counted = new CountedJournal(behind);
    RoomContext context =
        new RoomContext(
            counted.journal(),
            new LocalRelay(),
            new SnapshotWriter(counted.journal(), Runnable::run),
            RoomSettings.DEFAULTS,
            InstantSource.system(),
            new Random(1));
    Rooms rooms =
        new Rooms(Rulesets.of(List.of(new BoardRules())), context, List.of(home(), home()));
    sessions =
        new Sessions(
            new SessionContext(
                rooms,
                new Admission(TOKENS, Optional.empty()),
                Limits.DEFAULTS,
                InstantSource.system(),
                "storm"),
            CODECS,
            (format, payload, id) -> new Payload(payload),
            new Random(2));
  }

  private Home home() {
    return new Home() {
      @Override
      public void execute(Runnable task) {
        tasks.add(task);
      }

      @Override
      public void later(long millis, Runnable task) {
        // Presence, which has its own tests.
      }
    };
  }

  /** A client that holds the room up to {@code after} connects and subscribes. */
  Line comes(RoomName room, String epoch, long after) {
    Line line = new Line();
    Inbound session = sessions.opened(line);
    session.received(bytes("{\"type\":\"hello\",\"token\":\"" + TOKEN + "\"}"));
    session.received(
        bytes(
            "{\"type\":\"subscribe\",\"id\":1,\"room\":\"%s\",\"after\":%d,\"epoch\":\"%s\"}"
                .formatted(room, after, epoch)));
    return line;
  }

  /** All that can happen happens before the journal gives its next answer. */
  void runUntilQuiet() {
    do {
      while (!tasks.isEmpty()) {
        tasks.remove().run();
      }
    } while (counted.answerNext());
  }

  /** What the journal was asked. */
  Map<String, Integer> questions() {
    return counted.questions();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private record Payload(byte[] json) implements Frame {
    @Override
    public void release() {}
  }

  /** A connection whose client remembers the answers to its subscription. */
  final class Line implements Connection {
    private final List<JsonNode> subscribed = new ArrayList<>();

    /** The one {@code subscribed} that it got. */
    JsonNode answer() {
      if (subscribed.size() != 1) {
        throw new AssertionError("subscribed " + subscribed.size() + " times");
      }
      return subscribed.getFirst();
    }

    @Override
    public void write(Frame frame) {
      JsonNode message = JSON.readTree(((Payload) frame).json());
      if (message.get("type").stringValue().equals("subscribed")) {
        subscribed.add(message);
      }
    }

    @Override
    public void write(ServerMessage message) {}

    @Override
    public Executor loop() {
      return loop;
    }

    @Override
    public Codec codec() {
      return CODECS.json();
    }

    @Override
    public Format format() {
      return Format.JSON;
    }

    @Override
    public boolean writable() {
      return true;
    }

    @Override
    public String remoteAddress() {
      return "127.0.0.1";
    }

    @Override
    public void flush() {}

    @Override
    public void reading(boolean on) {}

    @Override
    public void close(CloseCode code, String reason, int retryAfterMillis) {
      throw new AssertionError("closed: " + reason);
    }
  }
}

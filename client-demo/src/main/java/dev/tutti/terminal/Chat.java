package dev.tutti.terminal;

import dev.tutti.client.Connection;
import dev.tutti.client.Member;
import dev.tutti.client.Order;
import dev.tutti.client.Refusal;
import dev.tutti.client.Room;
import dev.tutti.client.RoomListener;
import dev.tutti.client.Sent;
import dev.tutti.client.Status;
import dev.tutti.protocol.Event;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One chat, shown on a {@link Screen}: what is typed goes to the room, what happens in the room to
 * the screen. {@link #does} is for the thread that reads; the rest is called by the connection.
 */
final class Chat implements RoomListener {
  /** Messages that are shown at the beginning, and of the past by one {@code /history}. */
  private static final int PAGE = 20;

  private static final int HISTORY_EVENTS = 200;
  private static final String MARK = "read.mark";
  private static final long TYPING_AGAIN_MILLIS = 2_000;

  static final Map<String, String> HELP = help();

  private final Connection connection;
  private final Room room;
  private final Screen screen;
  private final Transcript transcript = new Transcript(ZoneId.systemDefault());
  private final TypingPeople typing = new TypingPeople();
  private volatile boolean begun;
  private volatile long typedMillis;

  /** Completed when nothing waits for an answer; null until somebody leaves. */
  private volatile @Nullable CompletableFuture<Void> leaving;

  /** The last message that was told to be read; only of the connection's thread. */
  private long read;

  private final Past past = new Past();

  /** How far back {@code /history} has asked; 0 for not beyond the document. */
  private volatile long pastSeq;

  Chat(Connection connection, Room room, Screen screen) {
    this.connection = connection;
    this.room = room;
    this.screen = screen;
  }

  private static Map<String, String> help() {
    Map<String, String> help = new LinkedHashMap<>();
    help.put("/help", "this list");
    help.put("/who", "who is here");
    help.put("/history", "earlier messages; again for those before");
    help.put("/me", "TEXT: say what you do, as *Ana waves*");
    help.put("/reply", "NUMBER TEXT: answer a message");
    help.put("/react", "NUMBER EMOJI: react to a message");
    help.put("/unreact", "NUMBER EMOJI: take it back");
    help.put("/edit", "NUMBER TEXT: change a message of yours");
    help.put("/delete", "NUMBER: delete a message");
    help.put("/topic", "TEXT: say what the room is about");
    help.put("/quit", "leave");
    return help;
  }

  /** Does what was typed; says whether to go on. */
  boolean does(Input input) {
    switch (input) {
      case Input.Nothing() -> {}
      case Input.Say(String text) -> send("message.post", args("text", text));
      case Input.Command command -> {
        if (command.name().equals("quit") || command.name().equals("exit")) {
          return false;
        }
        does(command);
      }
    }
    return true;
  }

  private void does(Input.Command command) {
    switch (command.name()) {
      case "help" ->
          HELP.forEach(
              (name, what) -> screen.print(Transcript.faint("%-9s %s".formatted(name, what))));
      case "who" -> screen.print(Transcript.faint(who()));
      case "history" -> past();
      case "me" -> send("message.post", args("text", "*" + me() + " " + command.rest() + "*"));
      case "topic" -> send("chat.topic", args("topic", command.rest()));
      case "reply" -> about(command, "message.post", "thread", "text");
      case "react" -> about(command, "message.react", "message", "emoji");
      case "unreact" -> about(command, "message.unreact", "message", "emoji");
      case "edit" -> about(command, "message.edit", "message", "text");
      case "delete" -> about(command, "message.delete", "message", "");
      default ->
          screen.print(
              Transcript.faint(
                  "There is no /"
                      + Transcript.plain(command.name())
                      + "; /help lists what there is."));
    }
  }

  /** Does something about a message that was shown under a number. */
  private void about(Input.Command command, String name, String field, String restField) {
    Optional<String> id = command.number().flatMap(transcript::id);
    boolean enough = restField.isEmpty() || !command.behind().isEmpty();
    if (id.isEmpty() || !enough) {
      screen.print(Transcript.faint("/" + command.name() + " " + HELP.get("/" + command.name())));
      return;
    }
    ObjectNode args = args(field, id.get());
    send(name, restField.isEmpty() ? args : args.put(restField, command.behind()));
  }

  Sent send(String name, ObjectNode args) {
    if (typedMillis > 0) { // A word that waits for its turn at the server may come behind this.
      types(false);
    }
    typedMillis = 0;
    return room.send(name, args);
  }

  private static ObjectNode args(String field, String value) {
    return JsonNodeFactory.instance.objectNode().put(field, value);
  }

  /** A key was pressed: the others may know, but not of each. */
  void typed() {
    long now = System.currentTimeMillis();
    if (now - typedMillis > TYPING_AGAIN_MILLIS) {
      typedMillis = now;
      types(true);
    }
  }

  private void types(boolean on) {
    room.signal("typing", JsonNodeFactory.instance.objectNode().put("on", on));
  }

  /** What may stand behind an @. */
  List<String> names() {
    return room.members().values().stream().map(Member::name).distinct().sorted().toList();
  }

  private String me() {
    return connection.name().orElse("I");
  }

  private String user() {
    return connection.user().orElse("");
  }

  private String who() {
    String here = names().stream().map(Transcript::plain).collect(Collectors.joining(", "));
    return room.memberCount() + " here: " + here;
  }

  private String named(String user) {
    JsonNode person = room.confirmed().path("people").path(user);
    return Transcript.plain(person.path("name").asString(user));
  }

  // The past

  private void past() {
    List<AttributedString> lines =
        transcript.before(room.confirmed().path("messages"), transcript.first(), PAGE, user());
    if (lines.isEmpty()) {
      older(JsonNodeFactory.instance.objectNode());
    } else {
      lines.forEach(screen::print);
    }
  }

  /** Reads events back until they have posted a page of messages, or there are no more. */
  private void older(ObjectNode found) {
    long before = pastSeq > 0 ? pastSeq : room.seq() + 1;
    pastSeq = before;
    room.history(Optional.of(before), HISTORY_EVENTS)
        .whenComplete((page, failure) -> {
          if (failure != null) {
            screen.print(Transcript.faint("The past cannot be read at the moment."));
            return;
          }
          if (pastSeq != before) { // The document came anew meanwhile.
            older(JsonNodeFactory.instance.objectNode());
            return;
          }
          past.take(page.events(), transcript.first(), found);
          pastSeq = page.events().isEmpty() ? before : page.events().getFirst().seq();
          if (found.size() < PAGE && page.more()) {
            older(found);
          } else if (found.isEmpty()) {
            screen.print(Transcript.faint("That was the beginning."));
          } else {
            transcript
                .before(found, transcript.first(), HISTORY_EVENTS, user())
                .forEach(screen::print);
          }
        });
  }

  // What happens

  @Override
  public void changed(Cause cause) {
    if (cause == Cause.LOCAL || cause == Cause.REFUSED) {
      return;
    }
    if (cause == Cause.RESET) {
      past.forget();
      pastSeq = 0;
    }
    int limit = begun ? Integer.MAX_VALUE : PAGE; // What comes later was not seen yet: all of it.
    if (!begun) {
      begun = true;
      JsonNode info = room.confirmed().path("chat").path("info");
      String topic = Transcript.plain(info.path("topic").asString(""));
      screen.print(
          Transcript.faint(room.name() + (topic.isEmpty() ? "" : " · " + topic) + " · /help"));
    }
    transcript.fresh(room.confirmed(), limit, user()).forEach(screen::print);
    mark();
  }

  /** What somebody looks at they have read, on their other devices too. */
  private void mark() {
    long count = room.confirmed().path("chat").path("info").path("count").asLong(0);
    if (screen.isWatched() && count > read) {
      read = count;
      var _ = room.send(MARK, JsonNodeFactory.instance.objectNode().put("upto", count));
    }
  }

  @Override
  public void happened(Event event) {
    past.heard(event, transcript::has);
    if (event.name().equals("message.posted")) {
      typing.stops(named(event.by()));
    }
    transcript.note(event, room.confirmed(), named(event.by())).ifPresent(screen::print);
    draw();
  }

  @Override
  public void refused(Order order, Refusal refusal) {
    if (order.name().equals(MARK)) {
      return;
    }
    String said = order.args().path("text").asString("");
    screen.print(
        Transcript.faint("Not sent: " + Transcript.plain(String.valueOf(refusal.getMessage()))));
    if (!said.isEmpty()) {
      screen.print(Transcript.faint("  " + Transcript.plain(said)));
    }
  }

  @Override
  public void members(Map<String, Member> members) {
    draw();
  }

  @Override
  public void signal(String session, String topic, ObjectNode data) {
    Member from = room.members().get(session);
    if (!topic.equals("typing") || from == null || from.user().equals(user())) {
      return;
    }
    String name = Transcript.plain(from.name());
    if (data.path("on").asBoolean(false)) {
      typing.types(name, System.currentTimeMillis());
      CompletableFuture.delayedExecutor(TypingPeople.OVER_MILLIS + 1, TimeUnit.MILLISECONDS)
          .execute(this::draw);
    } else {
      typing.stops(name);
    }
    draw();
  }

  @Override
  public void closed(Refusal refusal) {
    screen.print(Transcript.faint(Transcript.plain(String.valueOf(refusal.getMessage()))));
  }

  /** The connection is another one by now. */
  void told(Status status) {
    draw();
    CompletableFuture<Void> all = leaving;
    if (all != null && (status.waiting() == 0 || status.state() == Status.State.CLOSED)) {
      all.complete(null);
    }
  }

  /** Completes when all that was said has its answer, or when there will be none. */
  CompletableFuture<Void> leave() {
    CompletableFuture<Void> all = new CompletableFuture<>();
    leaving = all;
    told(connection.status());
    return all;
  }

  /** What was said and has no answer. */
  int waiting() {
    return connection.status().waiting();
  }

  private boolean isSaying() {
    return room.pending().stream().anyMatch(order -> !order.name().equals(MARK));
  }

  /** The line at the bottom, as it is now. */
  void draw() {
    Status status = connection.status();
    String state =
        switch (status.state()) {
          case SAVED -> "connected";
          case SAVING -> isSaying() ? "sending" : "connected";
          case CONNECTING -> "connecting";
          case OFFLINE -> status.text() + ", trying again";
          case CLOSED -> "closed" + status.reason().map(why -> ": " + why).orElse("");
        };
    String types = typing.text(System.currentTimeMillis());
    String here = room.memberCount() == 0 ? "" : " · " + who();
    screen.status(state, room.name() + here + (types.isEmpty() ? "" : " · " + types));
  }
}

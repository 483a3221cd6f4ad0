package dev.tutti.terminal;

import dev.tutti.protocol.Event;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes lines of what is in a chat's document and of what happens to it. Remembers which number
 * each message has that was shown, because people type numbers. Safe on any thread.
 */
final class Transcript {
  private static final int COLOURS = 6;
  private static final AttributedStyle FAINT = AttributedStyle.DEFAULT.faint();

  private final Map<Long, String> ids = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private final ZoneId zone;
  private long shown;

  /** Times are told as in {@code zone}. */
  Transcript(ZoneId zone) {
    this.zone = zone;
  }

  /** The messages of a document that were not shown yet, at most so many of the latest. */
  synchronized List<AttributedString> fresh(ObjectNode document, int limit, String me) {
    List<Map.Entry<String, JsonNode>> all = messages(document.path("messages"));
    List<AttributedString> lines =
        all.stream()
            .filter(it -> it.getValue().path("n").asLong() > shown)
            .skip(Math.max(0, countAfter(all, shown) - limit))
            .map(it -> line(it.getKey(), it.getValue(), me))
            .toList();
    if (!all.isEmpty()) {
      shown = Math.max(shown, all.getLast().getValue().path("n").asLong());
    }
    return lines;
  }

  /** Messages before {@code number}, ascending, at most so many. */
  synchronized List<AttributedString> before(JsonNode messages, long number, int limit, String me) {
    List<Map.Entry<String, JsonNode>> earlier =
        messages(messages).stream()
            .filter(it -> it.getValue().path("n").asLong() < number)
            .toList();
    return earlier.stream()
        .skip(Math.max(0, earlier.size() - limit))
        .map(it -> line(it.getKey(), it.getValue(), me))
        .toList();
  }

  /** The first message that was ever shown; {@link Long#MAX_VALUE} for none. */
  synchronized long first() {
    return ids.keySet().stream().min(Comparator.naturalOrder()).orElse(Long.MAX_VALUE);
  }

  /** The id of a message that was shown under a number. */
  synchronized Optional<String> id(long number) {
    return Optional.ofNullable(ids.get(number));
  }

  /** Whether a message was shown. */
  synchronized boolean has(String id) {
    return numbers.containsKey(id);
  }

  /** What an event did to messages that were shown, other than post one. */
  synchronized Optional<AttributedString> note(Event event, ObjectNode document, String who) {
    return event.patch().path("messages").propertyNames().stream()
        .filter(numbers::containsKey)
        .findFirst()
        .flatMap(id -> note(event, id, document.path("messages").path(id), who));
  }

  private Optional<AttributedString> note(Event event, String id, JsonNode now, String who) {
    String message = "#" + numbers.get(id);
    return switch (event.name()) {
      case "message.edited" ->
          Optional.of(
              faint(who + " changed " + message + ": " + plain(now.path("text").asString(""))));
      case "message.deleted" -> Optional.of(faint(who + " deleted " + message));
      case "message.pinned" -> Optional.of(faint(who + " pinned " + message));
      case "message.reacted" -> Optional.of(faint(who + " reacted to " + message + reactions(now)));
      default -> Optional.empty();
    };
  }

  private AttributedString line(String id, JsonNode message, String me) {
    long number = message.path("n").asLong();
    ids.put(number, id);
    numbers.put(id, number);
    AttributedStringBuilder line = new AttributedStringBuilder();
    line.styled(FAINT, time(message.path("at").asString("")) + " #" + number + " ");
    String user = message.path("by").asString("");
    line.styled(colour(user).bold(), plain(message.path("name").asString(user)));
    Long thread = numbers.get(message.path("thread").asString(""));
    line.styled(FAINT, thread == null ? ": " : " to #" + thread + ": ");
    if (message.has("deleted")) {
      return line.styled(FAINT, "(deleted)").toAttributedString();
    }
    boolean mentioned = message.path("mentions").has(me);
    AttributedStyle style = AttributedStyle.DEFAULT;
    line.styled(mentioned ? style.bold() : style, plain(message.path("text").asString("")));
    return line.styled(FAINT, reactions(message)).toAttributedString();
  }

  private static String reactions(JsonNode message) {
    StringBuilder text = new StringBuilder();
    message
        .path("reactions")
        .forEachEntry((emoji, users) ->
            text.append("  ").append(plain(emoji)).append(' ').append(users.size()));
    return text.toString();
  }

  static AttributedString faint(String text) {
    return new AttributedString(text, FAINT);
  }

  private static AttributedStyle colour(String user) {
    return AttributedStyle.DEFAULT.foreground(1 + Math.floorMod(user.hashCode(), COLOURS));
  }

  /**
   * What people typed, without what a terminal would obey, such as escapes and signs that turn the
   * direction; lines go on indented.
   */
  static String plain(String text) {
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          if (c == '\n') {
            plain.append("\n        ");
          } else if (c == '\t') {
            plain.append("  ");
          } else {
            boolean obeyed =
                Character.isISOControl(c)
                    || (c >= 0x202A && c <= 0x202E)
                    || (c >= 0x2066 && c <= 0x2069);
            plain.appendCodePoint(obeyed ? 0xFFFD : c);
          }
        });
    return plain.toString();
  }

  private String time(String at) {
    try {
      return LocalTime.ofInstant(Instant.parse(at), zone)
          .truncatedTo(ChronoUnit.MINUTES)
          .toString();
    } catch (DateTimeException e) {
      return "--:--";
    }
  }

  private static List<Map.Entry<String, JsonNode>> messages(JsonNode messages) {
    return StreamSupport.stream(messages.properties().spliterator(), false)
        .sorted(Comparator.comparingLong(it -> it.getValue().path("n").asLong()))
        .toList();
  }

  private static long countAfter(List<Map.Entry<String, JsonNode>> all, long number) {
    return all.stream().filter(it -> it.getValue().path("n").asLong() > number).count();
  }
}

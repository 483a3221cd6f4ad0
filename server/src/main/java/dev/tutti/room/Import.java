package dev.tutti.room;

import dev.tutti.journal.Entry;
import dev.tutti.journal.Journal.Snapshot;
import dev.tutti.protocol.AccessCommand;
import dev.tutti.protocol.Args;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.InvalidMessage;
import dev.tutti.protocol.Limits;
import dev.tutti.protocol.RoomName;
import dev.tutti.rules.CreationRules;
import dev.tutti.rules.Document;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@link Export} wrote, read as if an enemy had written it: every event is replayed, the
 * document must come of them, and be one that the room's rules could have made. The events keep
 * their numbers, names, times, keys and patches; who they are by is marked, and one more event says
 * who brought them in. Made on a thread that may be busy for a second.
 */
final class Import {
  private static final Pattern EVENT_NAME = Pattern.compile("[a-z][a-z0-9.-]{0,63}");
  private static final Set<String> RESERVED = Set.of("__proto__", "constructor", "prototype");
  private static final int MAX_BY_CHARS = 200;

  /** Beyond it JavaScript does not count one by one. */
  private static final long MAX_SEQ = 1L << 52;

  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  private final Limits limits;
  private final List<Entry> entries = new ArrayList<>();
  private final Set<UUID> keys = new HashSet<>();
  private Document document = Document.empty();

  /** The last event that the document holds. */
  private long seq;

  private Import(Limits limits) {
    this.limits = limits;
  }

  /**
   * What a new room is made of.
   *
   * @param base what it begins with, where the first events are not in the file
   * @param entries behind that, or from 1 on; at least one
   */
  record Imported(Optional<Snapshot> base, List<Entry> entries) {}

  /**
   * What the new room is made of.
   *
   * @throws InvalidMessage {@code invalid}, {@code too_large} or {@code rule}, with a sentence
   */
  static Imported of(
      ObjectNode file, RoomName into, Claim by, Ruleset rules, Limits limits, Instant now) {
    Import read = new Import(limits);
    if (!file.path("format").asString("").equals(Export.FORMAT)
        || whole(file.path("version")) != Export.VERSION) {
      throw invalid(
          "This is not an export of a room, or of a version that is not known.", "format");
    }
    RoomName from = new RoomName(file.path("room").asString(""));
    if (!from.type().equals(into.type())) {
      throw invalid("A " + from.type() + " cannot become a " + into.type() + ".", "room");
    }
    Optional<Snapshot> base = read.base(file.get("base"), rules);
    if (!(file.get("events") instanceof ArrayNode events) || (events.isEmpty() && base.isEmpty())) {
      throw invalid("\"events\" is the list of all events of the room.", "events");
    }
    for (int i = 0; i < events.size(); i++) {
      read.event(events.get(i), i);
    }
    read.compare(file.get("document"));
    Optional<String> objection = rules.objection(read.document);
    if (objection.isPresent()) {
      throw invalid(
          "The document is none that this room could have: " + objection.get(), "document");
    }
    read.mark(from, by, now);
    return new Imported(base, read.entries);
  }

  /** Where a room has let go of its first events, the document that they led to. */
  private Optional<Snapshot> base(@Nullable JsonNode stated, Ruleset rules) {
    if (stated == null) {
      return Optional.empty();
    }
    if (!rules.retention().letsGo()) {
      throw invalid("A room of this type has all of its events.", "base");
    }
    seq = whole(stated.path("seq"));
    if (seq < 1 || seq > MAX_SEQ || !(stated.get("document") instanceof ObjectNode json)) {
      throw invalid("\"base\" is the document after one of the events, and its seq.", "base");
    }
    checkNames(json, "base");
    try {
      document = Document.of(json);
    } catch (IllegalArgumentException e) {
      throw invalid("The document that it begins with is none.", "base");
    }
    checkSize("base");
    return Optional.of(new Snapshot(seq, document.toJson().toString()));
  }

  private void event(JsonNode event, int index) {
    String path = "events[" + index + "]";
    seq++;
    if (whole(event.path("seq")) != seq) {
      throw invalid("Events are numbered 1, 2, 3, … without a gap.", path + ".seq");
    }
    String name = event.path("name").asString("");
    if (!EVENT_NAME.matcher(name).matches()) {
      throw invalid("An event has a name such as ticket.moved.", path + ".name");
    }
    String by = by(event.path("by").asString(""), path);
    Instant at = at(event.path("at").asString(""), path);
    UUID key = key(event.path("key").asString(""), path);
    if (!(event.get("patch") instanceof ObjectNode patch)) {
      throw invalid("An event has a patch.", path + ".patch");
    }
    checkNames(patch, path + ".patch");
    String text = patch.toString();
    EncodedEvent encoded = EncodedEvent.of(seq, name, by, at, key, text);
    if (encoded.json().length > limits.maxPatchBytes()) {
      throw new InvalidMessage(
          Code.TOO_LARGE,
          "Event %d has %s; the limit is %s."
              .formatted(
                  seq, Limits.bytes(encoded.json().length), Limits.bytes(limits.maxPatchBytes())),
          path);
    }
    try {
      document = document.apply(patch);
    } catch (IllegalArgumentException e) {
      throw invalid("A patch makes something else than entities in collections.", path + ".patch");
    }
    entries.add(new Entry(seq, key, 0, name, by, at, text));
  }

  private static String by(String user, String path) {
    try {
      Args.line(user, MAX_BY_CHARS, "by");
    } catch (InvalidMessage e) {
      throw invalid("An event is by a user.", path + ".by");
    }
    return user.startsWith(AccessCommand.IMPORTED) ? user : AccessCommand.IMPORTED + user;
  }

  private static Instant at(String text, String path) {
    try {
      Instant at = Instant.parse(text).truncatedTo(ChronoUnit.MICROS);
      if (!at.isBefore(Instant.EPOCH) && at.isBefore(LATEST)) {
        return at;
      }
    } catch (DateTimeException e) {
      // said below
    }
    throw invalid("An event has a time such as 2026-11-22T15:04:05.123Z.", path + ".at");
  }

  private UUID key(String text, String path) {
    try {
      UUID key = UUID.fromString(text);
      if (key.toString().equalsIgnoreCase(text) && keys.add(key)) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw invalid("An event has a key of its own, a UUID.", path + ".key");
  }

  private static void checkNames(JsonNode node, String path) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (RESERVED.contains(field.getKey())) {
        throw invalid("\"" + field.getKey() + "\" is a reserved word.", path);
      }
      checkNames(field.getValue(), path);
    }
  }

  private void checkSize(String path) {
    long bytes = document.toJson().toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > limits.maxDocumentBytes()) {
      throw new InvalidMessage(
          Code.TOO_LARGE,
          "The document has %s; the limit is %s."
              .formatted(Limits.bytes(bytes), Limits.bytes(limits.maxDocumentBytes())),
          path);
    }
  }

  private void compare(@Nullable JsonNode stated) {
    checkSize("document");
    boolean same;
    try {
      same = stated instanceof ObjectNode json && Document.of(json).equals(document);
    } catch (IllegalArgumentException e) {
      same = false;
    }
    if (!same) {
      throw invalid("The events do not lead to the document.", "document");
    }
  }

  /** Says in the document and in the journal that all before this came from a file, and by whom. */
  private void mark(RoomName from, Claim by, Instant now) {
    UUID key = UUID.randomUUID();
    String patch = CreationRules.imported(from, seq, by.user(), now).patchOn(document).toString();
    entries.add(new Entry(seq + 1, key, 0, "room.imported", by.user(), now, patch));
  }

  /** A whole number that is said as one; 0 for anything else. */
  private static long whole(JsonNode stated) {
    return stated.isIntegralNumber() ? stated.longValue() : 0;
  }

  private static InvalidMessage invalid(String sentence, String path) {
    return new InvalidMessage(Code.INVALID, sentence, path);
  }
}

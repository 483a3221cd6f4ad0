package dev.tutti.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps what waits, and a guest's token, in memory or also in a file: one line for whatever is
 * added, and one for what has its answer. A line is on the disk before the command is sent. A
 * broken last line, of a process that died in it, is passed over. Under the connection's lock.
 */
final class Keeper implements Closeable {
  private static final JsonMapper JSON = new JsonMapper();

  /** Lines without meaning that may gather before the file is written anew. */
  private static final int MAX_IDLE_LINES = 10_000;

  /** Waits for an answer; of a user, or of nobody who was named yet. */
  record Kept(Place place, Order order, @Nullable String user) {}

  private final Map<Place, Kept> waiting = new LinkedHashMap<>();
  private final @Nullable FileChannel file;
  private @Nullable String token;
  private int lines;

  private Keeper(@Nullable FileChannel file) {
    this.file = file;
  }

  static Keeper inMemory() {
    return new Keeper(null);
  }

  /**
   * In a file, which is made where there is none.
   *
   * @throws UncheckedIOException when it cannot be read or written, or another process has it
   */
  static Keeper in(Path path) {
    try {
      FileChannel file =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (!isOurs(file)) {
        file.close();
        throw new IOException(path + " is used by another client.");
      }
      Keeper keeper = new Keeper(file);
      Files.readString(path).lines().forEach(keeper::read);
      keeper.rewrite();
      return keeper;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOurs(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  boolean stores() {
    return file != null;
  }

  Optional<String> token() {
    return Optional.ofNullable(token);
  }

  void token(@Nullable String now) {
    token = now;
    write(line("token").put("token", now), true);
  }

  /** Goes through what waits, in order. */
  void kept(Consumer<Kept> to) {
    waiting.values().forEach(to);
  }

  void added(Place place, Order order, @Nullable String user) {
    if (file != null) {
      Kept kept = new Kept(place, order, user);
      waiting.put(place, kept);
      write(added(kept), true);
    }
  }

  /** What was nobody's so far is this user's. */
  void named(String user) {
    if (waiting.values().stream().anyMatch(it -> it.user() == null)) {
      own(user);
      write(line("named").put("user", user), true);
    }
  }

  private void own(String user) {
    waiting.replaceAll((place, it) -> it.user() == null ? new Kept(place, it.order(), user) : it);
  }

  void settled(Place place) {
    if (file != null && waiting.remove(place) != null) {
      String key = place.key().toString();
      write(line("settled").put("room", place.room()).put("key", key), false);
    }
  }

  private void read(String text) {
    try {
      JsonNode line = JSON.readTree(text);
      switch (line.path("line").asString("")) {
        case "token" -> token = line.path("token").stringValue(null);
        case "named" -> own(line.get("user").stringValue());
        case "settled" -> {
          UUID key = UUID.fromString(line.get("key").stringValue());
          waiting.remove(new Place(line.get("room").stringValue(), key));
        }
        case "added" -> {
          Order order = Order.of(line.get("order"));
          Place place = new Place(line.get("room").stringValue(), order.key());
          waiting.put(place, new Kept(place, order, line.path("user").stringValue(null)));
        }
        default -> {}
      }
    } catch (JacksonException | IllegalArgumentException | NullPointerException broken) {
      // The process died in it, before the command was sent.
    }
  }

  private void rewrite() throws IOException {
    if (file != null) {
      file.truncate(0);
      file.position(0);
      lines = 0;
      if (token != null) {
        append(line("token").put("token", token));
      }
      for (Kept kept : waiting.values()) {
        append(added(kept));
      }
      file.force(false);
    }
  }

  private void write(ObjectNode line, boolean durably) {
    if (file == null) {
      return;
    }
    try {
      append(line);
      if (lines > waiting.size() + MAX_IDLE_LINES) {
        rewrite();
      } else if (durably) {
        file.force(false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void append(ObjectNode line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (file != null && bytes.hasRemaining()) {
      file.write(bytes);
    }
    lines++;
  }

  private static ObjectNode added(Kept kept) {
    ObjectNode line = line("added").put("room", kept.place().room());
    if (kept.user() != null) {
      line.put("user", kept.user());
    }
    return line.set("order", kept.order().toJson());
  }

  private static ObjectNode line(String kind) {
    return JsonNodeFactory.instance.objectNode().put("line", kind);
  }

  @Override
  public void close() {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

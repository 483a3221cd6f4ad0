package dev.tutti.rules.chat;

import dev.tutti.rules.Actor;
import dev.tutti.rules.Fields;
import dev.tutti.rules.Moment;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Somebody whom the room knows: {@code {name, read, posted?}}, where {@code read} is the number of
 * the last message read, and {@code posted} is when slow mode last let something through.
 */
record Person(String user, ObjectNode entity) {
  static final String COLLECTION = "people";

  private static final String NAME = "name";
  private static final String READ = "read";
  private static final String POSTED = "posted";

  static Person of(Actor actor, Optional<ObjectNode> known) {
    ObjectNode entity = known.orElseGet(() -> Fields.none().put(READ, 0L));
    return new Person(actor.user(), Fields.with(entity, NAME, actor.name()));
  }

  static String name(ObjectNode entity) {
    return Fields.string(entity, NAME);
  }

  static long read(ObjectNode entity) {
    return entity.path(READ).asLong();
  }

  Optional<Instant> posted() {
    return Fields.optional(entity, POSTED).map(Instant::parse);
  }

  /** Has read so far; never goes back. */
  Person hasRead(long upto) {
    ObjectNode copy = Fields.copy(entity);
    return new Person(user, copy.put(READ, Math.max(upto, read(entity))));
  }

  Person hasPosted(Moment now) {
    return new Person(user, Fields.with(entity, POSTED, Room.time(now)));
  }
}

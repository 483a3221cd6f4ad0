package dev.tutti.rules.chat;

import dev.tutti.rules.Change;
import dev.tutti.rules.Document;
import dev.tutti.rules.Fields;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;

/**
 * What there is one of in a chat: {@code {title?, topic?, slow?, count}}, the entity {@code
 * chat.info}. {@code count} is the number of the last message, {@code slow} is in seconds.
 */
record Info(ObjectNode entity) {
  private static final String COLLECTION = "chat";
  private static final String ID = "info";
  private static final String TITLE = "title";
  private static final String TOPIC = "topic";
  private static final String SLOW = "slow";
  private static final String COUNT = "count";

  static Info of(Document document) {
    return new Info(document.entity(COLLECTION, ID).orElseGet(Fields::none));
  }

  Optional<String> title() {
    return Fields.optional(entity, TITLE);
  }

  long count() {
    return entity.path(COUNT).asLong();
  }

  /** The seconds that everyone but owners waits between two messages of theirs. */
  OptionalInt slow() {
    return entity.has(SLOW) ? OptionalInt.of(entity.path(SLOW).asInt()) : OptionalInt.empty();
  }

  Info titled(String title) {
    return new Info(Fields.with(entity, TITLE, title));
  }

  Info about(Optional<String> topic) {
    return new Info(
        topic
            .map(text -> Fields.with(entity, TOPIC, text))
            .orElseGet(() -> Fields.without(entity, TOPIC)));
  }

  Info slowed(Optional<Integer> seconds) {
    ObjectNode changed = Fields.without(entity, SLOW);
    seconds.ifPresent(every -> changed.put(SLOW, every));
    return new Info(changed);
  }

  Info counted(long count) {
    return new Info(Fields.copy(entity).put(COUNT, count));
  }

  Change in(Change change) {
    return change.put(COLLECTION, ID, entity);
  }
}

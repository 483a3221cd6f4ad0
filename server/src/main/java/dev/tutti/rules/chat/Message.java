package dev.tutti.rules.chat;

import dev.tutti.rules.Actor;
import dev.tutti.rules.Fields;
import dev.tutti.rules.Moment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message: {@code {n, text, by, name, at, thread?, replies?, mentions?, reactions?, edited?,
 * pinned?}}, or the tombstone of one: {@code {n, by, name, at, thread?, replies?, deleted}}.
 *
 * @param id its own, chosen by the client or made from the command's key
 */
record Message(String id, ObjectNode entity) {
  static final String COLLECTION = "messages";

  private static final String NUMBER = "n";
  private static final String TEXT = "text";
  private static final String BY = "by";
  private static final String AT = "at";
  private static final String THREAD = "thread";
  private static final String REPLIES = "replies";
  private static final String MENTIONS = "mentions";
  private static final String REACTIONS = "reactions";
  private static final String PINNED = "pinned";
  private static final String DELETED = "deleted";

  static Message posted(String id, long number, String text, Actor actor, Moment now) {
    ObjectNode entity = Fields.none().put(NUMBER, number).put(TEXT, text);
    entity.put(BY, actor.user()).put("name", actor.name()).put(AT, Room.time(now));
    return new Message(id, entity);
  }

  /** Which message of the room it is, from 1 on; no number is skipped. */
  long number() {
    return number(entity);
  }

  static long number(ObjectNode entity) {
    return entity.path(NUMBER).asLong();
  }

  static boolean isPinned(ObjectNode entity) {
    return entity.has(PINNED);
  }

  String by() {
    return Fields.string(entity, BY);
  }

  String text() {
    return Fields.string(entity, TEXT);
  }

  Instant at() {
    return Instant.parse(Fields.string(entity, AT));
  }

  /** The message whose thread this is in, if it answers one. */
  Optional<String> thread() {
    return Fields.optional(entity, THREAD);
  }

  boolean deleted() {
    return entity.has(DELETED);
  }

  boolean pinned() {
    return isPinned(entity);
  }

  Message answering(String thread) {
    return with(Fields.with(entity, THREAD, thread));
  }

  /** With one more answer in its thread. */
  Message answered() {
    ObjectNode copy = Fields.copy(entity);
    return with(copy.put(REPLIES, entity.path(REPLIES).asInt() + 1));
  }

  Message mentioning(Map<String, String> users) {
    if (users.isEmpty()) {
      return with(Fields.without(entity, MENTIONS));
    }
    ObjectNode mentions = Fields.none();
    users.forEach(mentions::put);
    return with(Fields.with(entity, MENTIONS, mentions));
  }

  Message edited(String text, Moment now) {
    return with(Fields.with(entity, TEXT, text).put("edited", Room.time(now)));
  }

  Message pinned(Actor actor, Moment now) {
    return with(Fields.with(entity, PINNED, mark(actor, now)));
  }

  Message unpinned() {
    return with(Fields.without(entity, PINNED));
  }

  /** What is left of it. */
  Message deleted(Actor actor, Moment now) {
    ObjectNode tombstone = Fields.copy(entity);
    tombstone.remove(List.of(TEXT, MENTIONS, REACTIONS, "edited", PINNED));
    return with(Fields.with(tombstone, DELETED, mark(actor, now)));
  }

  /** Who has reacted with an emoji, and what they were called: user to name. */
  ObjectNode reactions(String emoji) {
    return Fields.object(Fields.object(entity, REACTIONS), emoji);
  }

  /** The emoji that it has, each to whoever it is from. */
  ObjectNode reactions() {
    return Fields.object(entity, REACTIONS);
  }

  Message reacted(String emoji, Actor actor) {
    ObjectNode users = Fields.with(reactions(emoji), actor.user(), actor.name());
    return with(Fields.withMember(entity, REACTIONS, emoji, users));
  }

  Message unreacted(String emoji, Actor actor) {
    ObjectNode users = Fields.without(reactions(emoji), actor.user());
    return with(
        users.isEmpty()
            ? Fields.withoutMember(entity, REACTIONS, emoji)
            : Fields.withMember(entity, REACTIONS, emoji, users));
  }

  static ObjectNode mark(Actor actor, Moment now) {
    return Fields.none().put(BY, actor.user()).put(AT, Room.time(now));
  }

  private Message with(ObjectNode changed) {
    return new Message(id, changed);
  }
}

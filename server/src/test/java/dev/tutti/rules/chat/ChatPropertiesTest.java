package dev.tutti.rules.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.MergePatch;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.chat.ChatLimits;
import dev.tutti.rules.Actor;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Three people in one room, always in each other's way, beside a plain model of what they did. */
class ChatPropertiesTest {
  private static final int COMMANDS = 700;
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final List<String> EMOJI = List.of("👍", "🎉", "❤️");
  private static final List<String> COMMANDS_OF_MESSAGES =
      List.of("edit", "delete", "react", "react", "unreact", "pin", "unpin");
  private static final List<Actor> ACTORS =
      List.of(
          new Actor("ana", "Ana", Role.OWNER),
          new Actor("bo", "Bo", Role.EDITOR),
          new Actor("cy", "Cy", Role.EDITOR));

  /** What somebody said, as one would write it down on paper. */
  private static final class Said {
    private final String id;
    private final String by;
    private final Map<String, Set<String>> reactions = new HashMap<>();
    private boolean deleted;
    private boolean pinned;

    Said(String id, String by) {
      this.id = id;
      this.by = by;
    }
  }

  /** One run. */
  private static final class Talk {
    private final ChatRules rules = new ChatRules();
    private final Random random;
    private final List<Said> said = new ArrayList<>();
    private final Map<String, Integer> read = new HashMap<>();
    private Document document = Document.empty();
    private int keys;

    Talk(long seed) {
      random = new Random(seed);
    }

    void step() {
      Actor actor = ACTORS.get(random.nextInt(ACTORS.size()));
      int kind = random.nextInt(10);
      if (kind < 6) {
        String id = "m" + said.size();
        if (does(actor, "message.post", args().put("message", id).put("text", "Text"))) {
          said.add(new Said(id, actor.user()));
          read.put(actor.user(), said.size());
        }
      } else if (kind < 7) {
        int upto = random.nextInt(said.size() + 2);
        does(actor, "read.mark", args().put("upto", upto));
        read.merge(actor.user(), Math.min(upto, said.size()), Math::max);
      } else if (!said.isEmpty()) {
        Said on = said.get(Math.max(0, said.size() - 1 - random.nextInt(320)));
        touch(actor, on);
      }
    }

    private void touch(Actor actor, Said on) {
      String what = COMMANDS_OF_MESSAGES.get(random.nextInt(COMMANDS_OF_MESSAGES.size()));
      String emoji = EMOJI.get(random.nextInt(EMOJI.size()));
      boolean there = document.entity("messages", on.id).isPresent();
      ObjectNode args = args().put("message", on.id).put("emoji", emoji).put("text", "Other");
      boolean accepted = does(actor, "message." + what, args);
      if (!accepted || !there) {
        return;
      }
      switch (what) {
        case "delete" -> {
          assertThat(actor.user().equals(on.by) || actor.role() == Role.OWNER).isTrue();
          on.deleted = true;
          on.pinned = false;
          on.reactions.clear();
        }
        case "react" -> on.reactions.computeIfAbsent(emoji, e -> new HashSet<>()).add(actor.user());
        case "unreact" -> on.reactions.getOrDefault(emoji, new HashSet<>()).remove(actor.user());
        case "pin" -> on.pinned = true;
        case "unpin" -> on.pinned = false;
        default -> assertThat(actor.user()).isEqualTo(on.by);
      }
    }

    private boolean does(Actor actor, String name, ObjectNode args) {
      Moment now = new Moment(NOON.plusSeconds(++keys), new UUID(1, keys));
      return switch (rules.decide(document, rules.parse(name, args), actor, now)) {
        case Decision.Accepted(String event, var change) -> {
          ObjectNode patch = change.patchOn(document);
          Document after = document.apply(patch);
          assertThat(after.toJson()).isEqualTo(MergePatch.apply(document.toJson(), patch));
          document = after;
          yield true;
        }
        case Decision.Refused(Code code, String sentence, var _) -> {
          assertThat(code).isIn(Code.RULE, Code.NOT_FOUND, Code.FORBIDDEN);
          assertThat(sentence).endsWith(".");
          yield false;
        }
      };
    }

    void check() {
      assertThat(document.view(Timeline.VIEW))
          .isEqualTo(Document.of(document.toJson()).view(Timeline.VIEW));
      assertThat(document.view(People.VIEW))
          .isEqualTo(Document.of(document.toJson()).view(People.VIEW));
      long free = 0;
      for (int n = said.size(); n > 0; n--) {
        Said message = said.get(n - 1);
        boolean kept = free < ChatLimits.MAX_KEPT || message.pinned;
        if (kept) {
          checkMessage(message, n);
        }
        free += message.pinned ? 0 : 1;
      }
      for (Actor actor : ACTORS) {
        checkUnread(actor.user());
      }
    }

    private void checkMessage(Said message, int n) {
      var found = document.entity("messages", message.id);
      // One that was unpinned may be gone: it had not been among the last ones any more.
      if (found.isEmpty()) {
        return;
      }
      ObjectNode entity = found.get();
      assertThat(entity.path("n").asInt()).isEqualTo(n);
      assertThat(entity.has("deleted")).isEqualTo(message.deleted);
      assertThat(entity.has("text")).isEqualTo(!message.deleted);
      assertThat(entity.has("pinned")).isEqualTo(message.pinned);
      message.reactions.values().removeIf(Set::isEmpty);
      assertThat(Set.copyOf(entity.path("reactions").propertyNames()))
          .isEqualTo(message.reactions.keySet());
      message.reactions.forEach((emoji, users) ->
          assertThat(Set.copyOf(entity.path("reactions").path(emoji).propertyNames()))
              .isEqualTo(users));
    }

    /** What a client counts in the document is what there is to read of the messages kept. */
    private void checkUnread(String user) {
      JsonNode json = document.toJson();
      long position = json.path("people").path(user).path("read").asLong();
      assertThat(position).isEqualTo((long) read.getOrDefault(user, 0));
      long counted =
          json.path("messages")
              .valueStream()
              .filter(m -> m.path("n").asLong() > position && !m.has("deleted"))
              .filter(m -> !m.path("by").asString().equals(user))
              .count();
      long unread = 0;
      for (int n = said.size(); n > position; n--) {
        Said message = said.get(n - 1);
        boolean there = document.entity("messages", message.id).isPresent();
        unread += there && !message.deleted && !message.by.equals(user) ? 1 : 0;
      }
      assertThat(counted).isEqualTo(unread);
    }

    private static ObjectNode args() {
      return JsonNodeFactory.instance.objectNode();
    }
  }

  @Property(tries = 8)
  void anyInterleavingLeavesWhatPeopleDid(@ForAll long seed) {
    Talk talk = new Talk(seed);
    for (int i = 0; i < COMMANDS; i++) {
      talk.step();
      if (i % 20 == 0) {
        talk.check();
      }
    }
    talk.check();
    assertThat(talk.rules.objection(talk.document)).isEmpty();
    assertThat(talk.said.size()).isGreaterThan(ChatLimits.MAX_KEPT);
    long last = talk.said.size();
    for (long n = last; n > last - ChatLimits.MAX_KEPT; n--) {
      assertThat(talk.document.entity("messages", "m" + (n - 1))).as("message %d", n).isPresent();
    }
  }
}

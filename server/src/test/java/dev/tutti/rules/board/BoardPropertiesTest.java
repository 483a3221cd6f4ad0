package dev.tutti.rules.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.InvalidMessage;
import dev.tutti.protocol.MergePatch;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.board.BoardCommand;
import dev.tutti.rules.Actor;
import dev.tutti.rules.ChangeRules;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import dev.tutti.rules.Reversal;
import dev.tutti.rules.RoomRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Random commands by three people on a small board, where they are always in each other's way. */
class BoardPropertiesTest {
  private static final int COMMANDS = 250;
  private static final List<String> NAMES = BoardCommand.BINDING.names().stream().sorted().toList();
  private static final List<Actor> ACTORS =
      List.of(BoardStory.ANA, BoardStory.BO, new Actor("cy", "Cy", Role.EDITOR));

  private final BoardRules rules = new BoardRules();
  private final Map<Reversal, Document> befores = new HashMap<>();
  private final Map<Reversal, Document> afters = new HashMap<>();

  @Test
  void theRulesOfABoardAreFound() {
    assertThat(ServiceLoader.load(RoomRules.class).stream().map(ServiceLoader.Provider::type))
        .contains(BoardRules.class);
  }

  @Property(tries = 30)
  void anyInterleavingLeavesEveryTicketInOnePlaceAndEveryRankInOrder(@ForAll long seed) {
    Random random = new Random(seed);
    Document document = BoardStory.withThreeTickets().document();
    List<Reversal> past = new ArrayList<>();
    int accepted = 0;
    int undone = 0;
    for (int i = 0; i < COMMANDS; i++) {
      String name = NAMES.get(random.nextInt(NAMES.size()));
      if (random.nextInt(3) == 0) {
        name = "ticket.move";
      } else if (random.nextInt(6) == 0) {
        name = "ticket.add";
      } else if (name.endsWith("delete") && random.nextInt(3) > 0) {
        continue;
      }
      ObjectNode args = args(random);
      Actor actor = ACTORS.get(random.nextInt(ACTORS.size()));
      Moment now = new Moment(BoardStory.NOON, new UUID(seed, i));
      Reversal back =
          past.isEmpty() || random.nextInt(6) > 0
              ? null
              : past.get(Math.max(0, past.size() - 1 - random.nextInt(8)));
      Decision decision;
      if (back != null) {
        name = "change.undo";
        decision = undo(document, back, now);
        assertThat(decision instanceof Decision.Refused(Code code, _, _) && code == Code.STALE)
            .isEqualTo(isStale(back, document));
      } else {
        try {
          decision = rules.decide(document, rules.parse(name, args), actor, now);
        } catch (InvalidMessage e) {
          continue;
        }
        assertThat(rules.decide(document, rules.parse(name, args), actor, now).getClass())
            .isEqualTo(decision.getClass());
      }
      switch (decision) {
        case Decision.Accepted(String event, var change) -> {
          ObjectNode patch = change.patchOn(document);
          Document after = document.apply(patch);
          assertThat(after.toJson()).isEqualTo(MergePatch.apply(document.toJson(), patch));
          assertThat(event).matches("[a-z]+(\\.[a-z]+)+");
          assertSound(after, name, document);
          Reversal way = reversal(event, i, document, patch);
          assertThat(way.before(after)).isEqualTo(document);
          if (back == null) {
            assertUndoAndRedo(document, way, after, now);
          } else {
            undone++;
          }
          befores.put(way, document);
          afters.put(way, after);
          past.add(way);
          assertThat(after.view(TicketOrder.VIEW))
              .isEqualTo(Document.of(after.toJson()).view(TicketOrder.VIEW));
          document = after;
          accepted++;
        }
        case Decision.Refused(Code code, String sentence, var _) -> {
          assertThat(code).isIn(Code.RULE, Code.NOT_FOUND, Code.FORBIDDEN, Code.STALE);
          assertThat(sentence).endsWith(".");
        }
      }
    }
    assertThat(accepted).isPositive();
    assertThat(undone).isPositive();
  }

  private Decision undo(Document document, Reversal back, Moment now) {
    return ChangeRules.undo(document, back, BoardStory.ANA, Role.OWNER, now, rules);
  }

  private static Reversal reversal(String name, long seq, Document before, ObjectNode patch) {
    UUID key = new UUID(5, seq);
    return Reversal.of(
        EncodedEvent.of(seq + 1, name, "ana", BoardStory.NOON, key, patch.toString()),
        before,
        patch);
  }

  /**
   * Taken back at once, the document is the one before to the letter; redone, the one behind. But
   * for a column that holds more than its limit: it takes nothing back either.
   */
  private void assertUndoAndRedo(Document before, Reversal way, Document after, Moment now) {
    if (undo(after, way, now) instanceof Decision.Refused refused) {
      assertThat(refused.code()).isEqualTo(Code.RULE);
      assertThat(refused.sentence()).containsAnyOf(" is full: it holds ", " has no room for ");
      return;
    }
    ObjectNode back = patch(undo(after, way, now), after);
    Document undone = after.apply(back);
    assertThat(undone).isEqualTo(before);
    Reversal again = reversal(ChangeRules.UNDONE, 0, after, back);
    assertThat(undone.apply(patch(undo(undone, again, now), undone))).isEqualTo(after);
  }

  private static ObjectNode patch(Decision decision, Document on) {
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    return ((Decision.Accepted) decision).change().patchOn(on);
  }

  /** By comparing whole documents: is anything that the event changed not as it left it? */
  private boolean isStale(Reversal back, Document now) {
    return isStale(befores.get(back).toJson(), afters.get(back).toJson(), now.toJson(), 0);
  }

  private static boolean isStale(JsonNode before, JsonNode after, JsonNode now, int depth) {
    if (depth < 2 || (before.isObject() && after.isObject())) {
      Set<String> fields = new HashSet<>(before.propertyNames());
      fields.addAll(after.propertyNames());
      return fields.stream()
          .filter(f -> !before.path(f).equals(after.path(f)))
          .anyMatch(f ->
              now.isObject() || depth < 2
                  ? isStale(before.path(f), after.path(f), now.path(f), depth + 1)
                  : true);
    }
    return !after.equals(now);
  }

  private static void assertSound(Document document, String command, Document before) {
    assertNoNull(document.toJson());
    Map<String, Set<String>> ranks = new HashMap<>();
    Map<String, Integer> live = new HashMap<>();
    document
        .collection("tickets")
        .forEach((id, ticket) -> {
          assertThat(ticket.path("title").asString("")).isNotBlank();
          if (!ticket.has("archived")) {
            String column = ticket.path("column").stringValue();
            assertThat(document.entity("columns", column)).as("column of %s", id).isPresent();
            String rank = ticket.path("rank").stringValue();
            assertThat(rank).matches("[0-9A-Za-z]*[1-9A-Za-z]");
            assertThat(ranks.computeIfAbsent(column, c -> new HashSet<>()).add(rank)).isTrue();
            live.merge(column, 1, Integer::sum);
          }
        });
    assertThat(document.collection("columns").values().stream().map(c -> c.path("rank")).toList())
        .doesNotHaveDuplicates();
    document
        .collection("comments")
        .forEach((id, comment) ->
            assertThat(document.entity("tickets", comment.path("ticket").stringValue()))
                .isPresent());
    document
        .collection("columns")
        .forEach((id, column) -> {
          int limit = column.path("limit").asInt(Integer.MAX_VALUE);
          int now = live.getOrDefault(id, 0);
          assertThat(now <= limit || now <= count(before, id))
              .as("%s into %s", command, id)
              .isTrue();
        });
  }

  private static long count(Document document, String column) {
    return document.collection("tickets").values().stream()
        .filter(ticket -> new Ticket("", ticket).isIn(column))
        .count();
  }

  private static void assertNoNull(JsonNode node) {
    assertThat(node.isNull()).isFalse();
    node.forEach(BoardPropertiesTest::assertNoNull);
  }

  private static ObjectNode args(Random random) {
    ObjectNode args = JsonNodeFactory.instance.objectNode();
    args.put("ticket", "t" + random.nextInt(12));
    args.put("column", List.of("todo", "doing", "done", "c4").get(random.nextInt(4)));
    args.put("title", "Title " + random.nextInt(3)).put("text", "Text " + random.nextInt(3));
    args.put("item", "i" + random.nextInt(3)).put("comment", "m" + random.nextInt(4));
    args.put("user", "u" + random.nextInt(3)).put("label", "l" + random.nextInt(3));
    args.put("done", random.nextBoolean());
    switch (random.nextInt(4)) {
      case 0 -> args.put("first", true);
      case 1 -> args.put("after", (random.nextInt(8) == 0 ? "doing" : "t" + random.nextInt(12)));
      default -> {}
    }
    if (random.nextBoolean()) {
      args.put("limit", 1 + random.nextInt(4)).put("to", "doing").put("description", "");
    }
    return args;
  }
}

package dev.tutti.rules.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.InvalidMessage;
import dev.tutti.protocol.MergePatch;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.board.BoardCommand;
import dev.tutti.rules.Actor;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import dev.tutti.rules.RoomRules;
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

  @Test
  void theRulesOfABoardAreFound() {
    assertThat(ServiceLoader.load(RoomRules.class).stream().map(ServiceLoader.Provider::type))
        .contains(BoardRules.class);
  }

  @Property(tries = 60)
  void anyInterleavingLeavesEveryTicketInOnePlaceAndEveryRankInOrder(@ForAll long seed) {
    Random random = new Random(seed);
    Document document = BoardStory.withThreeTickets().document();
    int accepted = 0;
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
      Decision decision;
      try {
        decision = rules.decide(document, rules.parse(name, args), actor, now);
      } catch (InvalidMessage e) {
        continue;
      }
      assertThat(rules.decide(document, rules.parse(name, args), actor, now).getClass())
          .isEqualTo(decision.getClass());
      switch (decision) {
        case Decision.Accepted(String event, var change) -> {
          ObjectNode patch = change.patchOn(document);
          Document after = document.apply(patch);
          assertThat(after.toJson()).isEqualTo(MergePatch.apply(document.toJson(), patch));
          assertThat(event).matches("[a-z]+(\\.[a-z]+)+");
          assertSound(after, name, document);
          assertThat(after.view(TicketOrder.VIEW))
              .isEqualTo(Document.of(after.toJson()).view(TicketOrder.VIEW));
          document = after;
          accepted++;
        }
        case Decision.Refused(Code code, String sentence, var _) -> {
          assertThat(code).isIn(Code.RULE, Code.NOT_FOUND, Code.FORBIDDEN);
          assertThat(sentence).endsWith(".");
        }
      }
    }
    assertThat(accepted).isPositive();
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

package dev.tutti.rules.board;

import static dev.tutti.rules.board.BoardStory.ANA;
import static dev.tutti.rules.board.BoardStory.BO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.board.BoardLimits;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CheckAndCommentRulesTest {
  private final BoardStory board = BoardStory.withThreeTickets();

  @Test
  void itemsAreAddedTickedEditedAndRemoved() {
    board.does("ticket.check.add", "{'ticket':'t1','item':'i1','text':'One'}");
    board.does("ticket.check.add", "{'ticket':'t1','item':'i2','text':'Two'}");
    board.does("ticket.check.set", "{'ticket':'t1','item':'i2','done':true}");
    assertThat(board.patch().toString())
        .isEqualTo("{\"tickets\":{\"t1\":{\"checklist\":{\"i2\":{\"done\":true}}}}}");
    board.does("ticket.check.edit", "{'ticket':'t1','item':'i1','text':'First'}");
    String one = board.at("tickets", "t1", "checklist", "i1", "rank").stringValue();
    String two = board.at("tickets", "t1", "checklist", "i2", "rank").stringValue();
    assertThat(one).isLessThan(two);
    assertThat(board.at("tickets", "t1", "checklist", "i1", "text").stringValue())
        .isEqualTo("First");
    board.does("ticket.check.remove", "{'ticket':'t1','item':'i1'}");
    board.does("ticket.check.remove", "{'ticket':'t1','item':'i2'}");
    assertThat(board.at("tickets", "t1").has("checklist")).isFalse();
  }

  @Test
  void anItemIsPutElsewhereInItsChecklist() {
    for (String item : List.of("i1", "i2", "i3")) {
      board.does("ticket.check.add", "{'ticket':'t1','item':'" + item + "','text':'x'}");
    }
    board.does("ticket.check.move", "{'ticket':'t1','item':'i3','first':true}");
    assertThat(items()).containsExactly("i3", "i1", "i2");
    board.does("ticket.check.move", "{'ticket':'t1','item':'i3','after':'i1'}");
    assertThat(items()).containsExactly("i1", "i3", "i2");
    assertThat(board.patch().toString())
        .matches("\\{\"tickets\":\\{\"t1\":\\{\"checklist\":\\{\"i3\":\\{\"rank\":\"\\w+\"}}}}}");
    board.does("ticket.check.move", "{'ticket':'t1','item':'i1','after':'gone'}");
    assertThat(items()).containsExactly("i3", "i2", "i1");
    board.does("ticket.check.move", "{'ticket':'t1','item':'i1'}");
    assertThat(board.patch().isEmpty()).isTrue();
  }

  @Test
  void manyMovesToOnePlaceKeepTheOrderAndTheRanksShort() {
    for (String item : List.of("i1", "i2", "i3", "i4")) {
      board.does("ticket.check.add", "{'ticket':'t1','item':'" + item + "','text':'x'}");
    }
    for (int i = 0; i < 150; i++) {
      String item = i % 2 == 0 ? "i3" : "i2";
      board.does("ticket.check.move", "{'ticket':'t1','item':'" + item + "','after':'i1'}");
      assertThat(items().subList(0, 2)).containsExactly("i1", item);
    }
    assertThat(board.at("tickets", "t1", "checklist", "i2", "rank").stringValue())
        .hasSizeLessThanOrEqualTo(24);
  }

  private List<String> items() {
    JsonNode items = board.at("tickets", "t1", "checklist");
    return items.propertyNames().stream()
        .sorted(Comparator.comparing(item -> items.get(item).get("rank").stringValue()))
        .toList();
  }

  @Test
  void anItemThatIsNotThereIsNotFound() {
    String sentence = "There is no checklist item \"i9\".";
    board.isRefused(Code.NOT_FOUND, sentence, "ticket.check.remove", "{'ticket':'t1','item':'i9'}");
    board.isRefused(
        Code.NOT_FOUND, sentence, "ticket.check.set", "{'ticket':'t1','item':'i9','done':true}");
    board.isRefused(Code.NOT_FOUND, sentence, "ticket.check.move", "{'ticket':'t1','item':'i9'}");
  }

  @Test
  void aChecklistHasOnlySoManyItems() {
    for (int i = 0; i < BoardLimits.MAX_CHECKLIST_ITEMS; i++) {
      board.does("ticket.check.add", "{'ticket':'t1','text':'x'}");
    }
    board.isRefused(
        Code.RULE,
        "A checklist has at most 100 items.",
        "ticket.check.add",
        "{'ticket':'t1','text':'x'}");
  }

  @Test
  void aCommentRemembersWhoSaidItWhen() {
    board.does(BO, "comment.add", "{'ticket':'t1','comment':'m1','text':'Hello'}");
    assertThat(board.at("comments", "m1").toString())
        .isEqualTo(
            "{\"ticket\":\"t1\",\"text\":\"Hello\",\"by\":\"bo\",\"name\":\"Bo\","
                + "\"at\":\"2026-11-22T12:00:00.123Z\"}");
  }

  @Test
  void onlyTheAuthorEditsAComment() {
    board.does(BO, "comment.add", "{'ticket':'t1','comment':'m1','text':'Hello'}");
    board.does(BO, "comment.edit", "{'comment':'m1','text':'Hello'}");
    assertThat(board.patch()).isEmpty();
    board.does(BO, "comment.edit", "{'comment':'m1','text':'Bye'}");
    assertThat(board.at("comments", "m1").has("edited")).isTrue();
    board.isRefused(
        ANA,
        Code.FORBIDDEN,
        "Only who wrote a comment may edit it.",
        "comment.edit",
        "{'comment':'m1','text':'No'}");
  }

  @Test
  void theAuthorOrAnOwnerDeletesAComment() {
    board.does(BO, "comment.add", "{'ticket':'t1','comment':'m1','text':'Hello'}");
    board.does(ANA, "comment.add", "{'ticket':'t1','comment':'m2','text':'Hello'}");
    board.isRefused(
        BO,
        Code.FORBIDDEN,
        "Only who wrote a comment, or an owner of the board, may delete it.",
        "comment.delete",
        "{'comment':'m2'}");
    board.does(ANA, "comment.delete", "{'comment':'m1'}");
    board.does(ANA, "comment.delete", "{'comment':'m2'}");
    assertThat(board.at("comments")).isEmpty();
    board.isRefused(
        Code.NOT_FOUND, "There is no comment \"m2\".", "comment.delete", "{'comment':'m2'}");
  }

  @Test
  void aTicketHasOnlySoManyComments() {
    for (int i = 0; i < BoardLimits.MAX_COMMENTS_OF_TICKET; i++) {
      board.does("comment.add", "{'ticket':'t1','text':'x'}");
    }
    board.isRefused(
        Code.RULE,
        "A ticket has at most 500 comments.",
        "comment.add",
        "{'ticket':'t1','text':'x'}");
    board.does("comment.add", "{'ticket':'t2','text':'x'}");
  }
}

package dev.tutti.rules.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.board.BoardLimits;
import dev.tutti.rules.Document;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class TicketRulesTest {
  private final BoardStory board = BoardStory.withThreeTickets();

  @Test
  void aTicketIsAddedAtTheEndUnlessAPlaceIsNamed() {
    board.does("ticket.add", "{'ticket':'t4','column':'todo','title':'x','first':true}");
    board.does("ticket.add", "{'ticket':'t5','column':'todo','title':'x','after':'t1'}");
    assertThat(board.column("todo")).containsExactly("t4", "t1", "t5", "t2", "t3");
  }

  @Test
  void aTicketWithoutAnIdIsNamedAfterItsKey() {
    board.does("ticket.add", "{'column':'done','title':'x'}");
    assertThat(board.column("done")).singleElement().asString().matches("t[0-9a-z]+");
  }

  @Test
  void aNewTicketSaysWhoMadeItAndWhen() {
    assertThat(board.at("tickets", "t1", "by").stringValue()).isEqualTo("ana");
    assertThat(board.at("tickets", "t1", "at").stringValue()).isEqualTo("2026-11-22T12:00:00.123Z");
  }

  @Test
  void anIdIsTakenOnce() {
    board.isRefused(
        Code.RULE,
        "There is already a ticket \"t1\".",
        "ticket.add",
        "{'ticket':'t1','column':'todo','title':'x'}");
  }

  @Test
  void aMoveIsOneSmallPatch() {
    board.does("ticket.move", "{'ticket':'t1','column':'doing'}");
    assertThat(board.patch().path("tickets").path("t1").propertyNames())
        .containsExactlyInAnyOrder("column");
    assertThat(board.column("todo")).containsExactly("t2", "t3");
    assertThat(board.column("doing")).containsExactly("t1");
  }

  @Test
  void aMoveGoesWhereItsNeighbourIs() {
    board.does("ticket.move", "{'ticket':'t3','column':'todo','first':true}");
    assertThat(board.column("todo")).containsExactly("t3", "t1", "t2");
    board.does("ticket.move", "{'ticket':'t3','column':'todo','after':'t1'}");
    assertThat(board.column("todo")).containsExactly("t1", "t3", "t2");
    board.does("ticket.move", "{'ticket':'t1','column':'todo'}");
    assertThat(board.column("todo")).containsExactly("t3", "t2", "t1");
  }

  @Test
  void aMoveBehindATicketThatHasLeftGoesToTheEnd() {
    board.does("ticket.move", "{'ticket':'t2','column':'done'}");
    board.does("ticket.move", "{'ticket':'t1','column':'todo','after':'t2'}");
    assertThat(board.column("todo")).containsExactly("t3", "t1");
  }

  @Test
  void aMoveToWhereItIsChangesNothing() {
    for (String place : new String[] {"'first':true", "'after':'t9'"}) {
      String ticket = place.startsWith("'f") ? "t1" : "t3";
      board.does("ticket.move", "{'ticket':'%s','column':'todo',%s}".formatted(ticket, place));
      assertThat(board.patch()).isEmpty();
    }
    board.does("ticket.move", "{'ticket':'t2','column':'todo','after':'t1'}");
    assertThat(board.patch()).isEmpty();
  }

  @Test
  void twoPeopleMovingOneTicketEndWithOneTicketInOnePlace() {
    board.does(BoardStory.ANA, "ticket.move", "{'ticket':'t1','column':'doing'}");
    board.does(BoardStory.BO, "ticket.move", "{'ticket':'t1','column':'done'}");
    assertThat(board.column("todo")).containsExactly("t2", "t3");
    assertThat(board.column("doing")).isEmpty();
    assertThat(board.column("done")).containsExactly("t1");
  }

  @Test
  void aFullColumnRefusesWithItsOwnSentence() {
    board.does("column.limit", "{'column':'doing','limit':1}");
    board.does("ticket.move", "{'ticket':'t1','column':'doing'}");
    String full = "\"doing\" is full: it holds 1 of 1 tickets. Move one out first.";
    board.isRefused(Code.RULE, full, "ticket.move", "{'ticket':'t2','column':'doing'}");
    board.isRefused(Code.RULE, full, "ticket.add", "{'column':'doing','title':'x'}");
    board.does("ticket.archive", "{'ticket':'t2'}");
    board.isRefused(Code.RULE, full, "ticket.restore", "{'ticket':'t2','column':'doing'}");
  }

  @Test
  void aFullColumnCanStillBeOrdered() {
    board.does("column.limit", "{'column':'todo','limit':2}");
    board.does("ticket.move", "{'ticket':'t3','column':'todo','first':true}");
    assertThat(board.column("todo")).containsExactly("t3", "t1", "t2");
  }

  @Test
  void anArchivedTicketLeavesItsColumnAndMakesRoom() {
    board.does("column.limit", "{'column':'todo','limit':3}");
    board.does("ticket.archive", "{'ticket':'t2'}");
    assertThat(board.column("todo")).containsExactly("t1", "t3");
    assertThat(board.at("tickets", "t2", "archived", "by").stringValue()).isEqualTo("ana");
    board.adds("t4", "todo");
  }

  @Test
  void anArchivedTicketDoesNotMoveOrChange() {
    board.does("ticket.archive", "{'ticket':'t2'}");
    String archived = "This ticket is archived. Restore it first.";
    board.isRefused(Code.RULE, archived, "ticket.move", "{'ticket':'t2','column':'done'}");
    board.isRefused(Code.RULE, archived, "ticket.edit", "{'ticket':'t2','title':'x'}");
    board.isRefused(Code.RULE, archived, "comment.add", "{'ticket':'t2','text':'x'}");
  }

  @Test
  void archivingTwiceIsNoQuarrel() {
    board.does("ticket.archive", "{'ticket':'t2'}").does("ticket.archive", "{'ticket':'t2'}");
    assertThat(board.patch()).isEmpty();
    board.does("ticket.restore", "{'ticket':'t2'}").does("ticket.restore", "{'ticket':'t2'}");
    assertThat(board.patch()).isEmpty();
  }

  @Test
  void aRestoredTicketComesBackToTheEndOfItsColumn() {
    board.does("ticket.archive", "{'ticket':'t1'}").does("ticket.restore", "{'ticket':'t1'}");
    assertThat(board.column("todo")).containsExactly("t2", "t3", "t1");
    assertThat(board.at("tickets", "t1").has("archived")).isFalse();
  }

  @Test
  void aRestoredTicketWhoseColumnIsGoneComesToTheFirstOne() {
    board.does("ticket.archive", "{'ticket':'t1'}");
    board.does("column.delete", "{'column':'todo','to':'done'}");
    board.does("ticket.restore", "{'ticket':'t1'}");
    assertThat(board.column("doing")).containsExactly("t1");
  }

  @Test
  void wordsChangeAndWhatIsNotNamedStays() {
    board.does("ticket.edit", "{'ticket':'t1','description':'Long'}");
    board.does("ticket.edit", "{'ticket':'t1','title':'New'}");
    assertThat(board.at("tickets", "t1", "title").stringValue()).isEqualTo("New");
    assertThat(board.at("tickets", "t1", "description").stringValue()).isEqualTo("Long");
    board.does("ticket.edit", "{'ticket':'t1','description':''}");
    assertThat(board.at("tickets", "t1").has("description")).isFalse();
  }

  @Test
  void labelsGetAHueOfTheirOwnAndKeepIt() {
    board.does("ticket.label", "{'ticket':'t1','label':'bug','hue':25}");
    board.does("ticket.label", "{'ticket':'t1','label':'bug'}");
    board.does("ticket.label", "{'ticket':'t2','label':'idea'}");
    board.does("ticket.label", "{'ticket':'t3','label':'idea'}");
    assertThat(board.at("tickets", "t1", "labels", "bug").intValue()).isEqualTo(25);
    assertThat(board.at("tickets", "t2", "labels")).isEqualTo(board.at("tickets", "t3", "labels"));
    board.does("ticket.unlabel", "{'ticket':'t1','label':'bug'}");
    assertThat(board.at("tickets", "t1").has("labels")).isFalse();
    board.does("ticket.unlabel", "{'ticket':'t1','label':'bug'}");
    assertThat(board.patch()).isEmpty();
  }

  @Test
  void peopleAreAssignedByIdAndName() {
    board.does(BoardStory.BO, "ticket.assign", "{'ticket':'t1','user':'bo'}");
    board.does(BoardStory.BO, "ticket.assign", "{'ticket':'t1','user':'cy','name':'Cyra'}");
    board.does(BoardStory.BO, "ticket.assign", "{'ticket':'t1','user':'dee'}");
    assertThat(board.at("tickets", "t1", "assignees"))
        .isEqualTo(BoardStory.json("{'bo':'Bo','cy':'Cyra','dee':'dee'}"));
    board.does("ticket.unassign", "{'ticket':'t1','user':'cy'}");
    assertThat(board.patch().toString())
        .isEqualTo("{\"tickets\":{\"t1\":{\"assignees\":{\"cy\":null}}}}");
  }

  @Test
  void aDayIsSetAndTakenAway() {
    board.does("ticket.due", "{'ticket':'t1','date':'2027-02-28'}");
    assertThat(board.at("tickets", "t1", "due").stringValue()).isEqualTo("2027-02-28");
    board.does("ticket.due", "{'ticket':'t1'}");
    assertThat(board.at("tickets", "t1").has("due")).isFalse();
  }

  @Test
  void aDeletedTicketTakesItsCommentsAlong() {
    board.does("comment.add", "{'ticket':'t1','comment':'m1','text':'x'}");
    board.does("comment.add", "{'ticket':'t2','comment':'m2','text':'x'}");
    board.does("ticket.delete", "{'ticket':'t1'}");
    assertThat(board.at("tickets").propertyNames()).containsExactlyInAnyOrder("t2", "t3");
    assertThat(board.at("comments").propertyNames()).containsExactly("m2");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    board.isRefused(
        Code.NOT_FOUND, "There is no ticket \"t9\".", "ticket.edit", "{'ticket':'t9','title':'x'}");
    board.isRefused(
        Code.NOT_FOUND,
        "There is no column \"c9\".",
        "ticket.move",
        "{'ticket':'t1','column':'c9'}");
    board.isRefused(
        Code.NOT_FOUND, "There is no column \"c9\".", "ticket.add", "{'column':'c9','title':'x'}");
  }

  @Test
  void aTicketHasOnlySoManyLabelsAndAssignees() {
    for (int i = 0; i < BoardLimits.MAX_LABELS; i++) {
      board.does("ticket.label", "{'ticket':'t1','label':'l%d'}".formatted(i));
      board.does("ticket.assign", "{'ticket':'t1','user':'u%d'}".formatted(i));
    }
    board.isRefused(
        Code.RULE,
        "A ticket has at most 20 labels.",
        "ticket.label",
        "{'ticket':'t1','label':'one more'}");
    board.isRefused(
        Code.RULE,
        "A ticket has at most 20 assignees.",
        "ticket.assign",
        "{'ticket':'t1','user':'bo'}");
    board.does("ticket.label", "{'ticket':'t1','label':'l3','hue':1}");
  }

  @Test
  void aBoardHoldsOnlySoManyTickets() {
    ObjectNode tickets = board.document().toJson().withObjectProperty("tickets").deepCopy();
    for (int i = tickets.size(); i < BoardLimits.MAX_TICKETS; i++) {
      tickets.putObject("x" + i).put("title", "x").putObject("archived");
    }
    ObjectNode json = board.document().toJson();
    json.set("tickets", tickets);
    board.on(Document.of(json));
    board.isRefused(
        Code.RULE,
        "A board holds at most 10000 tickets. Delete archived ones.",
        "ticket.add",
        "{'column':'todo','title':'x'}");
  }

  @Test
  void manyMovesToOnePlaceGiveTheColumnNewRanksAndKeepItsOrder() {
    boolean rebalanced = false;
    for (int i = 0; i < 300; i++) {
      String mover = i % 2 == 0 ? "t2" : "t3";
      board.does("ticket.move", "{'ticket':'%s','column':'todo','after':'t1'}".formatted(mover));
      rebalanced |= board.patch().path("tickets").size() == 3;
      assertThat(board.column("todo")).startsWith("t1", mover);
    }
    assertThat(rebalanced).isTrue();
  }
}

package dev.tutti.rules.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.Code;
import org.junit.jupiter.api.Test;

class ColumnRulesTest {
  private final BoardStory board = BoardStory.withThreeTickets();

  @Test
  void columnsStandWhereTheyArePut() {
    board.does("column.add", "{'column':'ideas','title':'Ideas','first':true}");
    board.does("column.add", "{'column':'review','title':'Review','after':'doing'}");
    assertThat(board.columns()).containsExactly("ideas", "todo", "doing", "review", "done");
    board.does("column.move", "{'column':'done','first':true}");
    assertThat(board.columns()).containsExactly("done", "ideas", "todo", "doing", "review");
    board.does("column.move", "{'column':'done','first':true}");
    assertThat(board.patch()).isEmpty();
  }

  @Test
  void titlesChange() {
    board.does("column.rename", "{'column':'todo','title':'To do'}");
    board.does("board.rename", "{'title':'Launch'}");
    assertThat(board.at("columns", "todo", "title").stringValue()).isEqualTo("To do");
    assertThat(board.at("board", "info", "title").stringValue()).isEqualTo("Launch");
  }

  @Test
  void aColumnWithTicketsIsNotDeletedUntilSomeoneSaysWhereTheyGo() {
    board.isRefused(
        Code.RULE,
        "\"todo\" still holds tickets: 3. Say which column they go to.",
        "column.delete",
        "{'column':'todo'}");
    board.adds("t4", "done");
    board.does("column.delete", "{'column':'todo','to':'done'}");
    assertThat(board.columns()).containsExactly("doing", "done");
    assertThat(board.column("done")).containsExactly("t4", "t1", "t2", "t3");
  }

  @Test
  void anEmptyColumnIsDeletedWithoutAWord() {
    board.does("column.delete", "{'column':'done'}");
    assertThat(board.columns()).containsExactly("todo", "doing");
  }

  @Test
  void ticketsDoNotGoWhereThereIsNoRoom() {
    board.does("column.limit", "{'column':'doing','limit':2}");
    board.isRefused(
        Code.RULE,
        "\"doing\" has no room for 3 more: it holds 0 of 2 tickets.",
        "column.delete",
        "{'column':'todo','to':'doing'}");
    board.isRefused(
        Code.NOT_FOUND,
        "There is no column \"c9\".",
        "column.delete",
        "{'column':'todo','to':'c9'}");
  }

  @Test
  void aLimitLowerThanWhatIsThereIsTakenAndNothingMoreComesIn() {
    board.does("column.limit", "{'column':'todo','limit':2}");
    board.isRefused(
        Code.RULE,
        "\"todo\" is full: it holds 3 of 2 tickets. Move one out first.",
        "ticket.add",
        "{'column':'todo','title':'x'}");
    board.does("column.limit", "{'column':'todo'}");
    assertThat(board.at("columns", "todo").has("limit")).isFalse();
    board.adds("t4", "todo");
  }

  @Test
  void aBoardHoldsOnlySoManyColumns() {
    for (int i = 3; i < 50; i++) {
      board.does("column.add", "{'title':'x'}");
    }
    board.isRefused(
        Code.RULE, "A board holds at most 50 columns.", "column.add", "{'title':'one more'}");
  }

  @Test
  void anIdIsTakenOnce() {
    board.isRefused(
        Code.RULE,
        "There is already a column \"todo\".",
        "column.add",
        "{'column':'todo','title':'x'}");
  }
}

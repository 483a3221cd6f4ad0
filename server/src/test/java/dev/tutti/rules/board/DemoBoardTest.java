package dev.tutti.rules.board;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemoBoardTest {
  @Test
  void everyStepIsAcceptedAndChangesSomething() {
    BoardStory board = new BoardStory();
    for (DemoBoard.Step step : DemoBoard.steps()) {
      board.does(step.name(), step.args().toString());
      assertThat(board.patch()).as(step.toString()).isNotEmpty();
    }
    assertThat(board.columns()).containsExactly("ideas", "todo", "doing", "review", "done");
    assertThat(board.column("doing")).hasSize(2);
    assertThat(board.at("tickets").size()).isBetween(12, 16);
  }

  @Test
  void everyStartSendsTheSameKeys() {
    assertThat(DemoBoard.steps()).isEqualTo(DemoBoard.steps());
    assertThat(DemoBoard.steps()).extracting(DemoBoard.Step::key).doesNotHaveDuplicates();
  }
}

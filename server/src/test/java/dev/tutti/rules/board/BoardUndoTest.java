package dev.tutti.rules.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.Role;
import dev.tutti.rules.Actor;
import dev.tutti.rules.ChangeRules;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import dev.tutti.rules.Reversal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What taking back means on a board where others went on. */
class BoardUndoTest {
  private final BoardRules rules = new BoardRules();
  private final BoardStory board = BoardStory.withThreeTickets();
  private final List<Reversal> past = new ArrayList<>();

  @Test
  void aMoveIsTakenBackAndDoneAgain() {
    does("ticket.move", "{'ticket':'t1','column':'doing'}");
    undoes();
    assertThat(board.column("todo")).containsExactly("t1", "t2", "t3");
    undoes();
    assertThat(board.column("doing")).containsExactly("t1");
  }

  @Test
  void aTicketDoesNotComeBackToAColumnThatIsGone() {
    does("ticket.move", "{'ticket':'t1','column':'doing'}");
    board.does("column.delete", "{'column':'todo','to':'done'}");
    refuses(Code.RULE, "The column that \"Title of t1\" was in is gone.");
  }

  @Test
  void aTicketDoesNotComeBackToAFullColumn() {
    does("ticket.move", "{'ticket':'t1','column':'doing'}");
    board.does("column.limit", "{'column':'todo','limit':2}");
    refuses(Code.RULE, "\"todo\" is full: it holds 2 of 2 tickets. Move one out first.");
  }

  @Test
  void aMoveInsideAFullColumnIsTakenBack() {
    does("ticket.move", "{'ticket':'t3','column':'todo','first':true}");
    board.does("column.limit", "{'column':'todo','limit':1}");
    undoes();
    assertThat(board.column("todo")).containsExactly("t1", "t2", "t3");
  }

  @Test
  void aRankThatIsTakenMeanwhileIsNotGivenTwice() {
    does("ticket.move", "{'ticket':'t3','column':'doing'}");
    board.adds("t4", "todo");
    undoes();
    assertThat(board.column("todo")).containsExactly("t1", "t2", "t4", "t3");
    assertThat(board.at("tickets", "t3", "rank")).isNotEqualTo(board.at("tickets", "t4", "rank"));
  }

  @Test
  void aColumnThatIsInUseIsNotTakenBack() {
    does("column.add", "{'column':'new','title':'New'}");
    board.does("ticket.move", "{'ticket':'t1','column':'new'}");
    refuses(Code.RULE, "\"New\" holds tickets by now: 1. Move them out first.");
  }

  @Test
  void aTicketThatSomebodySpeaksOfIsNotTakenBack() {
    does("ticket.add", "{'ticket':'t9','column':'todo','title':'New'}");
    board.does("comment.add", "{'ticket':'t9','text':'Good idea'}");
    refuses(Code.RULE, "\"New\" has comments by now. Delete it instead.");
  }

  @Test
  void aTicketThatSomebodyHasDescribedIsNotTakenBack() {
    does("ticket.add", "{'ticket':'t9','column':'todo','title':'New'}");
    board.does("ticket.edit", "{'ticket':'t9','description':'Words'}");
    refuses(Code.STALE, "Someone has changed this in the meantime, so it cannot be taken back.");
  }

  @Test
  void aDeletedTicketComesBackWithItsComments() {
    board.does("comment.add", "{'ticket':'t1','comment':'m1','text':'Words'}");
    Document before = board.document();
    does("ticket.delete", "{'ticket':'t1'}");
    undoes();
    assertThat(board.document()).isEqualTo(before);
  }

  @Test
  void aCommentDoesNotComeBackWithoutItsTicket() {
    board.does("comment.add", "{'ticket':'t1','comment':'m1','text':'Words'}");
    does("comment.delete", "{'comment':'m1'}");
    board.does("ticket.delete", "{'ticket':'t1'}");
    refuses(Code.RULE, "The ticket of this comment is gone.");
  }

  @Test
  void anEditorTakesBackOnlyOwnChanges() {
    does("ticket.edit", "{'ticket':'t1','title':'Other'}");
    assertThat(((Decision.Refused) undo(BoardStory.BO)).code()).isEqualTo(Code.FORBIDDEN);
    Actor owner = new Actor("olga", "Olga", Role.OWNER);
    assertThat(undo(owner)).isInstanceOf(Decision.Accepted.class);
  }

  private void does(String name, String args) {
    Document before = board.document();
    String event = board.eventOf(name, args);
    board.does(name, args);
    happened(event, before, board.patch());
  }

  private void happened(String name, Document before, ObjectNode patch) {
    EncodedEvent event =
        EncodedEvent.of(
            past.size() + 1,
            name,
            BoardStory.ANA.user(),
            BoardStory.NOON,
            new UUID(9, past.size()),
            patch.toString());
    past.add(Reversal.of(event, before, patch));
  }

  private Decision undo(Actor actor) {
    Moment now = new Moment(BoardStory.NOON, new UUID(10, past.size()));
    return ChangeRules.undo(board.document(), past.getLast(), actor, actor.role(), now, rules);
  }

  private void undoes() {
    Document before = board.document();
    ObjectNode patch = ((Decision.Accepted) undo(BoardStory.ANA)).change().patchOn(before);
    board.on(before.apply(patch));
    happened(ChangeRules.UNDONE, before, patch);
  }

  private void refuses(Code code, String sentence) {
    assertThat(undo(BoardStory.ANA))
        .isInstanceOfSatisfying(
            Decision.Refused.class,
            refused -> {
              assertThat(refused.sentence()).isEqualTo(sentence);
              assertThat(refused.code()).isEqualTo(code);
            });
  }
}

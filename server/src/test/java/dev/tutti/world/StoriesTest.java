package dev.tutti.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.Role;
import dev.tutti.rules.Retention;
import dev.tutti.world.FaultyJournal.Fate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the system is for, one line an act. Each ends with every check of the World. */
class StoriesTest {
  private final World world = World.of(2, 1);
  private final Person ana = world.person("ana").on(0).joins("tally:sum");

  @Test
  void anEditMadeWhileTheRelayIsDownReachesEveryone() {
    Person bo = world.person("bo").on(1).joins("board:demo");
    ana.joins("board:demo").setsUpTheBoard();
    world.relay().down();
    ana.moves("t1").to("doing");
    world.settle();
    bo.sees("t1").in("doing");
    world.relay().up();
    world.runUntilQuiet();
  }

  @Test
  void aLostAppendIsDecidedAgain() {
    Person bo = world.person("bo").on(1).joins("tally:sum");
    Sent one = ana.adds(1);
    Sent other = bo.adds(1);
    world.runUntilQuiet();
    assertThat(one.acceptedAt.orElseThrow() + other.acceptedAt.orElseThrow()).isEqualTo(1 + 2);
    ana.seesTheSum(2);
    bo.seesTheSum(2);
  }

  @Test
  void anInstanceThatLacksWhatIsGoneBeginsAnewAndItsReadersToo() {
    Person bo = world.person("bo").on(1).joins("tally:sum");
    ana.adds(1);
    world.settle();
    world.relay().down();
    for (int i = 0; i < 5; i++) {
      ana.adds(1);
    }
    world.run(Duration.ofMillis(20));
    assertThat(bo.copy().seq()).isEqualTo(1);
    world.database().letGo(ana.copy().room(), Duration.ofSeconds(-1));
    Sent behindIt = bo.adds(1);
    world.settle();
    world.relay().up();
    world.runUntilQuiet();
    bo.isTold(behindIt, 7);
    bo.seesTheSum(7);
    assertThat(bo.copy().shown()).extracting(Copy.Shown::seq).doesNotContain(2L, 3L, 4L, 5L);
  }

  @Test
  void whatMayHaveHappenedAndWasLetGoOfSinceIsNotRefused() {
    Retention brief = new Retention(1, Duration.ofMillis(110));
    var forgetful = new World(1, new Setup(Setup.usual().settings(), brief, Faults.USUAL), 1);
    Person bo = forgetful.person("bo").on(0).joins("tally:sum");
    bo.adds(1);
    forgetful.settle();
    forgetful.weather(Weather.NOTHING_IS_READ);
    forgetful.instances().get(0).journal().decree(Fate.ANSWERED);
    forgetful.instances().get(0).journal().decree(Fate.BROKEN_BEHIND);
    bo.adds(1);
    // These two come while that is appended, so their append is one.
    Sent gone = bo.addsUnlessOver(3);
    Sent there = bo.adds(1);
    forgetful.run(Duration.ofMillis(300));
    forgetful.database().letGo(bo.copy().room(), brief.age());
    forgetful.runUntilQuiet();
    bo.isTold(there, 4);
    // Sent once it may not be refused, because it happened.
    bo.isRefused(gone, Code.RULE);
    assertThat(gone.copies).isEqualTo(2);
  }

  @Test
  void aReplyLostInACrashIsGivenWhenTheCommandIsSentAgain() {
    world.instances().get(0).journal().decree(Fate.ANSWERED_LATE);
    Sent command = ana.adds(1);
    world.run(Duration.ofMillis(100));
    world.crash(0);
    world.runUntilQuiet();
    ana.isTold(command, 1);
    ana.seesTheSum(1);
  }

  @Test
  void whatWasTakenIsAnsweredBeforeTheGoodBye() {
    world.instances().get(0).journal().decree(Fate.ANSWERED_LATE);
    Sent first = ana.adds(1);
    world.run(Duration.ofMillis(20));
    Sent behindIt = ana.adds(1);
    world.run(Duration.ofMillis(20));
    world.leave(0);
    world.run(Duration.ofMillis(20));
    Sent tooLate = ana.adds(1);
    world.runUntilQuiet();
    assertThat(world.instances().get(0).isDead()).isTrue();
    ana.isTold(first, 1);
    ana.isTold(behindIt, 2);
    ana.isTold(tooLate, 3);
    assertThat(first.copies).isEqualTo(1);
    assertThat(behindIt.copies).isEqualTo(1);
    assertThat(tooLate.copies).isEqualTo(2);
    ana.seesTheSum(3);
  }

  @Test
  void aRollingRestartLosesAndRepeatsNothing() {
    Person bo = world.person("bo").on(1).joins("tally:sum");
    for (int round = 0; round < 3; round++) {
      for (int number = 0; number < 2; number++) {
        world.leave(number);
        for (int i = 0; i < 5; i++) {
          ana.adds(1);
          bo.adds(1);
          world.run(Duration.ofMillis(30));
        }
        world.restart(number);
        world.run(Duration.ofMillis(50));
      }
    }
    world.runUntilQuiet();
    ana.seesTheSum(60);
    bo.seesTheSum(60);
  }

  @Test
  void whoIsOnAnotherInstanceIsSeenAndGoneAtOnceOnAGoodBye() {
    Person bo = world.person("bo").on(1).joins("tally:sum");
    world.run(Duration.ofMillis(500));
    ana.seesMembers(2);
    bo.seesMembers(2);
    world.stayAway();
    world.leave(1);
    world.run(Duration.ofMillis(500));
    ana.seesMembers(1);
  }

  @Test
  void whoWasOnAnInstanceThatIsKilledIsGoneWithinFifteenSeconds() {
    world.person("bo").on(1).joins("tally:sum");
    world.run(Duration.ofMillis(500));
    world.stayAway();
    world.crash(1);
    world.run(Duration.ofMillis(9_900));
    ana.seesMembers(2);
    world.run(Duration.ofMillis(5_500));
    ana.seesMembers(1);
  }

  @Test
  void behindASplitEverybodyIsThereOnceAndWhoLeftMeanwhileIsNot() {
    Person bo = world.person("bo").on(1).joins("tally:sum");
    Person cy = world.person("cy").on(1).joins("tally:sum");
    world.run(Duration.ofMillis(500));
    ana.seesMembers(3);
    world.relay().down();
    world.run(Duration.ofSeconds(16));
    ana.seesMembers(1);
    bo.seesMembers(2);
    cy.on(0);
    world.run(Duration.ofMillis(500));
    ana.seesMembers(2);
    world.relay().up();
    world.run(Duration.ofMillis(1_500));
    ana.seesMembers(3);
    bo.seesMembers(3);
  }

  @Test
  void anAppendThatEndedUnknownIsFoundByItsKey() {
    world.instances().get(0).journal().decree(Fate.BROKEN_BEHIND);
    Sent command = ana.adds(1);
    world.runUntilQuiet();
    ana.isTold(command, 1);
    ana.seesTheSum(1);
  }

  @Test
  void anAppendThatNeverHappenedIsMadeAgain() {
    world.instances().get(0).journal().decree(Fate.BROKEN_BEFORE);
    Sent command = ana.adds(1);
    world.runUntilQuiet();
    ana.isTold(command, 1);
    ana.seesTheSum(1);
  }

  @Test
  void aCommandSentElsewhereWhileItsFirstAppendIsUnderWayHappensOnce() {
    world.instances().get(0).journal().decree(Fate.BROKEN_WHILE);
    Sent command = ana.adds(1);
    world.run(Duration.ofMillis(5));
    ana.on(1);
    world.runUntilQuiet();
    ana.isTold(command, 1);
    ana.seesTheSum(1);
  }

  @Test
  void aCommandThatIsRefusedBecauseItSucceededIsAccepted() {
    world.instances().get(0).journal().decree(Fate.ANSWERED_LATE);
    Sent command = ana.addsUnlessOver(1);
    world.run(Duration.ofMillis(20));
    ana.on(1);
    world.runUntilQuiet();
    assertThat(command.copies).isEqualTo(2);
    ana.isTold(command, 1);
  }

  @Test
  void nothingIsRefusedByAnInstanceThatIsBehind() {
    world.person("bo").on(1).joins("board:demo");
    ana.joins("board:demo").setsUpTheBoard();
    world.relay().down();
    ana.does("ticket.add", "{'ticket':'t2','column':'todo','title':'Another'}");
    world.run(Duration.ofMillis(30));
    ana.client().unsubscribe(world.room("board:demo"));
    ana.on(1);
    Sent move = ana.moves("t2").to("done");
    world.runUntilQuiet();
    assertThat(move.acceptedAt).isPresent();
  }

  @Test
  void aSlowReaderSkipsAhead() {
    Person bo = world.person("bo").on(1).joins("tally:sum");
    bo.client().stall(3_000_000);
    for (int i = 0; i < 300; i++) {
      ana.adds(1);
      world.run(Duration.ofMillis(5));
    }
    world.runUntilQuiet();
    bo.seesTheSum(300);
    assertThat(bo.copy().shown()).hasSizeLessThan(300);
  }

  @Test
  void twoWhoMoveOneTicketLeaveItInOnePlace() {
    Person bo = world.person("bo").on(1).joins("board:demo");
    ana.joins("board:demo").setsUpTheBoard();
    Sent first = ana.moves("t1").to("doing");
    Sent second = bo.moves("t1").to("done");
    world.runUntilQuiet();
    boolean boWasLast = second.acceptedAt.orElseThrow() > first.acceptedAt.orElseThrow();
    ana.sees("t1").in(boWasLast ? "done" : "doing");
    bo.sees("t1").in(boWasLast ? "done" : "doing");
  }

  @Test
  void aKeyIsForOneCommand() {
    Sent command = ana.adds(1);
    world.settle();
    Sent other = ana.reuses(command, TallyRules.ADD, "{'n':1,'most':7}");
    world.runUntilQuiet();
    ana.isRefused(other, Code.KEY_REUSED);
  }

  @Test
  void aKeyIsForOneCommandOnEveryInstance() {
    Sent command = ana.adds(1);
    world.settle();
    world.relay().down();
    ana.on(1);
    Sent other = ana.reuses(command, TallyRules.ADD, "{'n':1,'most':7}");
    world.runUntilQuiet();
    ana.isRefused(other, Code.KEY_REUSED);
  }

  @Test
  void whoExpectedSomethingElseIsToldSo() {
    ana.joins("board:demo").setsUpTheBoard();
    ana.moves("t1").to("doing");
    Sent late = ana.expects("{'tickets':{'t1':{'column':'todo'}}}").moves("t1").to("done");
    world.runUntilQuiet();
    ana.isRefused(late, Code.STALE);
    ana.sees("t1").in("doing");
  }

  @Test
  void aRevokedEditorChangesAndSeesNothingMore() {
    Person bo = world.person("bo", Role.EDITOR).on(1).joins("tally:sum");
    ana.does("access.revoke", "{'user':'bo'}");
    world.settle();
    Sent tooLate = bo.adds(1);
    ana.adds(1);
    world.runUntilQuiet();
    bo.isRefused(tooLate, Code.FORBIDDEN);
    assertThat(bo.copy().live()).isFalse();
    bo.seesTheSum(0);
  }

  @Test
  void aRoomThatWasLetGoIsLoadedAgain() {
    ana.adds(1);
    world.settle();
    ana.client().disconnect();
    world.run(Duration.ofSeconds(3));
    long before = world.instances().get(0).journalCalls();
    ana.on(0).adds(1);
    world.runUntilQuiet();
    ana.seesTheSum(2);
    assertThat(world.instances().get(0).journalCalls()).isGreaterThan(before + 1);
  }

  @Test
  void whatAFailoverLostIsForgottenByEveryone() {
    Person bo = world.person("bo").on(1).joins("tally:sum");
    for (int i = 0; i < 5; i++) {
      ana.adds(1);
      world.settle();
    }
    world.database().failOver(3);
    ana.adds(1);
    world.runUntilQuiet();
    assertThat(ana.copy().document()).isEqualTo(bo.copy().document());
    assertThat(ana.copy().epoch()).isEqualTo("life-2");
  }
}

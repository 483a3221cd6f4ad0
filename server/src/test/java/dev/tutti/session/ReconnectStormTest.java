package dev.tutti.session;

import static dev.tutti.journal.Samples.batch;
import static dev.tutti.journal.Samples.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.journal.MemoryJournal;
import dev.tutti.protocol.RoomName;
import dev.tutti.session.StormInstance.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Thousands come back at once: what the journal is asked does not depend on how many they are. */
class ReconnectStormTest {
  private static final int CLIENTS = 1_000;
  private static final List<RoomName> ROOMS =
      List.of(new RoomName("board:one"), new RoomName("board:two"), new RoomName("board:three"));

  private final MemoryJournal journal = new MemoryJournal("life");
  private final StormInstance instance = new StormInstance(journal);

  private void happens(int events) {
    for (RoomName room : ROOMS) {
      var head = get(journal.create(room));
      get(journal.append(batch(head.id(), head.head(), events)));
    }
  }

  private List<Line> everybodyComes(long after) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      lines.add(instance.comes(ROOMS.get(i % ROOMS.size()), "life", after));
    }
    instance.runUntilQuiet();
    return lines;
  }

  /** The rooms are loaded, and what that took is not counted. */
  private void isLoaded() {
    ROOMS.forEach(room -> instance.comes(room, "", 0));
    instance.runUntilQuiet();
    instance.questions().clear();
  }

  private static void assertEvents(List<Line> lines, long head, int events) {
    assertThat(lines)
        .allSatisfy(line -> {
          assertThat(line.answer().get("seq").longValue()).isEqualTo(head);
          assertThat(line.answer().path("events").size()).isEqualTo(events);
          assertThat(line.answer().has("document")).isFalse();
        });
  }

  private static void assertDocuments(List<Line> lines, long head) {
    assertThat(lines)
        .allSatisfy(line -> {
          assertThat(line.answer().get("seq").longValue()).isEqualTo(head);
          assertThat(line.answer().has("document")).isTrue();
        });
  }

  @Test
  void aServerThatHasJustStartedReadsEachRoomByOneQuestion() {
    happens(300);
    assertEvents(everybodyComes(290), 300, 10);
    assertThat(instance.questions()).isEqualTo(Map.of("opening", ROOMS.size()));
  }

  @Test
  void whoeverIsTooFarBehindGetsTheDocumentOfTheSameOneQuestion() {
    happens(900);
    assertDocuments(everybodyComes(10), 900);
    assertThat(instance.questions()).isEqualTo(Map.of("opening", ROOMS.size()));
  }

  @Test
  void aLoadedRoomAsksNothing() {
    happens(300);
    isLoaded();
    assertEvents(everybodyComes(290), 300, 10);
    assertThat(instance.questions()).isEmpty();
  }

  @Test
  void aLoadedRoomWhoseEventsDoNotReachBackAsksNothingEither() {
    happens(900);
    isLoaded();
    assertDocuments(everybodyComes(10), 900);
    assertThat(instance.questions()).isEmpty();
  }

  @Test
  void clientsThatAreAheadOfTheirInstanceWaitForOneQuestionTogether() {
    happens(300);
    isLoaded();
    happens(10); // On another instance, which this one has not heard.
    assertEvents(everybodyComes(310), 310, 0);
    assertThat(instance.questions()).isEqualTo(Map.of("stretch", ROOMS.size()));
  }

  @Test
  void clientsThatClaimToBeAheadCostTheRoomAFewQuestionsAltogether() {
    happens(300);
    isLoaded();
    assertDocuments(everybodyComes(1_000_000), 300);
    assertThat(instance.questions().keySet()).containsExactly("stretch");
    assertThat(instance.questions().get("stretch")).isLessThanOrEqualTo(2 * ROOMS.size());
  }
}

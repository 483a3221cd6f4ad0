package dev.tutti.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.Event;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PastTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static final Event POSTED = event(1, "{'messages':{'m1':{'n':1,'text':'goes'}}}");

  /** Which messages are shown already: none. */
  private static final Predicate<String> NONE_SHOWN = id -> false;

  private final Past past = new Past();

  @Test
  void aMessageIsAsItWasEditedLastThoughTheEditsAreReadFirst() {
    take(List.of(event(8, "{'messages':{'m1':{'text':'second'}}}")));
    take(List.of(event(7, "{'messages':{'m1':{'text':'first','edited':'x'}}}")));
    var found = take(List.of(event(1, "{'messages':{'m1':{'n':1,'text':'zeroth'}}}")));
    assertThat(found).isEqualTo(json("{'m1':{'n':1,'text':'second','edited':'x'}}"));
  }

  @Test
  void whatTheDocumentLetGoOfIsThereAndWhatWasDeletedSinceIsNot() {
    take(
        List.of(
            event(8, "{'messages':{'m1':null,'m2':null}}"),
            event(9, "{'removed':{'m2':{'by':'bo','at':'x'}}}")));
    var found =
        take(
            List.of(
                event(1, "{'messages':{'m1':{'n':1,'text':'stays'}}}"),
                event(2, "{'messages':{'m2':{'n':2,'text':'goes'}}}")));
    assertThat(found).isEqualTo(json("{'m1':{'n':1,'text':'stays'}}"));
  }

  @Test
  void whatSomebodyDeletesMeanwhileIsNotThereHoweverManyGoAfterIt() {
    past.heard(event(8, "{'removed':{'m1':{'by':'bo','at':'x'}}}"), NONE_SHOWN);
    past.heard(event(9, "{'removed':{'m1':null,'m9':{'by':'bo','at':'x'}}}"), NONE_SHOWN);
    assertThat(take(List.of(POSTED))).isEmpty();
  }

  @Test
  void whatIsChangedMeanwhileIsAsItIsNow() {
    take(List.of(event(7, "{'messages':{'m1':{'text':'first'}}}")));
    past.heard(event(8, "{'messages':{'m1':{'text':'second'}}}"), NONE_SHOWN);
    past.heard(event(9, "{'messages':{'m1':{'text':'third'},'m2':null}}"), NONE_SHOWN);
    assertThat(take(List.of(POSTED))).isEqualTo(json("{'m1':{'n':1,'text':'third'}}"));
  }

  @Test
  void whatWasFoundAndWaitsToBeShownIsBroughtToWhatItIsNow() {
    ObjectNode found = json("{'m3':{'n':3,'text':'goes'},'m4':{'n':4,'text':'first'}}");
    past.heard(event(8, "{'removed':{'m3':{'by':'bo','at':'x'}}}"), NONE_SHOWN);
    past.heard(event(9, "{'messages':{'m4':{'text':'second'}}}"), NONE_SHOWN);
    past.take(List.of(POSTED), Long.MAX_VALUE, found);
    assertThat(found).isEqualTo(json("{'m4':{'n':4,'text':'second'},'m1':{'n':1,'text':'goes'}}"));
  }

  @Test
  void whatIsShownAlreadyIsNotKept() {
    past.heard(event(9, "{'messages':{'m1':{'text':'third'}}}"), id -> id.equals("m1"));
    assertThat(take(List.of(POSTED))).isEqualTo(json("{'m1':{'n':1,'text':'goes'}}"));
  }

  @Test
  void whereEventsWereMissedAllOfItIsReadAgain() {
    past.heard(event(8, "{'messages':{'m1':{'text':'second'}}}"), NONE_SHOWN);
    past.heard(event(9, "{'removed':{'m1':{'by':'bo','at':'x'}}}"), NONE_SHOWN);
    past.forget();
    assertThat(take(List.of(POSTED))).isEqualTo(json("{'m1':{'n':1,'text':'goes'}}"));
  }

  @Test
  void whatIsShownAlreadyIsNotFound() {
    ObjectNode found = json("{}");
    past.take(List.of(event(5, "{'messages':{'m5':{'n':5,'text':'seen'}}}")), 5, found);
    assertThat(found).isEmpty();
  }

  private ObjectNode take(List<Event> events) {
    ObjectNode found = json("{}");
    past.take(events, Long.MAX_VALUE, found);
    return found;
  }

  private static Event event(long seq, String patch) {
    return new Event(seq, "any", "bo", Instant.EPOCH, new UUID(0, seq), json(patch));
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
  }
}

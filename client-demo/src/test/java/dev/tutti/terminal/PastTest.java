package dev.tutti.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.Event;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PastTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long ALL = Long.MAX_VALUE;

  private static final ObjectNode NONE = json("{}");

  private final Past past = new Past();

  @Test
  void aMessageIsAsItWasEditedLastThoughTheEditsAreReadFirst() {
    past.take(List.of(event(8, "{'messages':{'m1':{'text':'second'}}}")), ALL, NONE);
    past.take(List.of(event(7, "{'messages':{'m1':{'text':'first','edited':'x'}}}")), ALL, NONE);
    var found =
        past.take(List.of(event(1, "{'messages':{'m1':{'n':1,'text':'zeroth'}}}")), ALL, NONE);
    assertThat(found).isEqualTo(json("{'m1':{'n':1,'text':'second','edited':'x'}}"));
  }

  @Test
  void whatTheDocumentLetGoOfIsThereAndWhatWasDeletedSinceIsNot() {
    past.take(
        List.of(
            event(8, "{'messages':{'m1':null,'m2':null}}"),
            event(9, "{'removed':{'m2':{'by':'bo','at':'x'}}}")),
        ALL,
        NONE);
    var found =
        past.take(
            List.of(
                event(1, "{'messages':{'m1':{'n':1,'text':'stays'}}}"),
                event(2, "{'messages':{'m2':{'n':2,'text':'goes'}}}")),
            ALL,
            NONE);
    assertThat(found).isEqualTo(json("{'m1':{'n':1,'text':'stays'}}"));
  }

  @Test
  void whatSomebodyDeletesMeanwhileIsNotThere() {
    var posted = event(1, "{'messages':{'m1':{'n':1,'text':'goes'}}}");
    assertThat(past.take(List.of(posted), ALL, json("{'m1':{'by':'bo','at':'x'}}"))).isEmpty();
  }

  @Test
  void whatIsShownAlreadyIsNotFound() {
    var posted = event(5, "{'messages':{'m5':{'n':5,'text':'seen'}}}");
    assertThat(past.take(List.of(posted), 5, NONE)).isEmpty();
  }

  private static Event event(long seq, String patch) {
    return new Event(seq, "any", "bo", Instant.EPOCH, new UUID(0, seq), json(patch));
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
  }
}

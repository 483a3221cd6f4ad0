package dev.tutti.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.MergePatch;
import dev.tutti.protocol.RoomName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class MembersTest {
  private final Members members = new Members(new RoomName("board:demo"), 10);
  private ObjectNode reader = JsonNodeFactory.instance.objectNode();

  @Test
  void whoComesBackWithinATickHasNothingOfItsFormerState() {
    members.join("s1", "ana", "Ana");
    says("{\"at\":{\"x\":1},\"typing\":true}");
    tick();
    says("{\"more\":1}");
    members.leave("s1");
    members.join("s1", "ana", "Ana");
    says("{\"at\":{\"y\":2}}");
    tick();
    assertThat(reader).isEqualTo(members.all().members());
    assertThat(reader.path("s1").path("state").toString()).isEqualTo("{\"at\":{\"y\":2}}");
  }

  @Test
  void whoCameMeanwhileIsToldOfItWhole() {
    members.join("s1", "ana", "Ana");
    tick();
    members.leave("s1");
    reader = members.all().members();
    members.join("s1", "ana", "Ana");
    tick();
    assertThat(reader).isEqualTo(members.all().members());
  }

  private void says(String state) {
    assertThat(members.update("s1", EncodedEvent.patch(state), 1_000)).isEmpty();
  }

  private void tick() {
    reader = (ObjectNode) MergePatch.apply(reader, members.takeChanges().members());
  }
}

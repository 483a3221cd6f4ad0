package dev.tutti.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomNameTest {
  private static final String GRAMMAR = "[a-z][a-z0-9-]{0,31}:[A-Za-z0-9._-]{1,128}";

  @Test
  void itHasATypeAndALocalPart() {
    RoomName room = new RoomName("board:Launch.2-x_y");
    assertThat(room.type()).isEqualTo("board");
    assertThat(room.local()).isEqualTo("Launch.2-x_y");
    assertThat(room).hasToString("board:Launch.2-x_y");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ":", "a:", ":b", "a", "A:b", "1a:b", "a:b:c", "a:b ", "a:é", "a_b:c", "-a:b", "a:b\n"
      })
  void whatBreaksTheGrammarIsRefused(String name) {
    assertThatThrownBy(() -> new RoomName(name))
        .isInstanceOfSatisfying(InvalidMessage.class, e -> assertThat(e.path()).hasValue("room"));
  }

  @Test
  void bothPartsHaveALength() {
    assertThat(RoomName.isWellFormed("a".repeat(32) + ":" + "b".repeat(128))).isTrue();
    assertThat(RoomName.isWellFormed("a".repeat(33) + ":b")).isFalse();
    assertThat(RoomName.isWellFormed("a:" + "b".repeat(129))).isFalse();
  }

  @Property
  void itIsTheGrammarThatIsWrittenDown(
      @ForAll @CharRange(from = 'a', to = 'c') @Chars({'A', '0', '-', '_', '.', ':', ' ', 'é'})
          String name) {
    assertThat(RoomName.isWellFormed(name)).isEqualTo(name.matches(GRAMMAR));
  }
}

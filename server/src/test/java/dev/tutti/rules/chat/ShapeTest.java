package dev.tutti.rules.chat;

import static dev.tutti.rules.chat.ChatStory.ANA;
import static dev.tutti.rules.chat.ChatStory.BO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.chat.ChatLimits;
import dev.tutti.rules.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ShapeTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static Document talked() {
    return new ChatStory()
        .posts(ANA, "m1", "Words")
        .posts(BO, "m2", "More words, @ana")
        .does(BO, "message.react", "{'message':'m1','emoji':'👍'}")
        .does(ANA, "message.pin", "{'message':'m1'}")
        .does(BO, "message.delete", "{'message':'m2'}")
        .document();
  }

  @Test
  void whatTheRulesMadeIsTaken() {
    assertThat(Shape.objection(talked())).isEmpty();
    assertThat(Shape.objection(Document.empty())).isEmpty();
  }

  @Test
  void aRoomThatIsFullIsTaken() {
    ChatStory story = new ChatStory();
    for (int i = 0; i < ChatLimits.MAX_KEPT + 30; i++) {
      story.posts(BO, "m" + i, "Words");
      if (i % 16 == 0 && i / 16 < ChatLimits.MAX_PINNED) {
        story.does(ANA, "message.pin", "{'message':'m%d'}".formatted(i));
      }
    }
    assertThat(Shape.objection(story.document())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'evil':{'a':{}}} | \"evil\" is not known here.",
        "{'chat':{'other':{}}} | \"other\" is not known here.",
        "{'chat':{'info':{'slow':0}}} | \"slow\"",
        "{'chat':{'info':{'count':'2'}}} | \"count\" must be a whole number.",
        "{'messages':{'m1':{'evil':1}}} | \"evil\" is not known here.",
        "{'messages':{'m1':{'text':null}}} | \"text\" is missing.",
        "{'messages':{'m1':{'text':' '}}} | \"text\" must not be empty.",
        "{'messages':{'m1':{'n':3}}} | \"n\"",
        "{'messages':{'m1':{'n':2}}} | Two messages have the number 2.",
        "{'messages':{'m1':{'by':''}}} | \"by\" must not be empty.",
        "{'messages':{'m1':{'at':'now'}}} | \"at\" must be an instant.",
        "{'messages':{'m1':{'edited':1}}} | \"edited\" must be text.",
        "{'messages':{'m1':{'thread':'a b'}}} | \"thread\"",
        "{'messages':{'m1':{'pinned':{'at':null}}}} | \"at\" must be text.",
        "{'messages':{'m1':{'reactions':{'evil':{'bo':'Bo'}}}}} | emoji",
        "{'messages':{'m1':{'reactions':{'👍':{'b o':'Bo'}}}}} | A user id has no spaces in it.",
        "{'messages':{'m1':{'mentions':{'bo':1}}}} | \"bo\" must be text.",
        "{'messages':{'m2':{'text':'Back'}}} | \"text\" is not known here.",
        "{'people':{'bo':{'read':9}}} | \"read\"",
        "{'people':{'bo':{'name':1}}} | \"name\" must be text.",
        "{'muted':{'bo':{'by':'ana'}}} | \"at\" is missing.",
        "{'removed':{'m0':{'by':'ana','at':'x'}}} | \"at\" must be an instant.",
      })
  void whatTheyCouldNotHaveMadeIsNot(String patch, String sentence) {
    Document document = talked().apply((ObjectNode) JSON.readTree(patch.replace('\'', '"')));
    assertThat(Shape.objection(document))
        .hasValueSatisfying(it -> assertThat(it).contains(sentence));
  }
}

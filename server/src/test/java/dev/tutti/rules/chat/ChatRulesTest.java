package dev.tutti.rules.chat;

import static dev.tutti.rules.chat.ChatStory.ANA;
import static dev.tutti.rules.chat.ChatStory.BO;
import static dev.tutti.rules.chat.ChatStory.CY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.protocol.AccessCommand;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.chat.ChatCommand;
import dev.tutti.protocol.chat.ChatLimits;
import dev.tutti.rules.Actor;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRulesTest {
  private final ChatStory chat = new ChatStory();

  @Test
  void aMessageIsNumberedAndSaysWhoWroteItWhen() {
    chat.posts(ANA, "m1", "Hello").posts(BO, "m2", "Hi");
    assertThat(chat.at("messages", "m2").toString())
        .isEqualTo(
            "{\"n\":2,\"text\":\"Hi\",\"by\":\"bo\",\"name\":\"Bo Berg\","
                + "\"at\":\"2026-11-22T12:00:00.123Z\"}");
    assertThat(chat.at("chat", "info", "count").asInt()).isEqualTo(2);
    assertThat(chat.at("people", "bo").toString()).isEqualTo("{\"read\":2,\"name\":\"Bo Berg\"}");
  }

  @Test
  void theServerFindsWhoIsMentioned() {
    chat.posts(BO, "m1", "Hello").does(CY, "read.mark", "{'upto':0}");
    chat.posts(ANA, "m2", "@bo berg and @CY, see cy@example.org, @nobody and @ana");
    assertThat(chat.at("messages", "m2", "mentions").toString())
        .isEqualTo("{\"bo\":\"Bo Berg\",\"cy\":\"Cy\"}");
    chat.does(ANA, "message.edit", "{'message':'m2','text':'@cyan @bo'}");
    assertThat(chat.at("messages", "m2", "mentions").toString()).isEqualTo("{\"bo\":\"Bo Berg\"}");
    chat.does(ANA, "message.edit", "{'message':'m2','text':'Nobody'}");
    assertThat(chat.at("messages", "m2").has("mentions")).isFalse();
  }

  @Test
  void anAnswerGoesIntoTheThreadOfWhatItAnswers() {
    chat.posts(ANA, "m1", "Where?");
    chat.does(BO, "message.post", "{'message':'m2','text':'Here','thread':'m1'}");
    chat.does(ANA, "message.post", "{'message':'m3','text':'Thanks','thread':'m2'}");
    assertThat(chat.at("messages", "m3", "thread").asString()).isEqualTo("m1");
    assertThat(chat.at("messages", "m1", "replies").asInt()).isEqualTo(2);
    assertThat(chat.at("messages", "m2").has("replies")).isFalse();
  }

  @Test
  void onlyTheAuthorEditsAndOnlyForSomeMinutes() {
    chat.posts(BO, "m1", "Hello");
    chat.isRefused(
        ANA,
        Code.FORBIDDEN,
        "Only who wrote a message may edit it.",
        "message.edit",
        "{'message':'m1','text':'No'}");
    chat.later(Duration.ofMinutes(15)).does(BO, "message.edit", "{'message':'m1','text':'Hi'}");
    assertThat(chat.at("messages", "m1").has("edited")).isTrue();
    chat.later(Duration.ofSeconds(1))
        .isRefused(
            BO,
            Code.RULE,
            "A message can be edited for 15 minutes, and this is older.",
            "message.edit",
            "{'message':'m1','text':'Ho'}");
    chat.does(BO, "message.edit", "{'message':'m1','text':'Hi'}");
    assertThat(chat.patch()).isEmpty();
  }

  @Test
  void whatIsDeletedLeavesATombstone() {
    chat.posts(BO, "m1", "Secret, @ana")
        .does(ANA, "message.react", "{'message':'m1','emoji':'👍'}");
    chat.does(ANA, "message.pin", "{'message':'m1'}");
    chat.isRefused(
        CY,
        Code.FORBIDDEN,
        "Only who wrote a message, or an owner of the room, may delete it.",
        "message.delete",
        "{'message':'m1'}");
    chat.does(ANA, "message.delete", "{'message':'m1'}");
    assertThat(chat.at("messages", "m1").toString())
        .isEqualTo(
            "{\"n\":1,\"by\":\"bo\",\"name\":\"Bo Berg\",\"at\":\"2026-11-22T12:00:00.123Z\","
                + "\"deleted\":{\"by\":\"ana\",\"at\":\"2026-11-22T12:00:00.123Z\"}}");
    chat.isRefused(
        BO,
        Code.RULE,
        "This message was deleted.",
        "message.edit",
        "{'message':'m1','text':'Again'}");
    chat.does(BO, "message.delete", "{'message':'m1'}");
    assertThat(chat.patch()).isEmpty();
  }

  @Test
  void eachPersonHasEachEmojiOnce() {
    chat.posts(ANA, "m1", "Hello");
    chat.does(BO, "message.react", "{'message':'m1','emoji':'👍'}");
    chat.does(BO, "message.react", "{'message':'m1','emoji':'👍'}");
    assertThat(chat.patch()).isEmpty();
    chat.does(ANA, "message.react", "{'message':'m1','emoji':'👍'}");
    assertThat(chat.at("messages", "m1", "reactions", "👍").toString())
        .isEqualTo("{\"bo\":\"Bo Berg\",\"ana\":\"Ana\"}");
    chat.does(BO, "message.unreact", "{'message':'m1','emoji':'👍'}");
    chat.does(ANA, "message.unreact", "{'message':'m1','emoji':'👍'}");
    assertThat(chat.at("messages", "m1").has("reactions")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"👍", "👍🏽", "👩‍💻", "🇪🇺", "1️⃣", "❤️", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"})
  void anEmojiIsAReaction(String emoji) {
    chat.posts(ANA, "m1", "Hello");
    chat.does(BO, "message.react", "{'message':'m1','emoji':'%s'}".formatted(emoji));
    assertThat(chat.at("messages", "m1", "reactions").has(emoji)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "1", "<b>", "👍a", "__proto__", "#", "👍👍👍👍👍👍👍👍👍👍👍👍👍"})
  void somethingElseIsNone(String emoji) {
    String args = "{'message':'m1','emoji':'%s'}".formatted(emoji);
    assertThatThrownBy(() -> chat.decide(BO, "message.react", args))
        .hasMessageContaining("\"emoji\"");
  }

  @Test
  void theDocumentKeepsTheLastMessagesAndThePinnedOnes() {
    chat.posts(ANA, "first", "Keep me").does(BO, "message.pin", "{'message':'first'}");
    for (int i = 2; i <= ChatLimits.MAX_KEPT + 5; i++) {
      chat.posts(BO, "m" + i, "Message " + i);
    }
    assertThat(chat.at("messages").size()).isEqualTo(ChatLimits.MAX_KEPT + 1);
    assertThat(chat.at("messages").has("m5")).isFalse();
    assertThat(chat.at("messages").has("m6")).isTrue();
    chat.isRefused(
        BO,
        Code.NOT_FOUND,
        "There is no message \"m5\" among the last 300 of this room.",
        "message.delete",
        "{'message':'m5'}");
    chat.does(ANA, "message.delete", "{'message':'m5'}");
    assertThat(chat.at("removed", "m5", "by").asString()).isEqualTo("ana");
    chat.does(BO, "message.unpin", "{'message':'first'}").posts(BO, "last", "Now");
    assertThat(chat.at("messages").size()).isEqualTo(ChatLimits.MAX_KEPT);
    assertThat(chat.at("messages").has("first")).isFalse();
  }

  @Test
  void theLatestTombstonesOfThePastAreKept() {
    for (int i = 0; i <= ChatLimits.MAX_REMOVED; i++) {
      chat.later(Duration.ofSeconds(1))
          .does(ANA, "message.delete", "{'message':'old%d'}".formatted(i));
    }
    assertThat(chat.at("removed").size()).isEqualTo(ChatLimits.MAX_REMOVED);
    assertThat(chat.at("removed").has("old0")).isFalse();
  }

  @Test
  void aReadPositionNeverGoesBackOrBeyond() {
    chat.posts(ANA, "m1", "One").posts(ANA, "m2", "Two");
    chat.does(CY, "read.mark", "{'upto':1}").does(CY, "read.mark", "{'upto':0}");
    assertThat(chat.patch()).isEmpty();
    chat.does(CY, "read.mark", "{'upto':99}");
    assertThat(chat.at("people", "cy", "read").asInt()).isEqualTo(2);
  }

  @Test
  void viewersMarkWhatTheyHaveReadAndNothingElse() {
    ChatRules rules = new ChatRules();
    assertThat(rules.requires(new ChatCommand.MarkRead(1))).isEqualTo(Role.VIEWER);
    assertThat(rules.requires(new ChatCommand.Topic(null))).isEqualTo(Role.EDITOR);
    assertThat(rules.conflation(new ChatCommand.MarkRead(7)).orElseThrow().order()).isEqualTo(7);
    assertThat(rules.conflation(new ChatCommand.Topic(null))).isEmpty();
  }

  @Test
  void slowModeLetsEveryoneWaitButOwners() {
    chat.does(ANA, "chat.slow", "{'seconds':30}").posts(BO, "m1", "One");
    chat.later(Duration.ofSeconds(18));
    chat.isRefused(
        BO,
        Code.RULE,
        "Slow mode: one message every 30 s. You can write again in 12 s.",
        "message.post",
        "{'text':'Two'}");
    chat.posts(ANA, "a1", "One").posts(ANA, "a2", "Two");
    chat.later(Duration.ofSeconds(12)).posts(BO, "m2", "Two");
    chat.does(ANA, "chat.slow", "{}").posts(BO, "m3", "Three").posts(BO, "m4", "Four");
    chat.isRefused(
        BO, Code.FORBIDDEN, "Only an owner of this room may slow it.", "chat.slow", "{}");
  }

  @Test
  void whoIsMutedReadsAndSaysNothing() {
    chat.posts(BO, "m1", "One").does(ANA, "member.mute", "{'user':'bo','minutes':5}");
    String sentence = "You are muted here until 2026-11-22 12:05 UTC.";
    chat.isRefused(BO, Code.FORBIDDEN, sentence, "message.post", "{'text':'Two'}");
    chat.isRefused(BO, Code.FORBIDDEN, sentence, "chat.rename", "{'title':'Two'}");
    chat.isRefused(BO, Code.FORBIDDEN, sentence, "message.react", "{'message':'m1','emoji':'👍'}");
    chat.does(BO, "read.mark", "{'upto':1}");
    chat.later(Duration.ofMinutes(5)).posts(BO, "m2", "Two");
    chat.does(ANA, "member.mute", "{'user':'bo'}");
    chat.isRefused(BO, Code.FORBIDDEN, "You are muted here.", "message.post", "{'text':'Three'}");
    chat.does(ANA, "member.unmute", "{'user':'bo'}").posts(BO, "m3", "Three");
    chat.isRefused(
        BO,
        Code.FORBIDDEN,
        "Only an owner of this room may mute people.",
        "member.mute",
        "{'user':'ana'}");
    chat.isRefused(
        ANA, Code.RULE, "Owners of a room cannot be muted.", "member.mute", "{'user':'ana'}");
  }

  @Test
  void nothingBelongsToNobodyInParticular() {
    Actor nobody = new Actor(AccessCommand.NOBODY, "Guest", Role.EDITOR);
    chat.posts(nobody, "m1", "From a script");
    assertThat(chat.at("people")).isEmpty();
    String sentence = "This needs a name: say who you are.";
    chat.isRefused(nobody, Code.FORBIDDEN, sentence, "message.edit", "{'message':'m1','text':'x'}");
    chat.isRefused(nobody, Code.FORBIDDEN, sentence, "message.delete", "{'message':'m1'}");
    chat.isRefused(nobody, Code.FORBIDDEN, sentence, "read.mark", "{'upto':1}");
  }

  @Test
  void countsHaveTheirMost() {
    for (int i = 0; i <= ChatLimits.MAX_PINNED; i++) {
      chat.posts(ANA, "m" + i, "One");
      if (i < ChatLimits.MAX_PINNED) {
        chat.does(ANA, "message.pin", "{'message':'m%d'}".formatted(i));
      }
    }
    chat.isRefused(
        ANA,
        Code.RULE,
        "A room has at most 20 pinned messages.",
        "message.pin",
        "{'message':'m20'}");
    for (int i = 0; i < ChatLimits.MAX_EMOJI; i++) {
      String emoji = Character.toString(0x1F600 + i);
      chat.does(BO, "message.react", "{'message':'m1','emoji':'%s'}".formatted(emoji));
    }
    chat.isRefused(
        BO,
        Code.RULE,
        "A message has at most 20 different reactions.",
        "message.react",
        "{'message':'m1','emoji':'👍'}");
  }
}

package dev.tutti.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.protocol.RoomName;
import dev.tutti.relay.Delivery;
import dev.tutti.relay.InstanceId;
import dev.tutti.relay.RelayCodec;
import dev.tutti.relay.RelayMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What one instance makes of what another tells of its members, in whatever order that comes. */
class MembersElsewhereTest {
  private static final RoomName ROOM = new RoomName("board:company");
  private static final int LISTED = 3;

  private final InstanceId there = InstanceId.random();
  private final Members theirs = new Members(ROOM, LISTED);
  private final OwnMembers theirOwn = new OwnMembers(theirs, LISTED, 41);
  private final Members everyone = new Members(ROOM, LISTED);
  private final OwnMembers own = new OwnMembers(everyone, LISTED, 7);
  private final MembersElsewhere elsewhere = new MembersElsewhere(everyone, own);
  private long number;
  private long now;

  @Test
  void whatIsToldInOrderIsSeen() {
    join("s1");
    assertThat(hear(told(true))).isTrue();
    join("s2");
    assertThat(hear(told(false))).isTrue();
    leave("s1");
    assertThat(hear(told(false))).isTrue();
    assertThat(seen()).containsExactly("s2");
  }

  @Test
  void aChangeWithoutTheOneBeforeAsksForAll() {
    join("s1");
    told(true);
    join("s2");
    assertThat(hear(told(false))).isFalse();
    assertThat(seen()).isEmpty();
    assertThat(hear(told(true))).isTrue();
    assertThat(seen()).containsExactly("s1", "s2");
  }

  @Test
  void whoHasLeftIsNotBroughtBackByWhatComesLateOrTwice() {
    join("s1");
    Delivery first = told(true);
    join("s2");
    Delivery second = told(false);
    leave("s1");
    leave("s2");
    Delivery end = new Delivery(there, ++number, theirOwn.end().orElseThrow());
    hear(first);
    hear(end);
    hear(second);
    hear(first);
    assertThat(seen()).isEmpty();
    now += MembersElsewhere.SILENT_MILLIS + 1;
    elsewhere.forgetSilent(now);
    hear(first);
    hear(second);
    assertThat(seen()).isEmpty();
    assertThat(everyone.count()).isZero();
  }

  @Test
  void whoIsSilentForFifteenSecondsIsGone() {
    join("s1");
    Delivery told = told(true);
    hear(told);
    now += MembersElsewhere.SILENT_MILLIS;
    elsewhere.forgetSilent(now);
    assertThat(seen()).containsExactly("s1");
    hear(told);
    now++;
    elsewhere.forgetSilent(now);
    assertThat(seen()).isEmpty();
    hear(told(true));
    assertThat(seen()).containsExactly("s1");
  }

  @Test
  void thoseTooManyToBeNamedAreCounted() {
    everyone.join("mine", "me", "Me");
    own.join("mine");
    for (int i = 1; i <= 5; i++) {
      join("s" + i);
    }
    hear(told(true));
    assertThat(seen()).containsExactly("mine", "s1", "s2");
    assertThat(everyone.count()).isEqualTo(6);
    leave("s1");
    hear(told(false));
    assertThat(seen()).containsExactly("mine", "s2", "s3");
    assertThat(everyone.count()).isEqualTo(5);
  }

  @Test
  void nobodyElsewhereCanTakeAwayWhoIsHere() {
    everyone.join("s1", "me", "Me");
    own.join("s1");
    join("s1");
    hear(told(true));
    leave("s1");
    hear(told(false));
    assertThat(seen()).containsExactly("s1");
  }

  @Test
  void aMemberThatIsNoneIsRefused() {
    var members = JsonNodeFactory.instance.objectNode();
    members.putObject("s1").put("user", 7);
    assertThatThrownBy(() -> new RelayMessage.Members(1, true, members, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void join(String session) {
    theirs.join(session, "user-" + session, "Name");
    theirOwn.join(session);
  }

  private void leave(String session) {
    theirs.leave(session);
    theirOwn.leave(session);
  }

  /** What the other instance says now, as it comes over the network. */
  @Test
  void severalChangesThatHaveBecomeOneFollowWhateverTheyBeginBehind() {
    join("s1");
    Delivery all = told(true);
    long version = ((RelayMessage.Members) all.message()).version();
    assertThat(hear(all)).isTrue();
    assertThat(hear(change(version + 5, version, "s2"))).isTrue();
    assertThat(seen()).containsExactly("s1", "s2");
    assertThat(hear(change(version + 9, version + 3, "s3"))).isTrue();
    assertThat(hear(change(version + 12, version + 10, "s4"))).as("one is missing").isFalse();
    assertThat(seen()).containsExactly("s1", "s2", "s3");
    assertThat(hear(told(true))).isTrue();
    assertThat(hear(change(version - 1_000, version - 2_000, "s5"))).isFalse();
  }

  private Delivery change(long version, long since, String session) {
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    members.putObject(session).put("user", "u").put("name", "U").putObject("state");
    var change = new RelayMessage.Members(version, since, false, members, 3);
    var read =
        (RelayCodec.Read.Message) RelayCodec.decode(ByteBuffer.wrap(RelayCodec.encode(change)));
    return new Delivery(there, ++number, read.message());
  }

  private Delivery told(boolean whole) {
    if (whole) {
      theirOwn.tellAll();
    }
    byte[] bytes = RelayCodec.encode(theirOwn.news());
    var read = (RelayCodec.Read.Message) RelayCodec.decode(ByteBuffer.wrap(bytes));
    return new Delivery(there, ++number, read.message());
  }

  private boolean hear(Delivery delivery) {
    return elsewhere.heard(delivery, (RelayMessage.Members) delivery.message(), now);
  }

  private List<String> seen() {
    List<String> sessions = new ArrayList<>();
    everyone.all().members().properties().forEach(entry -> sessions.add(entry.getKey()));
    return sessions;
  }
}

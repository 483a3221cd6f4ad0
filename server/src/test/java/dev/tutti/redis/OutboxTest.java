package dev.tutti.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.EncodedEvent;
import dev.tutti.relay.RelayCodec;
import dev.tutti.relay.RelayMessage;
import dev.tutti.relay.RelayMessage.Events;
import dev.tutti.relay.RelayMessage.Head;
import dev.tutti.relay.RelayMessage.Members;
import dev.tutti.relay.RelayMessage.Signals;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class OutboxTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private record Sent(String channel, RelayMessage message) {}

  private final List<Sent> sent = new ArrayList<>();
  private final ArrayDeque<CompletableFuture<Void>> inFlight = new ArrayDeque<>();
  private final RelayCounts counts = new RelayCounts();
  private final Outbox outbox = new Outbox(this::send, Runnable::run, counts);

  private CompletableFuture<Void> send(String channel, byte[] body) {
    var read = (RelayCodec.Read.Message) RelayCodec.decode(ByteBuffer.wrap(body));
    sent.add(new Sent(channel, read.message()));
    CompletableFuture<Void> done = new CompletableFuture<>();
    inFlight.add(done);
    return done;
  }

  private static Events events(long from, int count, int bytes) {
    return new Events(
        "life",
        LongStream.range(from, from + count)
            .mapToObj(seq -> EncodedEvent.of(seq, new byte[bytes]))
            .toList());
  }

  /** As many publishes in flight as there may be. */
  private void busy() {
    IntStream.range(0, Outbox.MAX_IN_FLIGHT)
        .forEach(i -> outbox.offer("busy", events(i + 1, 1, 1)));
    assertThat(sent).hasSize(Outbox.MAX_IN_FLIGHT);
    sent.clear();
  }

  private void allThrough() {
    while (!inFlight.isEmpty()) {
      inFlight.poll().complete(null);
    }
  }

  private List<Long> seqs(String channel) {
    return sent.stream()
        .filter(of -> of.channel().equals(channel))
        .flatMap(of ->
            of.message() instanceof Events some
                ? some.events().stream().map(EncodedEvent::seq)
                : List.<Long>of().stream())
        .toList();
  }

  @Test
  void atRestAMessageLeavesAtOnce() {
    outbox.offer("a", events(1, 1, 10));
    assertThat(seqs("a")).containsExactly(1L);
  }

  @Test
  void eventsThatComeWhilePublishesAreInFlightLeaveAsOneMessage() {
    busy();
    for (int i = 1; i <= 50; i++) {
      outbox.offer("a", events(i, 1, 100));
    }
    assertThat(sent).isEmpty();
    allThrough();
    assertThat(sent).hasSize(1);
    assertThat(seqs("a")).hasSize(50).isSorted();
  }

  @Test
  void eventsThatDoNotFollowEachOtherStayApart() {
    busy();
    outbox.offer("a", events(1, 1, 100));
    outbox.offer("a", events(3, 1, 100));
    allThrough();
    assertThat(sent).hasSize(2);
  }

  private static Signals cursor(String from, int at) {
    ObjectNode data = NODES.objectNode().put("x", at);
    return new Signals(List.of(new Signals.Signal(from, "cursor", data)));
  }

  private static Members change(long version, String session, int x) {
    ObjectNode members = NODES.objectNode();
    ObjectNode member = members.putObject(session).put("user", "u").put("name", "U");
    member.putObject("state").put("x", x);
    return new Members(version, false, members, 2);
  }

  @Test
  void ofSignalsThatWaitOnlyTheLatestOfEachMemberLeaves() {
    busy();
    for (int i = 1; i <= 1_000; i++) {
      outbox.offer("a", cursor("ana", i));
      outbox.offer("a", events(i, 1, 10));
      outbox.offer("a", cursor("bo", -i));
    }
    allThrough();
    assertThat(seqs("a")).hasSize(1_000).isSorted();
    assertThat(sent).filteredOn(of -> of.message() instanceof Signals).hasSize(1);
    assertThat(sent)
        .extracting(Sent::message)
        .contains(
            new Signals(
                List.of(
                    cursor("ana", 1_000).signals().getFirst(),
                    cursor("bo", -1_000).signals().getFirst())));
    assertThat(counts.unpublished().total()).isZero();
  }

  @Test
  void ofPresenceThatWaitsOnlyTheLatestOfEachMemberLeavesAsOneChange() {
    busy();
    for (int i = 1; i <= 500; i++) {
      outbox.offer("a", change(40 + 2 * i, "s1", i));
      outbox.offer("a", new Head("life", i));
      outbox.offer("a", change(41 + 2 * i, "s2", -i));
    }
    allThrough();
    List<Members> told =
        sent.stream()
            .map(Sent::message)
            .filter(Members.class::isInstance)
            .map(Members.class::cast)
            .toList();
    ObjectNode both = NODES.objectNode();
    both.setAll(change(0, "s1", 500).members());
    both.setAll(change(0, "s2", -500).members());
    assertThat(told).containsExactly(new Members(1_041, 41L, false, both, 2));
  }

  @Test
  void whoLeftIsNotInAListThatWaited() {
    busy();
    ObjectNode all = NODES.objectNode();
    all.setAll(change(0, "s1", 1).members());
    all.setAll(change(0, "s2", 1).members());
    outbox.offer("a", new Members(7, true, all, 2));
    outbox.offer("a", new Members(8, false, NODES.objectNode().putNull("s1"), 1));
    allThrough();
    assertThat(sent)
        .extracting(Sent::message)
        .containsExactly(new Members(8, 6L, true, change(0, "s2", 1).members(), 1));
  }

  @Test
  void presenceThatIsTooLargeTogetherStaysInOrder() {
    busy();
    for (int i = 1; i <= 3; i++) {
      ObjectNode large = change(i, "s" + i, i).members();
      large.withObjectProperty("s" + i).put("name", "n".repeat(200_000));
      outbox.offer("a", new Members(i, false, large, 1));
    }
    outbox.offer("a", new Members(4, false, NODES.objectNode().putNull("s1"), 0));
    allThrough();
    assertThat(sent)
        .extracting(of -> ((Members) of.message()).version())
        .containsExactly(1L, 2L, 4L);
  }

  @Test
  void everyRoomHasItsTurn() {
    busy();
    outbox.offer("a", events(1, 1, 10));
    outbox.offer("a", new Head("life", 9));
    outbox.offer("b", events(1, 1, 10));
    allThrough();
    assertThat(sent).extracting(Sent::channel).containsExactly("a", "b", "a");
  }

  @Test
  void aRoomThatHasTooMuchWaitingIsToldByNumber() {
    busy();
    for (int i = 1; i <= 100; i++) {
      outbox.offer("a", events(i, 1, 100_000));
    }
    allThrough();
    assertThat(sent).extracting(Sent::message).contains(new Head("life", 10));
    assertThat(sent.size()).isLessThan(100);
  }

  @Test
  void ofAllRoomsTogetherNoMoreWaitsThanItsBound() {
    busy();
    int rooms = 2 * Outbox.MAX_BYTES / 200_000;
    for (int i = 0; i < rooms; i++) {
      outbox.offer("r" + i, events(1, 2, 100_000));
      assertThat(outbox.waitingBytes()).isLessThanOrEqualTo(Outbox.MAX_BYTES);
    }
    allThrough();
    assertThat(sent).hasSize(rooms);
    assertThat(sent.getFirst().message()).isInstanceOf(Events.class);
    assertThat(sent.getLast().message()).isEqualTo(new Head("life", 2));
    assertThat(outbox.waitingBytes()).isZero();
  }

  @Test
  void aRoomBeyondThoseThatMayWaitIsDroppedAndCounted() {
    busy();
    for (int i = 0; i < Outbox.MAX_ROOMS + 3; i++) {
      outbox.offer("r" + i, new Head("life", 1));
    }
    assertThat(counts.unpublished().total()).isEqualTo(3);
    allThrough();
    assertThat(sent).hasSize(Outbox.MAX_ROOMS);
  }

  @Test
  void ofOneRoomNoMoreMessagesWaitThanMay() {
    busy();
    for (int i = 0; i < Outbox.MAX_ROOM_MESSAGES + 3; i++) {
      outbox.offer("a", events(2 * i + 1, 1, 10)); // None follows the one before.
    }
    assertThat(counts.unpublished().total()).isEqualTo(3);
    allThrough();
    assertThat(sent).hasSize(Outbox.MAX_ROOM_MESSAGES);
  }

  @Test
  void afterItsEndNothingLeaves() {
    busy();
    outbox.offer("a", events(1, 1, 10));
    outbox.close();
    outbox.offer("a", events(2, 1, 10));
    allThrough();
    assertThat(sent).isEmpty();
    assertThat(counts.unpublished().total()).isEqualTo(2);
  }
}

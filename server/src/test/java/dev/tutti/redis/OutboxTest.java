package dev.tutti.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.EncodedEvent;
import dev.tutti.relay.RelayCodec;
import dev.tutti.relay.RelayMessage;
import dev.tutti.relay.RelayMessage.Events;
import dev.tutti.relay.RelayMessage.Head;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OutboxTest {
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

package dev.tutti.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.RoomName;
import dev.tutti.relay.RelayMessage.Events;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What holds of a relay between instances while nothing is wrong. */
public abstract class FleetRelayContract extends RelayContract {
  /** A room that only {@link #settle} uses. */
  private static final RoomName MARK = new RoomName("board:mark");

  @Override
  protected void settle(Relay relay) {
    Heard mark = open(relay(1), MARK);
    relay(0).publish(MARK, events(1, 1));
    until(() -> !mark.deliveries().isEmpty());
  }

  @Test
  void whatIsPublishedOnceARoomIsOpenArrives() {
    for (int i = 0; i < 200; i++) {
      RoomName room = new RoomName("board:r" + i);
      Heard heard = open(relay(1), room);
      relay(0).publish(room, events(7, 1));
      until(() -> !heard.deliveries().isEmpty());
      assertThat(heard.seqs()).containsExactly(7L);
    }
  }

  @Test
  void everyInstanceThatHasTheRoomOpenHears() {
    Heard one = open(relay(1), ROOM);
    Heard two = open(relay(2), ROOM);
    relay(0).publish(ROOM, events(1, 2));
    until(() -> one.seqs().size() == 2 && two.seqs().size() == 2);
    assertThat(one.deliveries().getFirst().from()).isEqualTo(relay(0).instance());
  }

  @Test
  void theBytesOfAnEventArriveAsTheyWere() {
    Heard heard = open(relay(1), ROOM);
    EncodedEvent event = event(3, "{\"title\":\"Grüße, 漢字 \uD83C\uDFBB\"}");
    relay(0).publish(ROOM, new Events(EPOCH, List.of(event)));
    until(() -> !heard.deliveries().isEmpty());
    Events arrived = (Events) heard.deliveries().getFirst().message();
    assertThat(arrived.epoch()).isEqualTo(EPOCH);
    assertThat(arrived.events().getFirst().json()).isEqualTo(event.json());
  }

  @Test
  void aHeadArrives() {
    Heard heard = open(relay(1), ROOM);
    relay(0).publish(ROOM, new RelayMessage.Head(EPOCH, 41));
    until(() -> !heard.deliveries().isEmpty());
    assertThat(heard.deliveries().getFirst().message()).isEqualTo(new RelayMessage.Head(EPOCH, 41));
  }

  @Test
  void manyEventsOfOneRoomArriveInOrder() {
    Heard heard = open(relay(1), ROOM);
    for (int i = 0; i < 500; i++) {
      relay(0).publish(ROOM, events(1 + 2L * i, 2));
    }
    until(() -> heard.seqs().size() == 1_000);
    assertThat(heard.seqs()).containsExactlyElementsOf(LongStream.range(1, 1_001).boxed().toList());
    assertThat(heard.deliveries().stream().map(Delivery::number))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void aRoomHearsNothingOfAnother() {
    Heard heard = open(relay(1), ROOM);
    relay(0).publish(new RoomName("board:other"), events(1, 1));
    settle(relay(0));
    assertThat(heard.deliveries()).isEmpty();
  }

  @Test
  void aClosedRoomHearsNothing() {
    Heard heard = open(relay(1), ROOM);
    relay(1).close(ROOM);
    relay(0).publish(ROOM, events(1, 1));
    settle(relay(0));
    assertThat(heard.deliveries()).isEmpty();
  }

  @Test
  void aRoomThatIsOpenedAgainHearsOnce() {
    for (int i = 1; i <= 50; i++) {
      Heard before = open(relay(1), ROOM);
      relay(1).close(ROOM);
      Heard now = open(relay(1), ROOM);
      relay(0).publish(ROOM, events(i, 1));
      until(() -> !now.deliveries().isEmpty());
      assertThat(before.deliveries()).isEmpty();
      assertThat(now.seqs()).containsExactly((long) i);
      relay(1).close(ROOM);
    }
  }

  @Test
  void whatComesIsHandedOverOnTheHome() {
    ThreadLocal<Boolean> atHome = ThreadLocal.withInitial(() -> false);
    List<Boolean> heard = new CopyOnWriteArrayList<>();
    var opened = relay(1).open(ROOM, task -> run(task, atHome), _ -> heard.add(atHome.get()));
    until(opened::isDone);
    relay(0).publish(ROOM, events(1, 1));
    until(() -> !heard.isEmpty());
    assertThat(heard).containsOnly(true);
  }

  private static void run(Runnable task, ThreadLocal<Boolean> mark) {
    mark.set(true);
    try {
      task.run();
    } finally {
      mark.remove();
    }
  }

  @Test
  void anEventThatIsTooLargeIsToldByItsNumber() {
    Heard heard = open(relay(1), ROOM);
    EncodedEvent large = event(5, "{\"text\":\"" + "x".repeat(2_000_000) + "\"}");
    relay(0).publish(ROOM, new Events(EPOCH, List.of(event(4, "{}"), large, event(6, "{}"))));
    until(() -> heard.seqs().size() == 3);
    assertThat(heard.seqs()).containsExactly(4L, 5L, 6L);
  }

  @Test
  void aMegabyteOfEventsArrives() {
    Heard heard = open(relay(1), ROOM);
    String patch = "{\"text\":\"" + "x".repeat(10_000) + "\"}";
    List<EncodedEvent> many =
        LongStream.rangeClosed(1, 200).mapToObj(seq -> event(seq, patch)).toList();
    relay(0).publish(ROOM, new Events(EPOCH, many));
    until(() -> heard.seqs().size() == 200);
    assertThat(heard.seqs()).isSorted();
  }
}

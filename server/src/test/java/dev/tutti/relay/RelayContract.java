package dev.tutti.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.RoomName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What holds of every relay, also of one that has nobody to talk to. */
public abstract class RelayContract {
  protected static final RoomName ROOM = new RoomName("board:one");
  protected static final String EPOCH = "6a-1-4000-life";

  /** An instance's relay, one that is connected; the same for the same number. */
  protected abstract Relay relay(int instance);

  /** Lets time pass until something is so; fails when it takes too long. */
  protected abstract void until(BooleanSupplier condition);

  /** What came to one room of one instance. */
  protected static final class Heard implements Relay.Receiver {
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

    @Override
    public void received(Delivery delivery) {
      deliveries.add(delivery);
    }

    public List<Delivery> deliveries() {
      return deliveries;
    }

    /** The numbers of all events, in the order of arrival. */
    public List<Long> seqs() {
      return deliveries.stream()
          .flatMap(delivery ->
              switch (delivery.message()) {
                case RelayMessage.Events events -> events.events().stream().map(EncodedEvent::seq);
                case RelayMessage.Head head -> LongStream.of(head.seq()).boxed();
                default -> java.util.stream.Stream.<Long>empty();
              })
          .toList();
    }
  }

  /** Opens a room, and returns when it hears. */
  protected final Heard open(Relay relay, RoomName room) {
    Heard heard = new Heard();
    var opened = relay.open(room, Runnable::run, heard);
    until(opened::isDone);
    return heard;
  }

  protected static RelayMessage events(long from, int count) {
    return new RelayMessage.Events(
        EPOCH, LongStream.range(from, from + count).mapToObj(seq -> event(seq, "{}")).toList());
  }

  protected static EncodedEvent event(long seq, String patch) {
    String json = "{\"seq\":" + seq + ",\"patch\":" + patch + "}";
    return EncodedEvent.of(seq, json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void nobodyReceivesTheirOwn() {
    Relay relay = relay(0);
    Heard heard = open(relay, ROOM);
    relay.publish(ROOM, events(1, 1));
    settle(relay);
    assertThat(heard.deliveries()).isEmpty();
  }

  /** When this returns, what was published before has arrived. */
  protected void settle(Relay relay) {}

  @Test
  void aRoomThatNobodyHasOpenIsClosedWithoutHarm() {
    assertThatCode(() -> relay(0).close(new RoomName("board:never"))).doesNotThrowAnyException();
  }

  @Test
  void publishingWhereNobodyListensDoesNoHarm() {
    assertThatCode(() -> relay(0).publish(new RoomName("board:nobody"), events(1, 3)))
        .doesNotThrowAnyException();
  }

  @Test
  void eachInstanceHasANameOfItsOwn() {
    assertThat(relay(0).instance()).isEqualTo(relay(0).instance());
    assertThat(relay(0).instance()).isNotEqualTo(relay(1).instance());
  }

  @Test
  void itSaysThatItIsConnected() {
    assertThat(relay(0).connected()).isTrue();
  }

  @Test
  void aClosedRelayHearsAndSaysNothing() {
    Relay relay = relay(2);
    Heard heard = open(relay(0), ROOM);
    relay.close();
    relay.publish(ROOM, events(1, 1));
    settle(relay(0));
    assertThat(heard.deliveries()).isEmpty();
  }
}

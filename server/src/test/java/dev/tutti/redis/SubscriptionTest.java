package dev.tutti.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.relay.Delivery;
import dev.tutti.relay.InstanceId;
import dev.tutti.relay.RelayCodec;
import dev.tutti.relay.RelayMessage.Head;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class SubscriptionTest {
  private static final int MESSAGE_BYTES = 1024; // As little as any message weighs.

  private final Identity identity = Identity.of(Relays.SECRET);
  private final Queue<Runnable> home = new ArrayDeque<>();
  private final List<Delivery> heard = new ArrayList<>();
  private final Subscription room = new Subscription("a", identity, home::add, heard::add);

  @Test
  void noMoreWaitsForTheHomeThanItsBoundAndTheRestIsCounted() {
    InstanceId other = InstanceId.random();
    int fit = Subscription.MAX_WAITING_BYTES / MESSAGE_BYTES;
    for (int i = 1; i <= fit + 5; i++) {
      room.arrived(identity.seal().seal("a", other, i, RelayCodec.encode(new Head("life", i))));
    }
    assertThat(identity.counts().overflown().total()).isEqualTo(5);
    assertThat(identity.counts().waitingBytes().sum()).isEqualTo(Subscription.MAX_WAITING_BYTES);
    assertThat(heard).isEmpty();
    home.forEach(Runnable::run);
    assertThat(heard).hasSize(fit);
    assertThat(identity.counts().waitingBytes().sum()).isZero();
  }
}

package dev.tutti.redis;

import dev.tutti.relay.Delivery;
import dev.tutti.relay.InstanceId;
import dev.tutti.relay.Relay.Receiver;
import dev.tutti.relay.RelayCodec;
import dev.tutti.relay.RelayMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One room that is open here. What arrives waits for the room's home and is read there, not where
 * it arrives.
 */
final class Subscription {
  /** Bytes that may wait for the home; a message beyond them is dropped. */
  static final int MAX_WAITING_BYTES = 4 * 1024 * 1024;

  /** Messages weigh at least this much. */
  private static final int MIN_WEIGHT_BYTES = 1024;

  /** Instances whose last number is remembered. */
  private static final int MAX_SENDERS = 64;

  private final String channel;
  private final Identity identity;
  private final RelayCounts counts;
  private final Executor home;
  private final Receiver receiver;
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private final AtomicInteger waitingBytes = new AtomicInteger();

  /** The number of the last message of each instance. Owned by the home. */
  private final Map<InstanceId, Long> last = new LinkedHashMap<>(8, 0.75f, true);

  Subscription(String channel, Identity identity, Executor home, Receiver receiver) {
    this.channel = channel;
    this.identity = identity;
    this.counts = identity.counts();
    this.home = home;
    this.receiver = receiver;
  }

  String channel() {
    return channel;
  }

  /** Complete when it receives, or when a comparison with the journal will follow. */
  CompletableFuture<Void> opened() {
    return opened;
  }

  /** A message has arrived, of anybody. On the connection's thread. */
  void arrived(byte[] message) {
    if (message.length > Outbox.MAX_MESSAGE_BYTES + Seal.BYTES + MIN_WEIGHT_BYTES) {
      counts.refused().increment();
      return;
    }
    int weight = Math.max(message.length, MIN_WEIGHT_BYTES);
    if (waitingBytes.addAndGet(weight) > MAX_WAITING_BYTES) {
      waitingBytes.addAndGet(-weight);
      counts.overflown().increment();
      return;
    }
    counts.waitingBytes().add(weight);
    home.execute(() -> {
      waitingBytes.addAndGet(-weight);
      counts.waitingBytes().add(-weight);
      read(message);
    });
  }

  private void read(byte[] message) {
    var claimed = Seal.read(message);
    if (claimed.isEmpty()) {
      counts.refused().increment();
    } else if (!claimed.get().from().equals(identity.self())) {
      read(claimed.get());
    }
  }

  private void read(Seal.Claimed claimed) {
    if (!identity.seal().proves(channel, claimed)) {
      counts.refused().increment();
      return;
    }
    if (claimed.number() <= last.getOrDefault(claimed.from(), 0L)) {
      counts.repeated().increment();
      return;
    }
    last.put(claimed.from(), claimed.number());
    if (last.size() > MAX_SENDERS) {
      last.remove(last.keySet().iterator().next());
    }
    switch (RelayCodec.decode(claimed.content())) {
      case RelayCodec.Read.Message(RelayMessage content) -> {
        counts.received().increment();
        receiver.received(new Delivery(claimed.from(), claimed.number(), content));
      }
      case RelayCodec.Read.Unknown() -> {
        // Of an instance that is newer than this one.
      }
      case RelayCodec.Read.Malformed() -> counts.refused().increment();
    }
  }
}

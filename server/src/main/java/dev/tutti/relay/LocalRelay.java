package dev.tutti.relay;

import dev.tutti.protocol.RoomName;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The relay of an instance that has no other to talk to. */
public final class LocalRelay implements Relay {
  private final InstanceId instance = InstanceId.random();

  @Override
  public InstanceId instance() {
    return instance;
  }

  @Override
  public void publish(RoomName room, RelayMessage message) {}

  @Override
  public CompletableFuture<Void> open(RoomName room, Executor home, Receiver receiver) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close(RoomName room) {}

  @Override
  public boolean connected() {
    return true;
  }

  @Override
  public void onChange(Listener listener) {}

  @Override
  public void close() {}
}

package dev.tutti.relay;

import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.RoomName;
import java.util.List;

/** The relay of an instance that has no other to talk to. */
public final class LocalRelay implements Relay {
  @Override
  public void publish(RoomName room, String epoch, List<EncodedEvent> events) {}

  @Override
  public void open(RoomName room, Receiver receiver) {}

  @Override
  public void close(RoomName room) {}

  @Override
  public void close() {}
}

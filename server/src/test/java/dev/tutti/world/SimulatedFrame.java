package dev.tutti.world;

import dev.tutti.fanout.Format;
import dev.tutti.fanout.Frame;
import dev.tutti.probe.Promise;

/** A payload that knows whether it was released. */
final class SimulatedFrame implements Frame {
  private final byte[] payload;
  private boolean released;

  private SimulatedFrame(byte[] payload) {
    this.payload = payload;
  }

  static Frame of(Format format, byte[] payload, String id) {
    return new SimulatedFrame(payload);
  }

  byte[] payload() {
    if (released) {
      throw new Broken(Promise.FRAMES_ARE_RELEASED_ONCE, "A released frame was written.");
    }
    return payload;
  }

  @Override
  public void release() {
    if (released) {
      throw new Broken(Promise.FRAMES_ARE_RELEASED_ONCE, "A frame was released twice.");
    }
    released = true;
  }
}

package dev.tutti.transport;

import java.util.Optional;
import java.util.function.Consumer;

/** What monitoring reads at {@code GET /metrics}, and who may. Asked on event loops. */
public interface Exposition {
  /** The media type of what is read: Prometheus' text format. */
  String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** What becomes of somebody who asks. */
  enum Visitor {
    READER,
    /** Must bring another token. */
    NEEDS_TOKEN,
    /** Comes from elsewhere, and no token would help. */
    STRANGER,
    /** There is nothing to read. */
    NOBODY
  }

  /**
   * Whether somebody may read.
   *
   * @param near whether the request comes from this machine, and not for somebody behind a proxy
   * @param token the bearer token that came with it
   */
  Visitor visitor(boolean near, Optional<String> token);

  /**
   * Reads. Must not block; {@code to} is called once, on any thread, with nothing when too many ask
   * at once.
   */
  void read(Consumer<byte[]> to);

  /** There is nothing to read. */
  Exposition NONE =
      new Exposition() {
        @Override
        public Visitor visitor(boolean near, Optional<String> token) {
          return Visitor.NOBODY;
        }

        @Override
        public void read(Consumer<byte[]> to) {
          to.accept(new byte[0]);
        }
      };
}

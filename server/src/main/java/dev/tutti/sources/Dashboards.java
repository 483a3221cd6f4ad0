package dev.tutti.sources;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.dashboard.Reading;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** What sources need of the rooms. Any thread. */
public interface Dashboards {
  /** Why readings were not taken. */
  record Refusal(Code code, String sentence) {}

  /** Tells how many look at a room, on all instances. */
  void watching(RoomName room, IntConsumer count);

  /**
   * Posts readings, of which all are taken or none.
   *
   * @param answered told what came of it; nothing when they were taken
   */
  void post(RoomName room, List<Reading> readings, Consumer<Optional<Refusal>> answered);
}

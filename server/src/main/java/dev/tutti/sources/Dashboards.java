package dev.tutti.sources;

import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.dashboard.Reading;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** What sources need of the rooms. Any thread. */
public interface Dashboards {
  /** Tells how many look at a room, on all instances. */
  void watching(RoomName room, IntConsumer count);

  /**
   * Posts readings.
   *
   * @param refused told a sentence when they were not taken
   */
  void post(RoomName room, List<Reading> readings, Consumer<String> refused);
}

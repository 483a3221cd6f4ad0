package dev.tutti.sources;

import dev.tutti.protocol.RoomName;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JsonPointer;

/**
 * One address that is asked again and again.
 *
 * @param name for logs, and for the lock that one instance holds
 * @param url http or https
 * @param interval between two questions
 * @param always whether it is asked while nobody looks, too
 */
record Source(
    String name,
    URI url,
    Headers headers,
    Duration interval,
    boolean always,
    List<Target> targets) {

  /**
   * Where a part of the answer goes.
   *
   * @param series empty for the one that needs no name
   */
  record Target(JsonPointer pointer, RoomName room, String widget, String series) {}

  Set<RoomName> rooms() {
    return targets.stream().map(Target::room).collect(Collectors.toSet());
  }

  /** Without the address, which may hold a key, and without the headers. */
  @Override
  public String toString() {
    return "source " + name;
  }
}

package dev.tutti.room;

import dev.tutti.protocol.RoomName;
import dev.tutti.rules.RoomRules;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The room types of this server. Immutable. */
public final class Rulesets {
  private final Map<String, Ruleset> byType;

  private Rulesets(Map<String, Ruleset> byType) {
    this.byType = Map.copyOf(byType);
  }

  /** All room types on the class path. */
  @SuppressWarnings("rawtypes") // A service is looked up by its raw class.
  public static Rulesets installed() {
    ServiceLoader<RoomRules> found = ServiceLoader.load(RoomRules.class);
    return of(found.stream().<RoomRules<?>>map(p -> p.get()).toList());
  }

  /**
   * These room types.
   *
   * @throws IllegalArgumentException when two are of one type
   */
  public static Rulesets of(Collection<? extends RoomRules<?>> rules) {
    Map<String, Ruleset> byType = new TreeMap<>();
    for (RoomRules<?> type : rules) {
      if (byType.put(type.type(), new Ruleset(type)) != null) {
        throw new IllegalArgumentException("Two sets of rules for rooms of type " + type.type());
      }
    }
    return new Rulesets(byType);
  }

  /** The rules of a room, if its type is installed. */
  public Optional<Ruleset> of(RoomName room) {
    return Optional.ofNullable(byType.get(room.type()));
  }
}

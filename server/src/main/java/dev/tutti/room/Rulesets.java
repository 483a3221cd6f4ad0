package dev.tutti.room;

import dev.tutti.protocol.RoomName;
import dev.tutti.rules.RoomRules;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The room types of this server. Immutable. */
public final class Rulesets {
  private final Map<String, Ruleset> byType;

  private Rulesets(Map<String, Ruleset> byType) {
    this.byType = Map.copyOf(byType);
  }

  /**
   * These room types, which come with the server.
   *
   * @throws IllegalArgumentException when two are of one type
   */
  public static Rulesets of(Collection<? extends RoomRules<?>> own) {
    Map<String, Ruleset> byType = new TreeMap<>();
    for (RoomRules<?> rules : own) {
      add(rules.type(), new Ruleset(rules), byType);
    }
    return new Rulesets(byType);
  }

  /**
   * With one more room type, which comes from elsewhere: it decides on a thread of its own, and
   * what it decides is looked at.
   *
   * @throws IllegalArgumentException when there is one of that type, or it is no type
   */
  public Rulesets withForeign(RoomRules<?> rules, RulesWatch watch) {
    String type = rules.type();
    if (type == null || !RoomName.isWellFormed(type + ":x") || type.equals(Importer.HIDDEN_TYPE)) {
      throw new IllegalArgumentException("\"" + type + "\" cannot be a type of rooms");
    }
    Map<String, Ruleset> all = new TreeMap<>(byType);
    if (all.containsKey(type)) {
      throw new IllegalArgumentException("there are rooms of type " + type + " already");
    }
    add(type, Ruleset.foreign(rules, watch), all);
    return new Rulesets(all);
  }

  /** The same types, but that they keep for so long what they do not keep for ever. */
  public Rulesets keeping(Duration age) {
    Map<String, Ruleset> all = new TreeMap<>();
    byType.forEach((type, rules) -> all.put(type, rules.keeping(age)));
    return new Rulesets(all);
  }

  private static void add(String type, Ruleset rules, Map<String, Ruleset> to) {
    if (to.put(type, rules) != null) {
      throw new IllegalArgumentException("Two sets of rules for rooms of type " + type);
    }
  }

  /** The rules of a room, if its type is installed. */
  public Optional<Ruleset> of(RoomName room) {
    return Optional.ofNullable(byType.get(room.type()));
  }
}

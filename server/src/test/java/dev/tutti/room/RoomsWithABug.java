package dev.tutti.room;

import dev.tutti.protocol.RoomName;
import dev.tutti.relay.Delivery;
import dev.tutti.relay.RelayMessage;
import java.util.List;

/** Rooms with a planted bug. */
public final class RoomsWithABug extends Rooms {
  /** What is wrong with them. */
  public enum Bug {
    /** What they did not receive they never ask for. */
    IGNORES_GAPS,
    /** An event from the relay is the next one, whatever its number. */
    TAKES_ANY_EVENT,
    /** What members of other instances say in passing is heard as often as it comes. */
    HEARS_SIGNALS_TWICE,
    /** Members of an instance that fell silent stay. */
    NEVER_FORGETS,
    /** A round that loses is not decided again. */
    LOSES_FOR_GOOD,
    /** Where the journal has let go of what is missing, it waits for it. */
    WAITS_FOR_WHAT_IS_GONE
  }

  private final Bug bug;

  public RoomsWithABug(Rulesets rulesets, RoomContext context, List<Home> homes, Bug bug) {
    super(rulesets, context, homes);
    this.bug = bug;
  }

  @Override
  Room room(RoomName name, Ruleset rules, Home home, RoomContext context) {
    return new Room(name, rules, home, context) {
      private long deliveries = 1L << 40;

      @Override
      void heard(long seq) {
        if (bug != Bug.IGNORES_GAPS) {
          super.heard(seq);
        }
      }

      @Override
      boolean follows(long seq) {
        return bug == Bug.TAKES_ANY_EVENT || super.follows(seq);
      }

      @Override
      void relayed(Delivery delivery) {
        boolean renumbered =
            bug == Bug.HEARS_SIGNALS_TWICE && delivery.message() instanceof RelayMessage.Signals;
        super.relayed(
            renumbered
                ? new Delivery(delivery.from(), deliveries++, delivery.message())
                : delivery);
      }

      @Override
      void beat() {
        if (bug != Bug.NEVER_FORGETS) {
          super.beat();
        }
      }

      @Override
      boolean isCutOff(Recovery recovered) {
        return bug != Bug.WAITS_FOR_WHAT_IS_GONE && super.isCutOff(recovered);
      }

      @Override
      void lost(Round round) {
        if (bug != Bug.LOSES_FOR_GOOD) {
          super.lost(round);
        }
      }
    };
  }
}

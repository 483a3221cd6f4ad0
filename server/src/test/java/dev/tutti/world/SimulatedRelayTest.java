package dev.tutti.world;

import dev.tutti.relay.FleetRelayContract;
import dev.tutti.relay.Relay;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

class SimulatedRelayTest extends FleetRelayContract {
  private static final int MAX_STEPS = 10_000;

  private final World world = World.of(0, 1);
  private final Map<Integer, Relay> relays = new HashMap<>();

  @Override
  protected Relay relay(int instance) {
    return relays.computeIfAbsent(instance, i -> world.relay().connect());
  }

  @Override
  protected void until(BooleanSupplier condition) {
    for (int i = 0; !condition.getAsBoolean(); i++) {
      if (i == MAX_STEPS) {
        throw new AssertionError("It does not happen.");
      }
      world.schedule().run(1_000);
    }
  }
}

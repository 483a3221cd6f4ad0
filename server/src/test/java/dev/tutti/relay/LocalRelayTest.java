package dev.tutti.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

class LocalRelayTest extends RelayContract {
  private final Map<Integer, Relay> relays = new HashMap<>();

  @Override
  protected Relay relay(int instance) {
    return relays.computeIfAbsent(instance, i -> new LocalRelay());
  }

  @Override
  protected void until(BooleanSupplier condition) {
    assertThat(condition.getAsBoolean()).isTrue();
  }
}

package dev.tutti.relay;

import java.util.Objects;
import java.util.UUID;

/** One start of one instance. An instance that starts again is another. */
public record InstanceId(UUID value) {
  public InstanceId {
    Objects.requireNonNull(value, "value");
  }

  /** One that nobody has had before. */
  public static InstanceId random() {
    return new InstanceId(UUID.randomUUID());
  }

  @Override
  public String toString() {
    return value.toString().substring(0, 8);
  }
}

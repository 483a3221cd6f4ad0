package dev.tutti.chaos;

import dev.tutti.fault.Proxy;
import dev.tutti.fleet.FleetPlan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** A proxy on every way from an instance to PostgreSQL and to Redis. */
final class Links implements FleetPlan.Routes, AutoCloseable {
  private final Map<Integer, Proxy> toPostgres = new ConcurrentHashMap<>();
  private final Map<Integer, Proxy> toRedis = new ConcurrentHashMap<>();

  @Override
  public int toPostgres(int instance, int port) {
    return toPostgres.computeIfAbsent(instance, _ -> Proxy.before(port)).port();
  }

  @Override
  public int toRedis(int instance, int port) {
    return toRedis.computeIfAbsent(instance, _ -> Proxy.before(port)).port();
  }

  /** The way of one instance to PostgreSQL. */
  Proxy postgres(int instance) {
    return Objects.requireNonNull(toPostgres.get(instance));
  }

  /** The way of one instance to Redis. */
  Proxy redis(int instance) {
    return Objects.requireNonNull(toRedis.get(instance));
  }

  /** All ways to Redis. */
  List<Proxy> redis() {
    return List.copyOf(toRedis.values());
  }

  @Override
  public void close() {
    toPostgres.values().forEach(Proxy::close);
    toRedis.values().forEach(Proxy::close);
  }
}

package dev.tutti.redis;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where Redis is. Holds a secret, prints none.
 *
 * @param addresses one server, or some nodes of a Cluster
 * @param tls whether connections are encrypted, and the server's certificate is checked
 * @param authorities certificates that are trusted, as PEM; empty for those that Java trusts
 * @param user empty for the default user
 * @param password empty where there is none
 */
public record RedisSettings(
    List<Address> addresses,
    boolean tls,
    Optional<Path> authorities,
    String user,
    String password) {

  /** A host by name or number, and a port. */
  public record Address(String host, int port) {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  public RedisSettings {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("No address of Redis.");
    }
  }

  /** The addresses, for people. */
  @Override
  public String toString() {
    return String.join(", ", addresses.stream().map(Address::toString).toList());
  }
}

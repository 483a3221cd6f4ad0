package dev.tutti.postgres;

/**
 * Where the journal's PostgreSQL is, and how hard it is used.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/database?option=value}
 * @param user empty where the address names it
 * @param password empty where there is none, or the address holds it
 * @param lanes connections that append, {@value #MIN_LANES} to {@value #MAX_LANES}
 * @param readers connections that read, 1 to {@value #MAX_READERS}
 * @param acceptVolatile whether a PostgreSQL that may lose what it confirmed is accepted
 */
public record PostgresSettings(
    String jdbcUrl, String user, String password, int lanes, int readers, boolean acceptVolatile) {
  public static final int MIN_LANES = 1;
  public static final int MAX_LANES = 8;
  public static final int MAX_READERS = 32;
  public static final int DEFAULT_LANES = 2;
  public static final int DEFAULT_READERS = 4;

  public PostgresSettings {
    if (lanes < MIN_LANES || lanes > MAX_LANES || readers < 1 || readers > MAX_READERS) {
      throw new IllegalArgumentException(
          "Lanes are %d to %d, readers 1 to %d.".formatted(MIN_LANES, MAX_LANES, MAX_READERS));
    }
    if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("A PostgreSQL address starts with jdbc:postgresql:");
    }
  }

  /** The defaults over one PostgreSQL. */
  public static PostgresSettings of(String jdbcUrl, String user, String password) {
    return new PostgresSettings(jdbcUrl, user, password, DEFAULT_LANES, DEFAULT_READERS, false);
  }

  public PostgresSettings withLanes(int count) {
    return new PostgresSettings(jdbcUrl, user, password, count, readers, acceptVolatile);
  }

  public PostgresSettings acceptingVolatile() {
    return new PostgresSettings(jdbcUrl, user, password, lanes, readers, true);
  }

  @Override
  public String toString() {
    return "PostgreSQL of " + (user.isEmpty() ? "the address's user" : user);
  }
}

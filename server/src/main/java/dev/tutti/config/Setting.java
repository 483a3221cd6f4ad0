package dev.tutti.config;

import dev.tutti.protocol.Limits;
import java.util.Locale;
import java.util.Optional;

/**
 * The one table of settings, in the order of {@code --help}. Each is an option of {@code serve} and
 * an environment variable; secrets are never options, because a command line can be read by every
 * user of a machine.
 */
public enum Setting {
  HOST(Section.NETWORK, "--host", "ADDRESS", "127.0.0.1", "The address to bind to."),
  PORT(Section.NETWORK, "--port", "PORT", 8080, 0, 65_535, "The TCP port; 0 takes a free one."),
  ALLOW_ORIGIN(
      Section.NETWORK,
      "--allow-origin",
      "ORIGIN",
      "",
      "Pages from elsewhere that may connect, such as https://app.example.com,"
          + " https://*.example.com or http://localhost:*; may be given several times, or with"
          + " commas. Pages that this server serves always may."),
  TLS_CERT(
      Section.NETWORK,
      "--tls-cert",
      "FILE",
      "",
      "Serve https and wss with this certificate chain, a PEM file; needs --tls-key. Read once, at"
          + " the start."),
  TLS_KEY(
      Section.NETWORK, "--tls-key", "FILE", "", "Its private key, a PEM file without a password."),
  LOOPS(
      Section.NETWORK,
      "--loops",
      "N",
      "cores",
      "Event loops, which carry sockets and rooms; a number from 1 to 256, or one for each core."),
  MAX_CONNECTIONS(
      Section.NETWORK, "--max-connections", "N", 50_000, 1, 10_000_000, "Open connections."),
  MAX_CONNECTIONS_PER_ADDRESS(
      Section.NETWORK,
      "--max-connections-per-address",
      "N",
      1_000,
      1,
      10_000_000,
      "Open connections from one address; connections from this machine do not count, since they"
          + " may be a proxy's. Of those through --trusted-proxies WebSockets and streams count,"
          + " each for the address that it comes from."),
  TRUSTED_PROXIES(
      Section.NETWORK,
      "--trusted-proxies",
      "RANGE",
      "",
      "Addresses of load balancers in front, such as 10.1.2.3, 10.0.0.0/8 or fd00::/8; may be given"
          + " several times, or with commas. What they say in X-Forwarded-For (or Forwarded, where"
          + " that is missing) is taken for the address of whoever asks; what others say is not."),
  MAX_HANDSHAKES_PER_SECOND(
      Section.NETWORK,
      "--max-handshakes-per-second",
      "N",
      2_000,
      1,
      1_000_000,
      "WebSockets and streams that are let in each second. Those beyond it wait, 5 s at most; who"
          + " would have to wait longer is told when to come back."),
  COMPRESSION(
      Section.NETWORK, "--compression", "Offer permessage-deflate: less traffic for more work."),
  DRAIN(
      Section.NETWORK,
      "--drain-seconds",
      "SECONDS",
      10,
      0,
      600,
      "How long a shut-down may take to answer what it has taken and to say good-bye."),
  DRAIN_NOTICE_MILLIS(
      Section.NETWORK,
      "--drain-notice-millis",
      "MILLIS",
      0,
      0,
      600_000,
      "How long a server that is told to end still accepts connections while it says that it is"
          + " not ready: as long as a load balancer takes to see that."),
  RETURNS_PER_SECOND(
      Section.NETWORK,
      "--returns-per-second",
      "N",
      500,
      1,
      1_000_000,
      "How many clients a shut-down tells to come back each second; the last of 1,000 comes after"
          + " 2.5 s at 500."),

  ALLOW_GUESTS(
      Section.ACCESS,
      "--allow-guests",
      "",
      "on loopback",
      "Let people in without an account; --no-allow-guests asks everyone for a token."),
  GUEST_ROLE(
      Section.ACCESS, "--guest-role", "ROLE", "editor", "Of every guest: viewer, editor or owner."),
  TOKEN_SECRET_FILE(
      Section.ACCESS,
      "--token-secret-file",
      "FILE",
      "",
      "Holds the secret that signs tokens (HS256), at least 32 bytes. Without one the server makes"
          + " its own, token.secret in the data directory."),
  TOKEN_SECRET(
      Section.ACCESS, "", "TEXT", "", "The secret itself, in the place of --token-secret-file."),
  TOKEN_ISSUER(
      Section.ACCESS, "--token-issuer", "TEXT", "tutti", "The iss that a token must have."),
  TOKEN_AUDIENCE(
      Section.ACCESS, "--token-audience", "TEXT", "tutti", "The aud that a token must have."),
  TOKEN_SKEW(
      Section.ACCESS,
      "--token-skew-seconds",
      "SECONDS",
      30,
      0,
      60,
      "How far the issuer's clock may be ahead; a token's expiry is never stretched."),

  DATA(
      Section.STORAGE,
      "--data",
      "DIRECTORY",
      "./data",
      "Holds the embedded PostgreSQL and the server's own secret."),
  POSTGRES_URL(
      Section.STORAGE,
      "--postgres-url",
      "URL",
      "",
      "An external PostgreSQL in the place of the embedded one, such as"
          + " postgresql://db.example.com/tutti."),
  POSTGRES_USER(Section.STORAGE, "--postgres-user", "NAME", "", "Its user."),
  POSTGRES_PASSWORD_FILE(
      Section.STORAGE, "--postgres-password-file", "FILE", "", "Holds its password."),
  POSTGRES_PASSWORD(
      Section.STORAGE,
      "",
      "TEXT",
      "",
      "Its password itself, in the place of --postgres-password-file."),
  ACCEPT_VOLATILE_POSTGRES(
      Section.STORAGE,
      "--accept-volatile-postgres",
      "Start over a PostgreSQL with fsync or synchronous_commit off, which may lose what was"
          + " acknowledged."),
  LANES(
      Section.STORAGE,
      "--lanes",
      "N",
      2,
      1,
      8,
      "Appender lanes: threads, each with a connection, that write to the journal."),

  REDIS_URL(
      Section.FLEET,
      "--redis-url",
      "URL",
      "",
      "The Redis through which the instances of a fleet tell each other what happens, such as"
          + " redis://redis.example.com:6379, or rediss:// for TLS. Of a Cluster some nodes, with"
          + " commas between. Without it this instance is alone."),
  REDIS_USER(Section.FLEET, "--redis-user", "NAME", "", "Its user, where it has users."),
  REDIS_PASSWORD_FILE(Section.FLEET, "--redis-password-file", "FILE", "", "Holds its password."),
  REDIS_PASSWORD(
      Section.FLEET, "", "TEXT", "", "Its password itself, in the place of --redis-password-file."),
  REDIS_CA_FILE(
      Section.FLEET,
      "--redis-ca-file",
      "FILE",
      "",
      "Certificates that are trusted for rediss://, as PEM, in the place of those that Java"
          + " trusts."),

  HEAL(
      Section.ROOMS,
      "--heal-millis",
      "MILLIS",
      2_000,
      100,
      60_000,
      "How often the loaded rooms are compared with the journal."),
  IDLE_ROOM(
      Section.ROOMS,
      "--idle-room-seconds",
      "SECONDS",
      300,
      1,
      86_400,
      "A room that nobody has used for so long is unloaded."),
  SNAPSHOT_EVERY(
      Section.ROOMS,
      "--snapshot-every",
      "EVENTS",
      500,
      10,
      100_000,
      "Keep a room's document after so many events."),
  KEEP_HOURS(
      Section.ROOMS,
      "--keep-hours",
      "HOURS",
      "by type",
      "How long rooms keep their events whose type does not keep everything, such as dashboards,"
          + " and with them the memory of which commands have happened; from 1 to 876000."),
  ROOM_TYPES(
      Section.ROOMS,
      "--room-types",
      "DIRECTORY",
      "",
      "Room types of one's own: a folder of jars whose rules are found by ServiceLoader. They run"
          + " with the rights of the server."),
  SOURCES(
      Section.ROOMS,
      "--sources",
      "FILE",
      "",
      "What dashboards show of other HTTP interfaces: a JSON file of addresses, credentials,"
          + " pointers and widgets. Read once, at the start."),
  RULES_BUDGET(
      Section.ROOMS,
      "--rules-budget-millis",
      "MILLIS",
      1_000,
      10,
      60_000,
      "What such rules may use of the processor for one command, and a fifth of what they may"
          + " take altogether; then it is refused."),

  MAX_MESSAGE_BYTES(
      "--max-message-bytes",
      "BYTES",
      Limits.DEFAULTS.maxMessageBytes(),
      1_024,
      64 << 20,
      "One client message; over it the connection closes with 1009."),
  MAX_FRAGMENTS(
      "--max-fragments",
      "FRAMES",
      Limits.DEFAULTS.maxFragments(),
      1,
      65_536,
      "Frames of one message; over it the connection closes with 1009."),
  MAX_DEPTH(
      "--max-depth",
      "LEVELS",
      Limits.DEFAULTS.maxDepth(),
      8,
      500,
      "Nesting of JSON or CBOR; over it malformed."),
  MAX_PATCH_BYTES(
      "--max-patch-bytes",
      "BYTES",
      Limits.DEFAULTS.maxPatchBytes(),
      1_024,
      64 << 20,
      "The patch of one event; over it too_large."),
  MAX_DOCUMENT_BYTES(
      "--max-document-bytes",
      "BYTES",
      Limits.DEFAULTS.maxDocumentBytes(),
      1_024,
      512 << 20,
      "A room's document as JSON; over it too_large."),
  MAX_SUBSCRIPTIONS(
      "--max-subscriptions",
      "ROOMS",
      Limits.DEFAULTS.maxSubscriptions(),
      1,
      100_000,
      "Rooms of one connection; over it too_fast."),
  MAX_IN_FLIGHT(
      "--max-in-flight",
      "COMMANDS",
      Limits.DEFAULTS.maxInFlight(),
      1,
      1_000_000,
      "Commands of one connection without an answer yet; over it too_fast."),
  MAX_ROOM_QUEUE(
      "--max-room-queue",
      "COMMANDS",
      Limits.DEFAULTS.maxRoomQueue(),
      1,
      10_000_000,
      "Commands that wait in one room; over it too_fast."),
  MAX_MESSAGES_PER_SECOND(
      "--max-messages-per-second",
      "N",
      Limits.DEFAULTS.maxMessagesPerSecond(),
      1,
      10_000_000,
      "Messages of one connection, and commands of one caller over HTTP, sustained; over it"
          + " too_fast."),
  MAX_BURST(
      "--max-burst",
      "MESSAGES",
      Limits.DEFAULTS.maxBurst(),
      1,
      10_000_000,
      "The same at once, above that rate; over it too_fast."),
  MAX_PRESENCE_BYTES(
      "--max-presence-bytes",
      "BYTES",
      Limits.DEFAULTS.maxPresenceBytes(),
      64,
      1 << 20,
      "One member's presence state; over it too_large."),
  MAX_SIGNAL_BYTES(
      "--max-signal-bytes",
      "BYTES",
      Limits.DEFAULTS.maxSignalBytes(),
      64,
      1 << 20,
      "One signal's data; over it too_large."),
  MAX_HISTORY(
      "--max-history",
      "EVENTS",
      Limits.DEFAULTS.maxHistory(),
      1,
      10_000,
      "Events of one page of history."),
  MAX_CATCH_UP_EVENTS(
      "--max-catch-up-events",
      "EVENTS",
      Limits.DEFAULTS.maxCatchUpEvents(),
      1,
      1_000_000,
      "Events replayed to a reader that is behind; beyond it a reset."),
  MAX_MEMBERS(
      "--max-members",
      "MEMBERS",
      Limits.DEFAULTS.maxMembers(),
      1,
      100_000,
      "Members of a room that are listed one by one."),
  HELLO_TIMEOUT_MILLIS(
      "--hello-timeout-millis",
      "MILLIS",
      Limits.DEFAULTS.helloTimeoutMillis(),
      100,
      600_000,
      "A connection without hello closes after it, with 4408."),
  PING_MILLIS(
      "--ping-millis",
      "MILLIS",
      Limits.DEFAULTS.pingMillis(),
      100,
      600_000,
      "The longest silence of the server."),

  METRICS_TOKEN_FILE(
      Section.METRICS,
      "--metrics-token-file",
      "FILE",
      "",
      "Holds the token that GET /metrics wants, at least 16 characters. Without one only this"
          + " machine may read the metrics."),
  METRICS_TOKEN(
      Section.METRICS, "", "TEXT", "", "The token itself, in the place of --metrics-token-file."),

  LOG_LEVEL(Section.LOGS, "--log-level", "LEVEL", "info", "error, warn, info, debug or trace."),
  LOG_FORMAT(
      Section.LOGS,
      "--log-format",
      "FORMAT",
      "text",
      "text for people or json for machines; on standard error.");

  private final Section section;
  private final String option;
  private final String unit;
  private final String fallback;
  private final int min;
  private final int max;
  private final String description;

  /** A text. */
  Setting(Section section, String option, String unit, String fallback, String description) {
    this(section, option, unit, fallback, 0, 0, description);
  }

  /** A whole number from {@code min} to {@code max}. */
  Setting(
      Section section,
      String option,
      String unit,
      int fallback,
      int min,
      int max,
      String description) {
    this(section, option, unit, Integer.toString(fallback), min, max, description);
  }

  /** A limit of the protocol. */
  Setting(String option, String unit, int fallback, int min, int max, String description) {
    this(Section.LIMITS, option, unit, Integer.toString(fallback), min, max, description);
  }

  /** A flag, off by default. */
  Setting(Section section, String option, String description) {
    this(section, option, "", "off", 0, 0, description);
  }

  Setting(
      Section section,
      String option,
      String unit,
      String fallback,
      int min,
      int max,
      String description) {
    this.section = section;
    this.option = option;
    this.unit = unit;
    this.fallback = fallback;
    this.min = min;
    this.max = max;
    this.description = description;
  }

  /** The group that it is shown in. */
  public Section section() {
    return section;
  }

  /** The option, for example {@code --port}; empty for a secret. */
  public Optional<String> option() {
    return option.isEmpty() ? Optional.empty() : Optional.of(option);
  }

  /** The environment variable, for example {@code TUTTI_PORT}. Empty there means not given. */
  public String variable() {
    String name = option.isEmpty() ? name() : option.substring(2);
    return "TUTTI_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** What a value is or counts, in capitals; empty for a flag. */
  public String unit() {
    return unit;
  }

  /** Whether it is on or off, with {@code --no-…} for off. */
  public boolean isFlag() {
    return unit.isEmpty();
  }

  /** The value where none is given, as written; empty where there is none. */
  public String fallback() {
    return fallback;
  }

  /** Whether it may be given several times. */
  boolean isList() {
    return this == ALLOW_ORIGIN || this == TRUSTED_PROXIES;
  }

  /** Whether it is a whole number with a range. */
  boolean isNumber() {
    return max > 0;
  }

  int min() {
    return min;
  }

  int max() {
    return max;
  }

  /** The range of a number, for people; empty for anything else. */
  public String range() {
    return isNumber() ? min + " to " + max : "";
  }

  /** One or two sentences for the operator. */
  public String description() {
    return description;
  }
}

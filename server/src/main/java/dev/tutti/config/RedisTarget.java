package dev.tutti.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Redis of a fleet. Its password is kept apart, so that the rest may be logged.
 *
 * @param servers one, or some nodes of a Cluster
 * @param authorities certificates to trust; empty for those that Java trusts
 */
public record RedisTarget(
    List<Server> servers,
    boolean tls,
    Optional<Path> authorities,
    Optional<String> user,
    Optional<String> password) {
  private static final int DEFAULT_PORT = 6379;
  private static final int MAX_PORT = 65_535;

  /** {@code redis://user:password@host:port,host:port/0}; everything but the host may be absent. */
  private static final Pattern FORM =
      Pattern.compile("(rediss?)://(?:([^@/?]*)@)?([^@/?]+?)(?:/0?)?");

  /** A name or an address, one of version 6 in brackets. */
  private static final Pattern SERVER =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?");

  /** A host and a port. */
  public record Server(String host, int port) {}

  static Optional<RedisTarget> read(Reading reading) {
    Optional<String> url = reading.optional(Setting.REDIS_URL);
    Optional<String> user = reading.optional(Setting.REDIS_USER);
    Optional<String> password = reading.secret(Setting.REDIS_PASSWORD, Setting.REDIS_PASSWORD_FILE);
    Optional<Path> authorities = authorities(reading);
    if (url.isEmpty()) {
      if (user.isPresent() || password.isPresent() || authorities.isPresent()) {
        reading.problem("A user, password or certificate of Redis is given, but no --redis-url.");
      }
      return Optional.empty();
    }
    Optional<RedisTarget> target = parse(url.get());
    if (target.isEmpty()) {
      // The URL itself is not shown: it may hold a password.
      reading.problem("--redis-url must look like redis://host:6379 or rediss://host:6379.");
      return Optional.empty();
    }
    if (user.isPresent() && target.get().user().isPresent()) {
      reading.problem("The Redis user is given twice: by itself and in --redis-url.");
    }
    if (password.isPresent() && target.get().password().isPresent()) {
      reading.problem("The Redis password is given twice: by itself and in --redis-url.");
    }
    if (authorities.isPresent() && !target.get().tls()) {
      reading.problem("--redis-ca-file is for rediss://, and --redis-url is not encrypted.");
    }
    return target.map(t ->
        new RedisTarget(
            t.servers, t.tls, authorities, user.or(() -> t.user), password.or(() -> t.password)));
  }

  private static Optional<Path> authorities(Reading reading) {
    if (!reading.isGiven(Setting.REDIS_CA_FILE)) {
      return Optional.empty();
    }
    Path file = reading.path(Setting.REDIS_CA_FILE);
    if (!Files.isReadable(file)) {
      reading.problem("The file " + file + " of --redis-ca-file cannot be read.");
    }
    return Optional.of(file);
  }

  static Optional<RedisTarget> parse(String url) {
    Matcher form = FORM.matcher(url);
    if (!form.matches()) {
      return Optional.empty();
    }
    List<Server> servers = new ArrayList<>();
    for (String text : form.group(3).split(",", -1)) {
      Matcher server = SERVER.matcher(text);
      if (!server.matches()) {
        return Optional.empty();
      }
      int port = server.group(2) == null ? DEFAULT_PORT : Integer.parseInt(server.group(2));
      if (port < 1 || port > MAX_PORT) {
        return Optional.empty();
      }
      servers.add(new Server(server.group(1).replaceAll("[\\[\\]]", ""), port));
    }
    String userInfo = form.group(2) == null ? "" : form.group(2);
    int colon = userInfo.indexOf(':');
    try {
      return Optional.of(
          new RedisTarget(
              List.copyOf(servers),
              form.group(1).equals("rediss"),
              Optional.empty(),
              present(colon < 0 ? userInfo : userInfo.substring(0, colon)),
              colon < 0 ? Optional.empty() : present(userInfo.substring(colon + 1))));
    } catch (IllegalArgumentException badPercentEncoding) {
      return Optional.empty();
    }
  }

  private static Optional<String> present(String encoded) {
    String text = PercentEncoding.decode(encoded);
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  @Override
  public String toString() {
    return "RedisTarget(" + servers + ")";
  }
}

package dev.tutti.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An external PostgreSQL. Its password is kept apart from its URL, so that the URL may be logged.
 *
 * @param jdbcUrl for the driver, without user and password
 * @param address {@code host:port/database}, for people
 */
public record PostgresTarget(
    String jdbcUrl, String address, Optional<String> user, Optional<String> password) {

  /** {@code jdbc:postgresql://…} as the driver wants it, or {@code postgresql://…} as psql does. */
  private static final Pattern FORM =
      Pattern.compile("(?:jdbc:)?postgres(?:ql)?://(?:([^@/?]*)@)?([^@/?]+)/([^/?]+)(?:\\?(.*))?");

  static Optional<PostgresTarget> read(Reading reading) {
    Optional<String> url = reading.optional(Setting.POSTGRES_URL);
    Optional<String> user = reading.optional(Setting.POSTGRES_USER);
    Optional<String> password =
        reading.secret(Setting.POSTGRES_PASSWORD, Setting.POSTGRES_PASSWORD_FILE);
    if (url.isEmpty()) {
      if (user.isPresent() || password.isPresent()) {
        reading.problem("A PostgreSQL user or password is given, but no --postgres-url.");
      }
      return Optional.empty();
    }
    Optional<PostgresTarget> target = parse(url.get());
    if (target.isEmpty()) {
      // The URL itself is not shown: it may hold a password.
      reading.problem("--postgres-url must look like postgresql://host:5432/database.");
      return Optional.empty();
    }
    if (user.isPresent() && target.get().user().isPresent()) {
      reading.problem("The PostgreSQL user is given twice: by itself and in --postgres-url.");
    }
    if (password.isPresent() && target.get().password().isPresent()) {
      reading.problem("The PostgreSQL password is given twice: by itself and in --postgres-url.");
    }
    return target.map(t ->
        new PostgresTarget(
            t.jdbcUrl, t.address, user.or(() -> t.user), password.or(() -> t.password)));
  }

  static Optional<PostgresTarget> parse(String url) {
    Matcher matcher = FORM.matcher(url);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(matcher));
    } catch (IllegalArgumentException badPercentEncoding) {
      return Optional.empty();
    }
  }

  private static PostgresTarget of(Matcher matcher) {
    String userInfo = group(matcher, 1);
    int colon = userInfo.indexOf(':');
    String user = PercentEncoding.decode(colon < 0 ? userInfo : userInfo.substring(0, colon));
    String password = colon < 0 ? "" : PercentEncoding.decode(userInfo.substring(colon + 1));
    List<String> parameters = new ArrayList<>();
    for (String parameter : group(matcher, 4).split("&", -1)) {
      if (parameter.startsWith("user=")) {
        user = PercentEncoding.decode(parameter.substring("user=".length()));
      } else if (parameter.startsWith("password=")) {
        password = PercentEncoding.decode(parameter.substring("password=".length()));
      } else if (!parameter.isEmpty()) {
        parameters.add(parameter);
      }
    }
    String address = group(matcher, 2) + "/" + group(matcher, 3);
    String query = parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
    return new PostgresTarget(
        "jdbc:postgresql://" + address + query, address, present(user), present(password));
  }

  private static String group(Matcher matcher, int number) {
    String group = matcher.group(number);
    return group == null ? "" : group;
  }

  private static Optional<String> present(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  @Override
  public String toString() {
    return "PostgresTarget(" + address + ")";
  }
}

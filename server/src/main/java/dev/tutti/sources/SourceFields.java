package dev.tutti.sources;

import dev.tutti.protocol.InvalidMessage;
import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.dashboard.DashboardLimits;
import dev.tutti.protocol.dashboard.Reading;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JsonPointer;

/**
 * Reads the sources of a file: {@code {name, url, headers?, seconds, always?, read: [{pointer,
 * room, widget, series?}]}}. What would fail whenever it was asked is refused here.
 */
final class SourceFields {
  private static final Set<String> FIELDS =
      Set.of("name", "url", "headers", "seconds", "always", "read");
  private static final Set<String> TARGET_FIELDS = Set.of("pointer", "room", "widget", "series");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,60}");

  /** RFC 6901, which the library reads more kindly. */
  private static final Pattern POINTER = Pattern.compile("(/([^~/]|~[01])*)*");

  private static final Pattern NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0[xX][0-9a-fA-F]*)\\.?");

  private static final int MIN_SECONDS = 1;
  private static final int MAX_SECONDS = 24 * 3_600;
  private static final int MAX_PORT = 65_535;
  private static final URI NOWHERE = URI.create("https://invalid.invalid/");

  private final String file;
  private final Addresses addresses;
  private final Map<String, String> environment;
  private final Set<String> names = new HashSet<>();

  /** Whose each target is: the name of a source. */
  private final Map<String, String> owners = new HashMap<>();

  SourceFields(String file, Addresses addresses, Map<String, String> environment) {
    this.file = file;
    this.addresses = addresses;
    this.environment = environment;
  }

  /** Reads one; something harmless where it is wrong. */
  Source source(Part given) {
    Part entry = given.object();
    String name = name(entry.field("name"));
    Part source = name.isEmpty() ? entry : entry.as(file + ": " + name);
    source.only(FIELDS);
    Part read = source.field("read");
    List<Source.Target> targets =
        read.entries().stream().flatMap(target -> target(name, target).stream()).toList();
    if (!read.isThere() || (read.json().isArray() && read.json().isEmpty())) {
      read.wrong("It says what to read of the answer, and is missing or empty.");
    }
    oneCommandEach(read, targets);
    return new Source(
        name,
        url(source.field("url")),
        HeaderFields.of(source.field("headers"), environment),
        Duration.ofSeconds(source.field("seconds").number(MIN_SECONDS, MAX_SECONDS)),
        source.field("always").flag(),
        targets);
  }

  private String name(Part part) {
    String name = part.text();
    if (name.isEmpty()) {
      return "";
    }
    if (!NAME.matcher(name).matches()) {
      part.wrong("It has 1 to 60 letters, digits, '.', '_' and '-'.");
      return "";
    }
    if (!names.add(name)) {
      part.wrong("Another source is called so.");
      return "";
    }
    return name;
  }

  private URI url(Part part) {
    String text = part.text();
    if (text.isEmpty()) {
      return NOWHERE;
    }
    try {
      URI url = new URI(text);
      String wrong = whatIsWrong(url, text);
      if (wrong.isEmpty()) {
        return url;
      }
      part.wrong(wrong);
    } catch (URISyntaxException e) {
      // Its words would quote the address, which may hold a key.
      part.wrong("It is no address such as https://example.com/now.");
    }
    return NOWHERE;
  }

  private String whatIsWrong(URI url, String text) {
    if (!"https".equals(url.getScheme()) && !"http".equals(url.getScheme())) {
      return "It begins with https:// or http://.";
    }
    if (url.getUserInfo() != null) {
      return "A user and a password are no part of it; they go into a header.";
    }
    if (url.getHost() == null || isNoAddress(url.getHost())) {
      return "Its host is no name, and no address, that can be asked.";
    }
    if (url.getPort() == 0 || url.getPort() > MAX_PORT) {
      return "Its port is from 1 to " + MAX_PORT + ".";
    }
    if (url.getRawFragment() != null) {
      return "What stands behind '#' is never sent.";
    }
    if (!text.chars().allMatch(c -> c < 0x80)) {
      return "Whatever is not ASCII is written as %XX, and a name as xn--….";
    }
    return addresses.refuseLiteral(url.getHost())
        ? "Its address is not of the open internet, and is not listed in \"allow\"."
        : "";
  }

  /** Whether it ends in a number, as no name does, and is none of the addresses that it may be. */
  private static boolean isNoAddress(String host) {
    return NUMBER.matcher(host).matches() && !Addresses.isLiteral(host);
  }

  private Optional<Source.Target> target(String source, Part given) {
    Part target = given.object(TARGET_FIELDS);
    Optional<JsonPointer> pointer = pointer(target.field("pointer"));
    Optional<RoomName> room = room(target.field("room"));
    String widget = target.field("widget").text();
    String series = target.field("series").optionalText();
    boolean sound = !widget.isEmpty() && isTaken(target, widget, series);
    if (!sound || pointer.isEmpty() || room.isEmpty()) {
      return Optional.empty();
    }
    String to = room.get() + " " + widget + " " + (series.isEmpty() ? Reading.UNNAMED : series);
    String owner = owners.putIfAbsent(to, source);
    if (owner != null) {
      target.wrong(
          owner.equals(source)
              ? "Another entry goes to the same place."
              : "An entry of " + owner + " goes to the same place.");
    }
    return Optional.of(new Source.Target(pointer.get(), room.get(), widget, series));
  }

  private static Optional<JsonPointer> pointer(Part part) {
    String text = part.anyText();
    if (!POINTER.matcher(text).matches()) {
      part.wrong("It is no JSON pointer such as /current/degrees; in names '~' is ~0, '/' is ~1.");
      return Optional.empty();
    }
    return Optional.of(JsonPointer.compile(text));
  }

  private static Optional<RoomName> room(Part part) {
    String text = part.text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!RoomName.isWellFormed(text) || !new RoomName(text).type().equals("dashboard")) {
      part.wrong("It is no dashboard such as dashboard:ops.");
      return Optional.empty();
    }
    RoomName room = new RoomName(text);
    if (room.equals(RoomName.SERVER)) {
      part.wrong("Only the server itself writes there.");
      return Optional.empty();
    }
    return Optional.of(room);
  }

  /** Whether dashboards take readings of these names; what they would answer is said. */
  private static boolean isTaken(Part target, String widget, String series) {
    try {
      new Reading(widget, series.isEmpty() ? null : series, 0.0, null, null, null);
      return true;
    } catch (InvalidMessage e) {
      target.wrong(e.sentence());
      return false;
    }
  }

  /** All that goes to a dashboard goes there at once. */
  private static void oneCommandEach(Part read, List<Source.Target> targets) {
    targets.stream()
        .collect(Collectors.groupingBy(Source.Target::room, Collectors.counting()))
        .forEach((room, count) -> {
          if (count > DashboardLimits.MAX_READINGS) {
            read.wrong(
                "Of one source " + DashboardLimits.MAX_READINGS + " go to one dashboard at most.");
          }
        });
  }
}

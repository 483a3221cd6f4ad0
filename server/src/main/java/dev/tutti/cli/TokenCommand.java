package dev.tutti.cli;

import dev.tutti.auth.Grants;
import dev.tutti.auth.RoomPattern;
import dev.tutti.auth.Scope;
import dev.tutti.auth.Secret;
import dev.tutti.auth.SecretFile;
import dev.tutti.auth.Tokens;
import dev.tutti.config.CannotStart;
import dev.tutti.config.Signing;
import dev.tutti.protocol.Role;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tutti token}: mints a token that a server with the same secret takes. */
@Command(
    name = "token",
    description = "Prints a token that signs a user in.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    footer = {
      "",
      "Example:",
      "  ./tutti token --user ana --name Ana --room 'board:*=editor' --room chat:general=viewer",
      "  ./tutti token --user meter --room dashboard:ops=editor --ttl 365d \\",
      "    --command value.set --command values.set"
    })
final class TokenCommand implements Callable<Integer> {
  static final SettingOptions SETTINGS = new SettingOptions(Signing.SETTINGS);

  private static final Pattern LIFE = Pattern.compile("(\\d{1,9})([smhd])");

  private final Map<String, String> environment;
  private final InstantSource clock;
  private final PrintStream out;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--user",
      required = true,
      paramLabel = "ID",
      description = "The user's id, the same on every device.")
  private String user = "";

  @Option(names = "--name", paramLabel = "NAME", description = "The name that people see. (the id)")
  private @Nullable String name;

  @Option(
      names = "--room",
      paramLabel = "PATTERN=ROLE",
      description =
          "A role (none, viewer, editor, owner) in a room, in all of a type (board:*) or in all"
              + " (*); may be given several times. The most specific one counts. (*=editor)")
  private List<String> rooms = List.of();

  @Option(
      names = "--command",
      paramLabel = "NAME",
      description =
          "A command that may be sent with it, such as value.set, and no other; may be given"
              + " several times. (all that the role allows)")
  private List<String> commands = List.of();

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      defaultValue = "1h",
      description = "How long it is valid, such as 90s, 15m, 1h or 30d. (1h)")
  private String life = "1h";

  TokenCommand(Map<String, String> environment, InstantSource clock, PrintStream out) {
    this.environment = environment;
    this.clock = clock;
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    List<String> problems = new ArrayList<>();
    var given = SETTINGS.given(spec.commandLine().getParseResult(), environment);
    Signing signing = Signing.read(given, problems);
    Grants grants = grants(problems);
    Scope scope = scope(problems);
    Duration validFor = life(problems);
    if (!problems.isEmpty()) {
      return Failures.refused(spec.commandLine(), problems);
    }
    Tokens tokens = new Tokens(secret(signing), signing.rules(), clock);
    try {
      out.println(tokens.mint(user, name == null ? user : name, grants, scope, validFor));
    } catch (IllegalArgumentException e) {
      return Failures.refused(spec.commandLine(), List.of(String.valueOf(e.getMessage())));
    }
    return spec.exitCodeOnSuccess();
  }

  private static Secret secret(Signing signing) {
    if (signing.secret().isPresent()) {
      return signing.secret().get();
    }
    String hint = "Give --token-secret-file, or start the server once with the same --data.";
    try {
      return SecretFile.find(signing.data())
          .orElseThrow(() ->
              new CannotStart(
                  "There is no secret yet: " + SecretFile.in(signing.data()) + ".", hint));
    } catch (IOException e) {
      throw new CannotStart(String.valueOf(e.getMessage()), hint, e);
    }
  }

  private Grants grants(List<String> problems) {
    Map<RoomPattern, Role> roles = new HashMap<>();
    for (String text : rooms) {
      int split = text.lastIndexOf('=');
      Optional<RoomPattern> pattern =
          split < 0 ? Optional.empty() : RoomPattern.parse(text.substring(0, split));
      Optional<Role> role = split < 0 ? Optional.empty() : role(text.substring(split + 1));
      if (pattern.isEmpty() || role.isEmpty()) {
        problems.add("--room is \"" + text + "\"; it must look like board:*=editor.");
      } else if (roles.put(pattern.get(), role.get()) != null) {
        problems.add("--room gives " + pattern.get() + " twice.");
      }
    }
    return roles.isEmpty() ? Grants.everywhere(Role.EDITOR) : new Grants(roles);
  }

  private Scope scope(List<String> problems) {
    for (String command : commands) {
      if (!command.matches("[a-z]+(\\.[a-z]+){1,3}")) {
        problems.add("--command is \"" + command + "\"; it must look like value.set.");
      }
    }
    return new Scope(Set.copyOf(commands));
  }

  private static Optional<Role> role(String wire) {
    for (Role role : Role.values()) {
      if (role.wire().equals(wire)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }

  private Duration life(List<String> problems) {
    Matcher matcher = LIFE.matcher(life);
    if (!matcher.matches()) {
      problems.add("--ttl is \"" + life + "\"; it must look like 90s, 15m, 1h or 30d.");
      return Duration.ofHours(1);
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}

package dev.tutti.config;

import dev.tutti.auth.Secret;
import dev.tutti.auth.TokenRules;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The part of the settings that minting a token needs, read as the server reads them.
 *
 * @param data where the server's own secret is
 * @param secret what the operator gave; empty when the data directory's own is to be used
 */
public record Signing(Path data, Optional<Secret> secret, TokenRules rules) {
  /** The settings that are read here. */
  public static final Set<Setting> SETTINGS =
      Set.copyOf(
          EnumSet.of(
              Setting.DATA,
              Setting.TOKEN_SECRET_FILE,
              Setting.TOKEN_SECRET,
              Setting.TOKEN_ISSUER,
              Setting.TOKEN_AUDIENCE));

  /**
   * Reads them.
   *
   * @param problems gets a sentence for all that is wrong; then the result must not be used
   */
  public static Signing read(Given given, List<String> problems) {
    Reading reading = new Reading(given);
    Signing signing =
        new Signing(reading.path(Setting.DATA), Access.secret(reading), Access.rules(reading));
    problems.addAll(reading.problems());
    return signing;
  }
}

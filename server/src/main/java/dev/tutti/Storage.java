package dev.tutti;

import dev.tutti.config.CannotStart;
import dev.tutti.config.PostgresTarget;
import dev.tutti.postgres.AdvisoryTurns;
import dev.tutti.postgres.PostgresJournal;
import dev.tutti.postgres.PostgresRefused;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.embedded.EmbeddedPostgres;
import dev.tutti.sources.Turns;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The journal, and the PostgreSQL under it where that is ours. Opening and closing block.
 *
 * @param turns of the instances over this PostgreSQL
 * @param embedded empty over an external PostgreSQL
 */
record Storage(PostgresJournal journal, Turns turns, Optional<EmbeddedPostgres> embedded)
    implements AutoCloseable {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  /**
   * Starts or reaches PostgreSQL.
   *
   * @throws CannotStart with a sentence, when it cannot be had or does not suit
   */
  static Storage open(dev.tutti.config.Storage config) {
    Optional<EmbeddedPostgres> embedded = Optional.empty();
    try {
      if (config.external().isEmpty()) {
        embedded = Optional.of(EmbeddedPostgres.start(config.data()));
      }
      PostgresSettings address =
          embedded
              .map(ours -> PostgresSettings.of(ours.jdbcUrl(), ours.user(), ours.password()))
              .orElseGet(() -> external(config.external().orElseThrow()));
      PostgresSettings settings = address.withLanes(config.lanes());
      return new Storage(
          PostgresJournal.open(config.acceptVolatile() ? settings.acceptingVolatile() : settings),
          new AdvisoryTurns(settings),
          embedded);
    } catch (RuntimeException e) {
      embedded.ifPresent(EmbeddedPostgres::close);
      if (!(e instanceof PostgresRefused refused)) {
        throw e;
      }
      String sentence = String.valueOf(refused.getMessage());
      throw new CannotStart(sentence, hint(config), refused);
    }
  }

  private static PostgresSettings external(PostgresTarget target) {
    return PostgresSettings.of(
        target.jdbcUrl(), target.user().orElse(""), target.password().orElse(""));
  }

  private static String hint(dev.tutti.config.Storage config) {
    return config.external().isPresent()
        ? "Look at --postgres-url, and at the PostgreSQL it names."
        : "Choose another folder with --data, or a PostgreSQL of your own with --postgres-url.";
  }

  /** What the operator should be told aloud. */
  List<String> warnings() {
    List<String> volatileSettings = journal.volatileSettings();
    return volatileSettings.isEmpty()
        ? List.of()
        : List.of(
            "WARNING: "
                + String.join(", ", volatileSettings)
                + " is off in PostgreSQL: a crash may lose what was acknowledged.");
  }

  @Override
  public void close() {
    close(CLOSE_LIMIT);
  }

  /** The journal has half of this time, so that a PostgreSQL of ours is still told to end. */
  void close(Duration limit) {
    journal.close(limit.dividedBy(2));
    embedded.ifPresent(EmbeddedPostgres::close);
  }
}

package dev.tutti.cli;

import dev.tutti.config.CannotStart;
import dev.tutti.config.Storage;
import dev.tutti.postgres.JournalScan;
import dev.tutti.postgres.PostgresRefused;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.embedded.EmbeddedPostgres;
import dev.tutti.verify.Verification;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tutti verify}: replays the journal and compares. */
@Command(
    name = "verify",
    description =
        "Replays every room of a journal and compares it with its snapshot, head, numbers and"
            + " keys.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    footer = {
      "",
      "Reads only, and sees one moment: servers may go on. Exit code 1 when something differs.",
      "Without --postgres-url it starts the PostgreSQL of --data, which no server may be using."
    })
final class VerifyCommand implements Callable<Integer> {
  static final SettingOptions SETTINGS = new SettingOptions(Storage.ADDRESS);

  private final Map<String, String> environment;
  private final PrintStream out;

  @Spec private CommandSpec spec = CommandSpec.create();

  VerifyCommand(Map<String, String> environment, PrintStream out) {
    this.environment = environment;
    this.out = out;
  }

  @Override
  public Integer call() {
    List<String> problems = new ArrayList<>();
    var given = SETTINGS.given(spec.commandLine().getParseResult(), environment);
    Storage storage = Storage.read(given, problems);
    if (!problems.isEmpty()) {
      return Failures.refused(spec.commandLine(), problems);
    }
    try {
      return agrees(storage) ? spec.exitCodeOnSuccess() : spec.exitCodeOnExecutionException();
    } catch (PostgresRefused refused) {
      throw new CannotStart(
          String.valueOf(refused.getMessage()), "Look at --postgres-url, or at --data.", refused);
    }
  }

  private boolean agrees(Storage storage) {
    if (storage.external().isPresent()) {
      var target = storage.external().get();
      return agrees(
          PostgresSettings.of(
              target.jdbcUrl(), target.user().orElse(""), target.password().orElse("")));
    }
    if (!EmbeddedPostgres.isIn(storage.data())) {
      throw new CannotStart(
          "There is no journal in " + storage.data() + ".",
          "Name its directory with --data, or its PostgreSQL with --postgres-url.");
    }
    try (EmbeddedPostgres ours = EmbeddedPostgres.start(storage.data())) {
      return agrees(PostgresSettings.of(ours.jdbcUrl(), ours.user(), ours.password()));
    }
  }

  private boolean agrees(PostgresSettings settings) {
    try (JournalScan scan = JournalScan.open(settings)) {
      return Verification.of(scan, out);
    }
  }
}

package dev.tutti.cli;

import dev.tutti.config.Logs;
import dev.tutti.config.ServerConfig;
import dev.tutti.config.ServerConfig.Conclusion;
import dev.tutti.config.Setting;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tutti serve}: reads the settings and runs a server with them. */
@Command(
    name = "serve",
    description = "Starts the server, on its own PostgreSQL unless told otherwise.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    footer = {
      "",
      "(...) is the default, [...] an environment variable that says the same; options come first.",
      "Secrets are read from a file or the environment, never from the command line."
    })
final class ServeCommand implements Callable<Integer> {
  static final SettingOptions SETTINGS = new SettingOptions(List.of(Setting.values()));

  private final Map<String, String> environment;
  private final PrintStream out;
  private final Serving serving;

  @Option(
      names = "--check",
      description = "Start, say ready, and stop: tells whether a server would start here.")
  private boolean check;

  @Spec private CommandSpec spec = CommandSpec.create();

  ServeCommand(Map<String, String> environment, PrintStream out, Serving serving) {
    this.environment = environment;
    this.out = out;
    this.serving = serving;
  }

  @Override
  public Integer call() throws Exception {
    var given = SETTINGS.given(spec.commandLine().getParseResult(), environment);
    return switch (ServerConfig.conclude(given)) {
      case Conclusion.Refused(List<String> problems) ->
          Failures.refused(spec.commandLine(), problems);
      case Conclusion.Concluded(ServerConfig config) -> {
        choose(config.logs());
        serving.run(config, check, out);
        yield spec.exitCodeOnSuccess();
      }
    };
  }

  /** Logback reads these when the first logger is made, which nothing before this has done. */
  private static void choose(Logs logs) {
    System.setProperty("tutti.log.level", logs.level());
    if (logs.format() == Logs.Format.JSON
        && System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "logback-json.xml");
    }
  }
}

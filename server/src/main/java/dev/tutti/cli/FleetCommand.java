package dev.tutti.cli;

import dev.tutti.config.CannotStart;
import dev.tutti.config.Given;
import dev.tutti.config.ServerConfig;
import dev.tutti.config.ServerConfig.Conclusion;
import dev.tutti.fleet.Console;
import dev.tutti.fleet.Fleet;
import dev.tutti.fleet.FleetPlan;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tutti fleet}: several instances on this machine, and what they share. */
@Command(
    name = "fleet",
    description = {
      "Starts several instances on consecutive ports of this machine, on a PostgreSQL and a Redis"
          + " of their own unless told otherwise, until Ctrl-C.",
      "Everything that serve takes is passed on to every instance."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    abbreviateSynopsis = true)
final class FleetCommand implements Callable<Integer> {
  static final SettingOptions SETTINGS = ServeCommand.SETTINGS;

  private final Map<String, String> environment;
  private final PrintStream out;

  @Option(
      names = "--instances",
      paramLabel = "N",
      description = "Instances, 1 to " + FleetPlan.MAX_INSTANCES + " (3).")
  private int instances = 3;

  @Option(
      names = "--restart",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Start again what ended by itself, such as a part killed by hand, after a moment;"
              + " --no-restart leaves it down (on).")
  private boolean restart = true;

  @Spec private CommandSpec spec = CommandSpec.create();

  FleetCommand(Map<String, String> environment, PrintStream out) {
    this.environment = environment;
    this.out = out;
  }

  @Override
  public Integer call() throws InterruptedException {
    Given given = SETTINGS.given(spec.commandLine().getParseResult(), environment);
    return switch (ServerConfig.conclude(given)) {
      case Conclusion.Refused(List<String> problems) ->
          Failures.refused(spec.commandLine(), problems);
      case Conclusion.Concluded(ServerConfig config) -> {
        int last = config.network().port() + instances - 1;
        if (instances < 1 || instances > FleetPlan.MAX_INSTANCES || last > 65_535) {
          yield Failures.refused(
              spec.commandLine(),
              List.of(
                  "--instances is %d; it must be a whole number from 1 to %d that leaves every"
                          .formatted(instances, FleetPlan.MAX_INSTANCES)
                      + " instance a port."));
        }
        run(new Fleet(plan(given, config), new Console(out, System.err)));
        yield spec.exitCodeOnSuccess();
      }
    };
  }

  private FleetPlan plan(Given given, ServerConfig config) {
    Map<String, String> settings = new HashMap<>();
    given
        .options()
        .forEach((setting, texts) -> settings.put(setting.variable(), String.join(",", texts)));
    return new FleetPlan(
        instances,
        config.network().port(),
        config.storage().data(),
        settings,
        config.storage().external().isEmpty(),
        config.redis().isEmpty(),
        config.network().goodbye(),
        restart,
        FleetPlan.Routes.DIRECT);
  }

  /** Ctrl-C and SIGTERM end it in order, at whatever point it is. */
  private void run(Fleet fleet) throws InterruptedException {
    Thread hook = new Thread(() -> end(fleet), "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      fleet.start();
    } catch (CannotStart e) {
      Runtime.getRuntime().removeShutdownHook(hook);
      fleet.close();
      throw e;
    }
    out.println("fleet ready");
    out.flush();
    new CountDownLatch(1).await();
  }

  /** A process told to end has done what it was told: 0, where the JVM would say 143. */
  private static void end(Fleet fleet) {
    int exitCode = 1;
    try {
      fleet.close();
      exitCode = 0;
    } finally {
      Runtime.getRuntime().halt(exitCode);
    }
  }
}

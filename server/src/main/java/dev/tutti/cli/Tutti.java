package dev.tutti.cli;

import dev.tutti.chaos.ChaosCommand;
import dev.tutti.load.LoadCommand;
import dev.tutti.terminal.ChatCommand;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root command. By itself it only says which commands there are. */
@Command(
    name = "tutti",
    description = "A real-time collaboration server.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Tutti implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private Tutti() {}

  /**
   * The command line with all its commands.
   *
   * @param environment the process's variables
   * @param out for what was asked for; errors go to picocli's own error writer
   */
  public static CommandLine commandLine(
      Map<String, String> environment, InstantSource clock, PrintStream out, Serving serving) {
    CommandLine root = new CommandLine(new Tutti());
    CommandLine serve = new CommandLine(new ServeCommand(environment, out, serving));
    ServeCommand.SETTINGS.addTo(serve);
    CommandLine token = new CommandLine(new TokenCommand(environment, clock, out));
    TokenCommand.SETTINGS.addTo(token);
    CommandLine verify = new CommandLine(new VerifyCommand(environment, out));
    VerifyCommand.SETTINGS.addTo(verify);
    CommandLine fleet = new CommandLine(new FleetCommand(environment, out));
    FleetCommand.SETTINGS.addTo(fleet);
    root.addSubcommand(serve)
        .addSubcommand(fleet)
        .addSubcommand(token)
        .addSubcommand(verify)
        .addSubcommand(new ChatCommand(environment, System.in))
        .addSubcommand(new LoadCommand())
        .addSubcommand(new ChaosCommand(out));
    return root.setUsageHelpWidth(Failures.WIDTH)
        .setParameterExceptionHandler(Failures::misused)
        .setExecutionExceptionHandler(Failures::failed);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Say which command: serve, fleet, token, verify, chat, load or chaos.");
  }
}

package dev.tutti.load;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tutti load}: asks for a scenario. */
@Command(
    name = "load",
    description = "Measures a server, and checks its promises while it does.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DurableCommand.class,
      FanoutCommand.class,
      MoveCommand.class,
      IdleCommand.class,
      JoinCommand.class,
      ChatCommand.class,
      ReadingsCommand.class,
      StormCommand.class
    },
    footer = {
      "",
      "Latencies count from when a command was due, not from when it could be sent,",
      "so a stall of the server is not left out. Every subscriber's order is checked.",
      "",
      "The server's limits are made for people, not for load. Start the server under",
      "test with them raised, for example:",
      "  tutti serve --max-messages-per-second 1000000 --max-burst 1000000 \\",
      "    --max-room-queue 100000 --max-connections 50000",
      "What a limit refuses is shown in the result (refused, too_fast).",
      "Many connections need as many open files: ulimit -n."
    })
public final class LoadCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("not run by picocli");
    }
    throw new ParameterException(
        spec.commandLine(),
        "name a scenario: durable, fanout, move, idle, join, chat, readings or storm");
  }
}

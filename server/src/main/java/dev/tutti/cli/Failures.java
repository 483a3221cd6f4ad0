package dev.tutti.cli;

import dev.tutti.config.CannotStart;
import java.io.PrintWriter;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** How a command ends badly: clear lines and a hint on standard error, never a stack trace. */
final class Failures {
  static final int WIDTH = 100;

  private Failures() {}

  /** Wrong options. Exit code 2. */
  static int misused(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("tutti: " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
    err.println(hint(command));
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** Settings that do not hold: each problem a line. Exit code 2. */
  static int refused(CommandLine command, List<String> problems) {
    PrintWriter err = command.getErr();
    problems.forEach(problem -> err.println("tutti: " + problem));
    err.println(hint(command));
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** It began and could not go on. Exit code 1. */
  static int failed(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (e instanceof CannotStart reason) {
      err.println("tutti: " + reason.getMessage());
      err.println(reason.hint());
    } else {
      String told = e.getMessage() == null ? "" : ": " + e.getMessage().replaceAll("\\R", " ");
      err.println("tutti: " + e.getClass().getSimpleName() + told);
      err.println("This is not expected; --log-level debug shows where it happened.");
    }
    LoggerFactory.getLogger(Failures.class).debug("The command failed.", e);
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  private static String hint(CommandLine command) {
    return "Try ./" + command.getCommandSpec().qualifiedName() + " --help";
  }
}

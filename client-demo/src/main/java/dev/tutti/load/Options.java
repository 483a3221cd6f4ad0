package dev.tutti.load;

import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every scenario asks for. */
final class Options {
  private static final int MAX_THREADS = 16;

  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "URL",
      split = ",",
      defaultValue = "${env:TUTTI_LOAD_URL:-ws://127.0.0.1:8080}",
      description =
          "The server, as ws://HOST:PORT; several instances of a fleet with commas between them"
              + " (default: ${DEFAULT-VALUE}).")
  List<URI> urls = List.of();

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      defaultValue = "${env:TUTTI_LOAD_TOKEN:-}",
      description = "A token for every connection (default: none, a guest).")
  String token = "";

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "20",
      description = "How long to measure (default: ${DEFAULT-VALUE}).")
  int seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "5",
      description = "Seconds of load before measuring (default: ${DEFAULT-VALUE}).")
  int warmUpSeconds;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Event loops of this generator, 1 to 16 (default: ${DEFAULT-VALUE}).")
  int threads;

  @Option(
      names = "--server-pid",
      paramLabel = "PID",
      defaultValue = "0",
      description = "Also report this process's memory and CPU time, read from /proc.")
  long serverPid;

  @Option(names = "--json", description = "Print the result as JSON rather than as a table.")
  boolean json;

  @Option(
      names = "--dialect",
      defaultValue = "TUTTI",
      hidden = true,
      description = "How messages are wrapped; the others are for measuring peers.")
  Dialect dialect = Dialect.TUTTI;

  /**
   * Refuses what cannot be run, as picocli refuses a wrong option.
   *
   * @param sentence what is wrong
   */
  void require(boolean condition, String sentence) {
    if (!condition && spec != null) {
      throw new ParameterException(spec.commandLine(), sentence);
    }
  }

  void requireSensible() {
    urls.forEach(url -> requireServer(url, "--url"));
    require(seconds >= 1 && warmUpSeconds >= 0, "--seconds and --warm-up cannot be that short.");
    require(threads >= 1 && threads <= MAX_THREADS, "--threads must be from 1 to 16.");
  }

  /** Refuses what names no server. */
  void requireServer(URI url, String option) {
    require(
        "ws".equals(url.getScheme()) && url.getHost() != null && url.getPort() > 0,
        option + " must look like ws://HOST:PORT.");
  }

  /** The servers under load; each client is of one of them. */
  List<Target> targets() {
    return urls.stream().map(this::target).toList();
  }

  Target target(URI url) {
    return new Target(url, token, dialect);
  }

  PrintWriter out() {
    return spec == null ? new PrintWriter(System.out, true) : spec.commandLine().getOut();
  }

  PrintWriter progress() {
    return spec == null ? new PrintWriter(System.err, true) : spec.commandLine().getErr();
  }

  /** Peers keep no boards, so there is nothing to prepare. */
  boolean boards() {
    return dialect == Dialect.TUTTI;
  }
}

package dev.tutti.postgres.embedded;

import dev.tutti.postgres.PostgresRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL's own folder of files below the data directory, and its password beside it. Used only
 * by who holds the {@link DataLock}.
 */
final class Cluster {
  static final String USER = "tutti";
  static final String DATABASE = "tutti";
  private static final Logger log = LoggerFactory.getLogger(Cluster.class);
  private static final String FRESH = "initializing-";

  private final Path data;
  private final Binaries binaries;
  private final Account account;

  Cluster(Path data, Binaries binaries, Account account) {
    this.data = data;
    this.binaries = binaries;
    this.account = account;
  }

  /** Where the files of a data directory's database are: there as soon as they are whole. */
  static Path folderIn(Path data) {
    return data.resolve("postgres");
  }

  Path folder() {
    return folderIn(data);
  }

  Path logFile() {
    return folder().resolve("server.log");
  }

  String password() throws IOException {
    return Files.readString(passwordFile()).strip();
  }

  private Path passwordFile() {
    return data.resolve("password");
  }

  /**
   * Makes the folder where it is not there. It is made under another name and renamed when it is
   * whole, so that a crash leaves either all of it or nothing.
   */
  void initialize() throws IOException {
    if (Files.isDirectory(folder())) {
      return;
    }
    deleteUnfinished();
    log.info("Making a new database in {}.", folder());
    Path fresh = Files.createTempDirectory(data, FRESH);
    account.own(fresh);
    var password = newPassword();
    Path files = fresh.resolve("files");
    runInitdb(files, fresh.resolve("password"), password);
    createDatabase(files);
    Files.writeString(
        files.resolve("postgresql.conf"),
        "\ninclude = '" + Settings.FILE + "'\n",
        StandardOpenOption.APPEND);
    Folders.forceOne(files.resolve("postgresql.conf"));
    keep(password);
    Files.move(files, folder(), StandardCopyOption.ATOMIC_MOVE);
    Folders.forceOne(data);
    Folders.delete(fresh);
  }

  private void deleteUnfinished() throws IOException {
    try (var unfinished = Files.newDirectoryStream(data, FRESH + "*")) {
      for (Path folder : unfinished) {
        Folders.delete(folder);
      }
    }
  }

  private void runInitdb(Path files, Path passwordFile, String password) throws IOException {
    writePrivately(passwordFile, password);
    account.own(passwordFile);
    must(
        "initdb",
        Command.of(
                account,
                data,
                binaries.program("initdb"),
                "--pgdata=" + files,
                "--username=" + USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--no-locale",
                "--no-instructions")
            .run(""));
  }

  private void createDatabase(Path files) throws IOException {
    must(
        "postgres --single",
        Command.of(account, data, binaries.program("postgres"), "--single", "-D", files, "postgres")
            .run("create database " + DATABASE + "\n"));
  }

  private static void must(String program, Command.Ended ended) {
    if (!ended.isFine()) {
      throw new PostgresRefused(
          "PostgreSQL could not make its files: " + program + " said: " + ended.output());
    }
  }

  private void keep(String password) throws IOException {
    Path fresh = data.resolve("password.new");
    writePrivately(fresh, password);
    Folders.forceOne(fresh);
    Files.move(fresh, passwordFile(), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void writePrivately(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text, StandardCharsets.US_ASCII);
  }

  private static String newPassword() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  void writeSettings(int port) throws IOException {
    Path file = folder().resolve(Settings.FILE);
    Files.writeString(file, Settings.on(port));
    account.own(file);
  }

  /** The PostgreSQL that runs over these files now, whoever started it. */
  Optional<ProcessHandle> running() throws IOException {
    return named(pidFile()).filter(this::isOurs);
  }

  /** The lines of PostgreSQL's own note of its process; none where there is no note. */
  private List<String> pidFile() throws IOException {
    try {
      return Files.readAllLines(folder().resolve("postmaster.pid"));
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static Optional<ProcessHandle> named(List<String> pidFile) {
    return pidFile.stream()
        .findFirst()
        .map(String::strip)
        .filter(number -> number.matches("[0-9]{1,10}"))
        .flatMap(number -> ProcessHandle.of(Long.parseLong(number)));
  }

  /**
   * Whether a process is a PostgreSQL over these files. A number in an old file may belong to
   * anything by now; what has ended but was not reaped by its parent shows no command line.
   */
  boolean isOurs(ProcessHandle process) {
    var words = process.info().commandLine().orElse("");
    return process.isAlive()
        && words.contains("/bin/postgres")
        && words.contains(folder().toString());
  }

  /**
   * The PostgreSQL that runs over these files, once it says itself that it takes connections on
   * that port. One on another port was being started when its server was killed.
   */
  Optional<ProcessHandle> ready(int port) throws IOException {
    var running = running();
    var lines = running.isPresent() ? pidFile() : List.<String>of();
    return lines.size() >= 8
            && lines.get(3).strip().equals(Integer.toString(port))
            && lines.get(7).strip().equals("ready")
        ? running
        : Optional.empty();
  }

  /**
   * Ends a PostgreSQL that an earlier server left behind: it is never attached to. Also clears away
   * a note whose number belongs to something else by now, over which PostgreSQL would stumble.
   */
  void stopLeftover() throws IOException {
    if (running().isPresent()) {
      log.info("Stopping the PostgreSQL that an earlier server left behind.");
      if (!stop("fast").isFine() && running().isPresent()) {
        stop("immediate");
      }
      if (running().isPresent()) {
        throw new PostgresRefused(
            "A PostgreSQL of an earlier server still runs on %s (process %d) and does not stop."
                .formatted(folder(), running().get().pid()));
      }
    }
    if (named(pidFile()).isPresent()) {
      Files.deleteIfExists(folder().resolve("postmaster.pid"));
    }
  }

  Command.Ended stop(String mode) throws IOException {
    return Command.of(
            account,
            data,
            binaries.program("pg_ctl"),
            "--pgdata=" + folder(),
            "--mode=" + mode,
            "--timeout=60",
            "--silent",
            "--wait",
            "stop")
        .run("");
  }

  /** Starts PostgreSQL under a guard. */
  Guard guard() throws IOException {
    return Guard.start(this, binaries, account, data);
  }

  /**
   * Whether a process of a killed PostgreSQL still works in the files. Told on Linux alone;
   * elsewhere PostgreSQL itself refuses to start beside it.
   */
  boolean isLeft() throws IOException {
    Path processes = Path.of("/proc");
    if (!Files.isDirectory(processes)) {
      return false;
    }
    try (var all = Files.newDirectoryStream(processes, "[0-9]*")) {
      for (Path process : all) {
        if (worksIn(process.resolve("cwd"))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean worksIn(Path link) {
    try {
      return Files.readSymbolicLink(link).equals(folder());
    } catch (IOException e) {
      return false; // It ended meanwhile, or is none of ours.
    }
  }

  /** The last lines of its log, for a person who wonders why it did not start. */
  String lastWords() throws IOException {
    if (!Files.exists(logFile())) {
      return "";
    }
    var lines = Files.readAllLines(logFile(), StandardCharsets.ISO_8859_1);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
  }
}

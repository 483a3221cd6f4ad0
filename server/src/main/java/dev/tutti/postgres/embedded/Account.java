package dev.tutti.postgres.embedded;

import com.sun.security.auth.module.UnixSystem;
import dev.tutti.postgres.PostgresRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Locale;

/**
 * The account that PostgreSQL runs under: the server's own, or, as PostgreSQL refuses to run as
 * root, {@code nobody} when the server is root.
 *
 * @param prefix the words before a command that make it run under the account
 * @param isOther whether it is not the server's own
 */
record Account(List<String> prefix, boolean isOther) {
  private static final int NOBODY = 65534;

  static Account ofThisProcess() {
    if (new UnixSystem().getUid() != 0) {
      return new Account(List.of(), false);
    }
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
      throw new PostgresRefused(
          "PostgreSQL does not run as root. Start the server as an ordinary user, or name a"
              + " PostgreSQL with --postgres-url.");
    }
    var id = Integer.toString(NOBODY);
    return new Account(
        List.of("setpriv", "--reuid=" + id, "--regid=" + id, "--clear-groups", "--"), true);
  }

  /** Gives one file or folder to the account. */
  void own(Path path) throws IOException {
    if (isOther) {
      Files.setAttribute(path, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", NOBODY, LinkOption.NOFOLLOW_LINKS);
    }
  }

  /**
   * @throws PostgresRefused when the account cannot enter the folder
   */
  void requireEntryTo(Path folder) throws IOException {
    if (!isOther) {
      return;
    }
    var probe = Command.of(this, Path.of("/"), "/bin/sh", "-c", "cd \"$1\"", "sh", folder);
    Command.Ended ended;
    try {
      ended = probe.run("");
    } catch (IOException e) {
      throw new PostgresRefused(
          "The server runs as root, PostgreSQL must not, and setpriv (util-linux) is not there to"
              + " start it as another user. Install it, or start the server as an ordinary user.",
          e);
    }
    if (!ended.isFine()) {
      throw new PostgresRefused(
          ("As the server runs as root, PostgreSQL runs as user %d, who cannot enter %s. Let"
                  + " everyone pass through %s (chmod o+x), choose another folder with --data, or"
                  + " start the server as an ordinary user.")
              .formatted(NOBODY, folder, closedParentOf(folder)));
    }
  }

  private static Path closedParentOf(Path folder) throws IOException {
    for (Path path = folder; path != null; path = path.getParent()) {
      if (!Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_EXECUTE)) {
        return path;
      }
    }
    return folder;
  }
}

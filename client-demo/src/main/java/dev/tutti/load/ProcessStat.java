package dev.tutti.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What Linux tells of a process.
 *
 * @param residentBytes its resident memory
 * @param cpuMillis CPU time that it has used, user and system
 */
record ProcessStat(long residentBytes, long cpuMillis) {
  /** Clock ticks of {@code /proc/PID/stat} are 10 ms on every Linux that Java runs on. */
  private static final int TICK_MILLIS = 10;

  /** Empty where there is no such process or no {@code /proc}. */
  static Optional<ProcessStat> of(long pid) {
    if (pid <= 0) {
      return Optional.empty();
    }
    try {
      String status = Files.readString(Path.of("/proc/" + pid + "/status"));
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      // The name in brackets may hold spaces; the fields are counted from behind it.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
      return Optional.of(new ProcessStat(kilobytes(status, "VmRSS:") * 1024, ticks * TICK_MILLIS));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static long kilobytes(String status, String field) {
    int at = status.indexOf(field) + field.length();
    return Long.parseLong(status.substring(at, status.indexOf("kB", at)).strip());
  }
}

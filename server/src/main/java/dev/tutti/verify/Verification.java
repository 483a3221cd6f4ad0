package dev.tutti.verify;

import dev.tutti.journal.Journal.Snapshot;
import dev.tutti.postgres.JournalScan;
import dev.tutti.postgres.JournalScan.ScannedRoom;
import java.io.PrintStream;
import java.util.List;

/** The check of a whole journal, printed as it goes: a line a room, and one for all. */
public final class Verification {
  private static final String LINE = "%-40s %10s %10s %10s  %s%n";

  private final JournalScan scan;
  private final PrintStream out;
  private long rooms;
  private long events;
  private long broken;

  private Verification(JournalScan scan, PrintStream out) {
    this.scan = scan;
    this.out = out;
  }

  /** Checks everything; says whether all of it agrees. */
  public static boolean of(JournalScan scan, PrintStream out) {
    return new Verification(scan, out).run();
  }

  private boolean run() {
    out.printf(LINE, "room", "head", "events", "snapshot", "");
    scan.rooms(this::check);
    long strays = scan.strays();
    long repeated = scan.repeatedKeys();
    if (strays > 0) {
      out.println(strays + " events or snapshots belong to no room");
    }
    if (repeated > 0) {
      out.println(repeated + " keys happened twice in their room");
    }
    boolean agrees = broken == 0 && strays == 0 && repeated == 0;
    out.printf(
        "%d rooms, %d events: %s%n",
        rooms, events, agrees ? "all agrees" : broken + " rooms do not agree");
    return agrees;
  }

  private void check(ScannedRoom room) {
    RoomReplay replay = new RoomReplay(room);
    scan.events(room.id(), replay::take);
    List<String> findings = replay.findings();
    rooms++;
    events += replay.events();
    broken += findings.isEmpty() ? 0 : 1;
    out.printf(
        LINE,
        room.name(),
        room.head(),
        replay.events(),
        room.snapshot().map(Snapshot::seq).map(String::valueOf).orElse("-"),
        findings.isEmpty() ? "ok" : String.join("; ", findings));
  }
}

package dev.tutti.terminal;

import java.util.List;
import org.jline.reader.LineReader;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Status;

/**
 * Where a chat is drawn: lines above what is being typed, and one line below it where the terminal
 * can do that; else a change of the connection is a line like others. Safe on any thread.
 */
final class Screen implements AutoCloseable {
  private final LineReader reader;
  private final Terminal terminal;
  private final boolean colours;
  private final boolean bottom;
  private String state = "";
  private boolean closed;

  /**
   * @param colours whether styles are shown at all
   */
  Screen(LineReader reader, boolean colours) {
    this.reader = reader;
    this.terminal = reader.getTerminal();
    this.colours = colours;
    this.bottom =
        !Terminal.TYPE_DUMB.equals(terminal.getType())
            && !terminal.getType().startsWith(Terminal.TYPE_DUMB);
  }

  /** Whether somebody looks at it; a pipe is nobody. */
  boolean isWatched() {
    return bottom;
  }

  synchronized void print(AttributedString line) {
    if (closed) {
      return;
    }
    reader.printAbove(colours ? line : new AttributedString(line.toString()));
  }

  /** How the connection is, and what else is worth a glance. */
  synchronized void status(String now, String more) {
    if (bottom && !closed) {
      Status line = Status.getStatus(terminal);
      if (line != null) {
        AttributedString text = Transcript.faint(now + " · " + more);
        line.update(List.of(colours ? text : new AttributedString(text.toString())));
      }
    } else if (!now.equals(state) && !now.equals("sending") && !state.equals("sending")) {
      print(new AttributedString("-- " + now));
    }
    state = now;
  }

  /** Nothing is drawn any more: the terminal may be gone. */
  @Override
  public synchronized void close() {
    closed = true;
  }
}

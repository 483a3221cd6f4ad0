package dev.tutti.protocol.board;

import dev.tutti.protocol.Args;
import org.jspecify.annotations.Nullable;

/** Where among its neighbours something goes. Clients name neighbours; ranks are the server's. */
public sealed interface Place {
  Place FIRST = new First();
  Place LAST = new Last();

  /** Before all others. */
  record First() implements Place {}

  /** Behind all others: where nothing is said. */
  record Last() implements Place {}

  /** Right behind this one. */
  record After(String id) implements Place {}

  /** The place that {@code after} and {@code first} of a command's arguments mean. */
  static Place of(@Nullable String after, @Nullable Boolean first) {
    if (after != null) {
      return new After(after);
    }
    return Boolean.TRUE.equals(first) ? FIRST : LAST;
  }

  /**
   * Refuses arguments that contradict each other.
   *
   * @param self the id of what moves, which cannot be its own neighbour
   */
  static void check(@Nullable String self, @Nullable String after, @Nullable Boolean first) {
    Args.optionalId(after, "after");
    if (after != null && Boolean.TRUE.equals(first)) {
      throw Args.invalid("first", "Give \"after\" or \"first\", not both.");
    }
    if (after != null && after.equals(self)) {
      throw Args.invalid("after", "Nothing comes after itself.");
    }
  }
}

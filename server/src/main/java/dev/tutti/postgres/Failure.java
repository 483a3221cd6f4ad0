package dev.tutti.postgres;

import java.sql.SQLException;

/** What the failure of a statement that commits by itself means for what it should have written. */
enum Failure {
  /** Not written: something that it holds cannot be stored. */
  DATA,
  /** Not written, for a reason that is not in the data. */
  REFUSED,
  /** Written or not: the answer did not come. */
  UNKNOWN;

  static Failure of(Exception cause) {
    return switch (cause) {
      case ArithmeticException _, IllegalArgumentException _ -> DATA; // Before it was sent.
      case SQLException sql -> ofState(sql.getSQLState() == null ? "" : sql.getSQLState());
      default -> UNKNOWN;
    };
  }

  /**
   * The server reports an error only after it has rolled back, so for the classes that it reports
   * as errors the outcome is certain. What ends the session (57P…, 08…) or tells of something
   * broken (XX…, 58…) may come after the commit.
   */
  private static Failure ofState(String state) {
    if (state.equals("57014")) {
      return REFUSED;
    }
    return switch (state.length() == 5 ? state.substring(0, 2) : "") {
      case "22", "23", "54" -> DATA;
      case "25", "26", "28", "0A", "3D", "3F", "40", "42", "53", "55" -> REFUSED;
      default -> UNKNOWN;
    };
  }
}

package dev.tutti.load;

/**
 * What a run found out about the server's promises. A fast number with a gap in it is worth
 * nothing, so these lines stand in every report.
 *
 * @param unanswered commands without an answer at the end
 * @param behind subscribers that did not get as far as others of their room
 */
record Checks(Tally tally, long unanswered, long behind) {
  /** Adds the lines; true where every promise was kept. */
  boolean addTo(Report report) {
    report.line(
        "order",
        Report.text(
            "%,d gaps, %,d repeats, %,d subscribers behind", tally.gaps, tally.repeats, behind));
    report.line(
        "answers",
        Report.text(
            "%,d unanswered, %,d to nothing, %,d before their event",
            unanswered + tally.unsent, tally.answersToNothing, tally.acceptedBeforeEvent));
    if (tally.resets > 0) {
      report.line(
          "resets",
          Report.text("%,d, which skipped %,d events", tally.resets, tally.skippedByReset));
    }
    tally.refused.forEach((code, count) -> report.line("refused, " + code, refusal(code, count)));
    tally.closed.forEach((why, count) -> report.line("closed", Report.text("%,d: %s", count, why)));
    return tally.gaps + tally.repeats + behind + unanswered + tally.unsent == 0
        && tally.answersToNothing + tally.acceptedBeforeEvent == 0
        && tally.closed.isEmpty();
  }

  private String refusal(String code, long count) {
    String sentence = tally.sentences.getOrDefault(code, "");
    String advice =
        code.equals("too_fast")
            ? " This measures the server's limits, not the server: raise them (see --help)."
            : "";
    return Report.text("%,d of %,d sent. %s%s", count, tally.sent, sentence, advice);
  }
}

package dev.tutti.room;

import dev.tutti.measure.Count;

/**
 * What goes wrong with the rules of rooms. Any thread.
 *
 * @param failures commands at which rules threw, or returned what makes no event
 * @param overruns commands that took longer than the budget of time
 */
public record RulesCounts(Count failures, Count overruns) {
  /** Nothing was counted yet. */
  public RulesCounts() {
    this(new Count(), new Count());
  }
}

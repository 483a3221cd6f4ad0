package dev.tutti.room;

import java.util.List;

/**
 * Refuses commands. A refusal is sent when it is sure that the command has not happened, and that
 * it was decided on a state no older than the command: one sent again may be refused only because
 * its first sending succeeded, or because this instance is behind. Owned by the room's thread.
 */
final class Refusals {
  private final RoomContext context;
  private final Confirmed held;
  private final Desk desk;
  private final Hop hop;

  Refusals(RoomContext context, Confirmed held, Desk desk, Hop hop) {
    this.context = context;
    this.held = held;
    this.desk = desk;
    this.hop = hop;
  }

  /**
   * Looks the commands up and settles them, however long the journal takes to answer; those who
   * lose patience are told so.
   *
   * @param settled runs behind that, when there may be commands to decide and events to read
   */
  void settle(List<Round.Refusal> refusals, Runnable settled) {
    if (refusals.isEmpty()) {
      return;
    }
    List<Pending> commands = refusals.stream().map(Round.Refusal::pending).toList();
    hop.on(
        Standing.of(context.journal(), held.name(), held.id(), commands),
        standing -> {
          context.counts().duplicates().add(standing.traces().known().size());
          if (desk.refuse(refusals, standing, held.seq())) {
            desk.settle(Settling.proposal(context.random()), context.millis());
          }
          held.learn(standing);
          settled.run();
        },
        failure -> {
          desk.giveUp(commands, context.millis() - context.settings().patienceMillis());
          List<Round.Refusal> left =
              refusals.stream().filter(refusal -> desk.holds(refusal.pending())).toList();
          hop.afterPause(() -> settle(left, settled));
        });
  }
}

package dev.tutti.room;

import java.util.ArrayList;
import java.util.List;

/** A command that waits in a room for its outcome. Owned by the room's thread. */
final class Pending {
  private final Proposal proposal;
  private final long sinceMillis;

  /** Usually one; more when the same command was sent again before it was answered. */
  private final List<Reply> replies = new ArrayList<>(1);

  Pending(Proposal proposal, Reply reply, long sinceMillis) {
    this.proposal = proposal;
    this.sinceMillis = sinceMillis;
    replies.add(reply);
  }

  Proposal proposal() {
    return proposal;
  }

  long sinceMillis() {
    return sinceMillis;
  }

  void alsoTell(Reply reply) {
    replies.add(reply);
  }

  void answer(Outcome outcome) {
    for (Reply reply : replies) {
      reply.outcome(outcome);
    }
  }
}

package dev.tutti.chaos;

import static dev.tutti.probe.Promise.EACH_DECIDED_ON_THE_ONE_BEFORE;

import dev.tutti.probe.Client;
import dev.tutti.probe.Draft;
import dev.tutti.probe.Moves;
import dev.tutti.probe.Replay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A ticket whose title is a number. Everybody adds one now and then, expecting what they see, so
 * that each event must have been decided on the document that the one before it left.
 *
 * @param others what the client does the rest of the time
 */
record Counter(Client client, RandomGenerator random, Supplier<Draft> others)
    implements Supplier<Draft> {
  private static final String TICKET = "counter";
  private static final int ONE_IN = 6;

  /** Puts the ticket on a board that has columns, and waits for it. */
  static void prepare(Client by) {
    by.send(Moves.add(TICKET)).join();
    by.send(edit("0")).join();
  }

  @Override
  public Draft get() {
    String seen = client.text("tickets", TICKET, "title");
    if (random.nextInt(ONE_IN) != 0 || !seen.matches("\\d+")) {
      return others.get();
    }
    ObjectNode expect = Moves.args();
    expect.putObject("tickets").putObject(TICKET).put("title", seen);
    Draft next = edit(Long.toString(Long.parseLong(seen) + 1));
    return new Draft(next.name(), next.args(), Optional.of(expect));
  }

  private static Draft edit(String title) {
    return Draft.of("ticket.edit", Moves.args().put("ticket", TICKET).put("title", title));
  }

  /** Every event that did not add exactly one. */
  static List<String> broken(Replay journal) {
    List<String> found = new ArrayList<>();
    long at = -1;
    for (JsonNode event : journal.events()) {
      String title = event.path("patch").path("tickets").path(TICKET).path("title").stringValue("");
      if (title.matches("\\d+")) {
        long next = Long.parseLong(title);
        if (next != at + 1) {
          found.add(EACH_DECIDED_ON_THE_ONE_BEFORE + ": counted from " + at + " to " + next);
        }
        at = next;
      }
    }
    return found;
  }
}

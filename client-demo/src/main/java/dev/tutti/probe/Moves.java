package dev.tutti.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What people do on a board of three columns, from a seed. */
public final class Moves implements Supplier<Draft> {
  private static final List<String> COLUMNS = List.of("todo", "doing", "done");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Random random;
  private final int tickets;

  /** Between {@code tickets} tickets, from t0 on. */
  public Moves(long seed, int tickets) {
    this.random = new Random(seed);
    this.tickets = tickets;
  }

  /** Puts columns and tickets on an empty board, and waits for them. */
  public static void prepare(Client by, int tickets) {
    List<CompletableFuture<JsonNode>> answers = new ArrayList<>();
    for (String column : COLUMNS) {
      answers.add(
          by.send(Draft.of("column.add", args().put("column", column).put("title", column))));
    }
    for (int i = 0; i < tickets; i++) {
      answers.add(by.send(add("t" + i)));
    }
    answers.forEach(CompletableFuture::join);
  }

  /** Adds a ticket to the first column. */
  public static Draft add(String ticket) {
    return Draft.of(
        "ticket.add",
        args().put("ticket", ticket).put("column", "todo").put("title", "Ticket " + ticket));
  }

  /** Moves a ticket to the end of a column. */
  public static Draft move(String ticket, String column) {
    return Draft.of("ticket.move", args().put("ticket", ticket).put("column", column));
  }

  /** Arguments to be filled in. */
  public static ObjectNode args() {
    return NODES.objectNode();
  }

  @Override
  public Draft get() {
    String ticket = "t" + random.nextInt(tickets);
    String column = COLUMNS.get(random.nextInt(COLUMNS.size()));
    return switch (random.nextInt(5)) {
      case 0 ->
          Draft.of(
              "ticket.edit", args().put("ticket", ticket).put("title", "No. " + random.nextInt()));
      case 1 ->
          Draft.of(
              "ticket.move", args().put("ticket", ticket).put("column", column).put("first", true));
      case 2 -> {
        ObjectNode expect = NODES.objectNode();
        expect.putObject("tickets").putObject(ticket).put("column", column);
        yield new Draft(
            "ticket.move",
            args().put("ticket", ticket).put("column", COLUMNS.get(random.nextInt(3))),
            Optional.of(expect));
      }
      default -> move(ticket, column);
    };
  }
}

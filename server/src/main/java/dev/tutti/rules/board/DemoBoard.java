package dev.tutti.rules.board;

import static dev.tutti.protocol.board.BoardCommand.BINDING;

import dev.tutti.protocol.board.BoardCommand;
import dev.tutti.protocol.board.CheckCommand;
import dev.tutti.protocol.board.ColumnCommand;
import dev.tutti.protocol.board.CommentCommand;
import dev.tutti.protocol.board.TicketCommand;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * A believable board to look at first. Each command has the same key at every start, so that
 * sending all of them again changes nothing, whatever people have done to the board meanwhile. Due
 * days are written down rather than computed, because a key stands for one content for ever.
 */
public final class DemoBoard {
  /** The room that it is made for. */
  public static final String ROOM = "board:demo";

  private static final int RED = 25;
  private static final int AMBER = 75;
  private static final int GREEN = 155;
  private static final int BLUE = 250;
  private static final int VIOLET = 300;

  private final List<Step> steps = new ArrayList<>();

  /** One command, ready to be sent. */
  public record Step(UUID key, String name, ObjectNode args) {}

  private DemoBoard() {}

  /** The commands, in order. */
  public static List<Step> steps() {
    DemoBoard demo = new DemoBoard();
    demo.columns();
    demo.ideasAndPlans();
    demo.workInProgress();
    demo.whatIsDone();
    demo.conversation();
    return List.copyOf(demo.steps);
  }

  private void columns() {
    add(new BoardCommand.Rename("Harbour café: the new website"));
    column("ideas", "Ideas");
    column("todo", "To do");
    column("doing", "Doing");
    column("review", "Review");
    column("done", "Done");
    add(new ColumnCommand.Limit("doing", 3));
  }

  private void ideasAndPlans() {
    ticket("gift", "ideas", "Gift vouchers that can be bought online");
    label("gift", "shop", VIOLET);
    ticket("quiet", "ideas", "Show how busy the café is right now");
    ticket("tide", "ideas", "Tide table next to the opening hours");
    label("tide", "nice to have", GREEN);

    ticket("menu", "todo", "Menu with allergens and prices");
    describe(
        "menu",
        "The kitchen changes the menu on Mondays. They should be able to edit it from a phone.");
    label("menu", "content", BLUE);
    check("menu", "list", "Get the allergen list from the kitchen", true);
    check("menu", "prices", "Agree on how prices are written", false);
    check("menu", "phone", "Try it on the old phone behind the bar", false);
    due("menu", "2026-12-04");
    assign("menu", "demo:ines", "Ines");
    ticket("map", "todo", "Map and how to come by ferry");
    label("map", "content", BLUE);
    ticket("cookies", "todo", "No cookie banner: check that we need none");
    label("cookies", "legal", AMBER);
    due("cookies", "2026-12-11");
  }

  private void workInProgress() {
    ticket("book", "doing", "Reserve a table");
    describe("book", "Up to eight people, two weeks ahead. Larger parties call us.");
    label("book", "shop", VIOLET);
    check("book", "form", "Form with date, time and people", true);
    check("book", "mail", "Confirmation by mail", true);
    check("book", "cancel", "Cancel by the link in the mail", false);
    check("book", "full", "Say clearly when an evening is full", false);
    due("book", "2026-11-27");
    assign("book", "demo:tomas", "Tomás");
    assign("book", "demo:wei", "Wei");
    ticket("photos", "doing", "New photos, in morning light");
    label("photos", "design", GREEN);
    assign("photos", "demo:ines", "Ines");

    ticket("slow", "review", "The start page takes four seconds on the ferry");
    label("slow", "bug", RED);
    describe("slow", "Measured twice on the 08:10 ferry. Most of it is one picture of 6 MB.");
    due("slow", "2026-11-24");
    assign("slow", "demo:wei", "Wei");
    ticket("hours", "review", "Opening hours for the winter");
    label("hours", "content", BLUE);
    check("hours", "ask", "Ask Marta about the week after Christmas", true);
    check("hours", "sign", "Same times on the sign at the door", true);
  }

  private void whatIsDone() {
    ticket("domain", "done", "Move the domain");
    assign("domain", "demo:tomas", "Tomás");
    ticket("logo", "done", "Logo as a drawing instead of a photo");
    label("logo", "design", GREEN);
    ticket("phone", "done", "The telephone number can be tapped");
    label("phone", "bug", RED);
  }

  private void conversation() {
    comment("book", "one", "Can two people take the last table at the same time?");
    comment("book", "two", "They can try. The second one is told that it is gone.");
    comment("slow", "one", "With the small picture it is under one second here.");
    comment("gift", "one", "Marta asks for this every week.");
  }

  private void column(String id, String title) {
    add(new ColumnCommand.Add(id, title, null, null));
  }

  private void ticket(String id, String column, String title) {
    add(new TicketCommand.Add(id, column, title, null, null));
  }

  private void describe(String ticket, String description) {
    add(new TicketCommand.Edit(ticket, null, description));
  }

  private void label(String ticket, String label, int hue) {
    add(new TicketCommand.Label(ticket, label, hue));
  }

  private void assign(String ticket, String user, String name) {
    add(new TicketCommand.Assign(ticket, user, name));
  }

  private void due(String ticket, String day) {
    add(new TicketCommand.Due(ticket, LocalDate.parse(day)));
  }

  private void check(String ticket, String item, String text, boolean done) {
    add(new CheckCommand.Add(ticket, item, text));
    if (done) {
      add(new CheckCommand.Set(ticket, item, true));
    }
  }

  private void comment(String ticket, String id, String text) {
    add(new CommentCommand.Add(ticket, ticket + "-" + id, text));
  }

  private void add(BoardCommand command) {
    String name = BINDING.nameOf(command);
    String seed = "tutti demo board 1, step " + steps.size() + ", " + name;
    UUID key = UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
    steps.add(new Step(key, name, BINDING.argsOf(command)));
  }
}

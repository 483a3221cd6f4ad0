package dev.tutti.load;

/** Writes the messages that clients send. Every method fills and returns the line. */
final class Commands {
  /** Columns of every board of a run; a ticket moves from one to the next. */
  static final int COLUMNS = 2;

  private static final byte[] ID = Text.ascii(",\"id\":");
  private static final byte[] KEY = Text.ascii(",\"key\":\"");
  private static final byte[] ARGS = Text.ascii("\",\"args\":{");
  private static final byte[] COLUMN = Text.ascii("\"column\":\"c");
  private static final byte[] TICKET = Text.ascii("\"ticket\":\"w");
  private static final byte[] DASH = Text.ascii("-");
  private static final byte[] NEXT = Text.ascii("\",");
  private static final byte[] TITLE = Text.ascii("\"title\":\"");
  private static final byte[] END = Text.ascii("\"}}");

  private final String room;
  private final Stamp stamp;
  private final byte[] addColumn;
  private final byte[] addTicket;
  private final byte[] moveTicket;
  private final byte[] post;
  private final byte[] addTable;
  private final byte[] setValues;

  Commands(String room, Stamp stamp) {
    this.room = room;
    this.stamp = stamp;
    addColumn = head("column.add");
    addTicket = head("ticket.add");
    moveTicket = head("ticket.move");
    post = head("message.post");
    addTable = head("widget.add");
    setValues = head("values.set");
  }

  private byte[] head(String name) {
    return Text.ascii(
        "{\"type\":\"command\",\"room\":\"%s\",\"name\":\"%s\"".formatted(room, name));
  }

  static Text hello(Text text, String token) {
    return token.isEmpty()
        ? text.add("{\"type\":\"hello\",\"name\":\"load\",\"client\":\"tutti load\"}")
        : text.add("{\"type\":\"hello\",\"token\":\"").add(token).add("\"}");
  }

  static Text pong(Text text) {
    return text.add("{\"type\":\"pong\"}");
  }

  Text subscribe(Text text, long id) {
    return about(text, "subscribe", id);
  }

  /** Subscribes for what follows an event of a life of the journal. */
  Text resume(Text text, long id, long after, String epoch) {
    text.add("{\"type\":\"subscribe\",\"room\":\"").add(room).add("\",\"after\":").add(after);
    text.add(",\"epoch\":\"").add(epoch).add("\"").add(ID);
    return text.add(id).add("}");
  }

  Text unsubscribe(Text text, long id) {
    return about(text, "unsubscribe", id);
  }

  private Text about(Text text, String type, long id) {
    text.add("{\"type\":\"").add(type).add("\",\"room\":\"").add(room).add("\"").add(ID);
    return text.add(id).add("}");
  }

  Text addColumn(Text text, long id, long dueNanos, int column) {
    begin(text, addColumn, id, dueNanos).add(COLUMN).add(column).add(NEXT);
    return text.add(TITLE).add("Column ").add(column).add(END);
  }

  Text addTicket(Text text, long id, long dueNanos, int writer, int ticket) {
    ticket(begin(text, addTicket, id, dueNanos), writer, ticket).add(NEXT);
    text.add(COLUMN).add(0).add(NEXT).add(TITLE).add("A ticket to be moved, number ");
    return text.add(ticket).add(END);
  }

  Text moveTicket(Text text, long id, long dueNanos, int writer, int ticket, int column) {
    ticket(begin(text, moveTicket, id, dueNanos), writer, ticket).add(NEXT);
    return text.add(COLUMN).add(column).add(END);
  }

  Text post(Text text, long id, long dueNanos, long line) {
    begin(text, post, id, dueNanos).add("\"text\":\"A line for everyone in the room, number ");
    return text.add(line).add(END);
  }

  /** A table of a dashboard, whose rows are the series. */
  Text addTable(Text text, long id, long dueNanos, int widget) {
    begin(text, addTable, id, dueNanos).add("\"kind\":\"table\",\"widget\":\"w").add(widget);
    return text.add(NEXT).add(TITLE).add("Table ").add(widget).add(END);
  }

  /** One reading for each of so many series of a table, from {@code first} on. */
  Text setValues(Text text, long id, long dueNanos, Readings.Batch batch) {
    return batch.write(begin(text, setValues, id, dueNanos)).add("}}");
  }

  private Text begin(Text text, byte[] head, long id, long dueNanos) {
    text.add(head).add(ID).add(id).add(KEY);
    stamp.write(text, dueNanos);
    return text.add(ARGS);
  }

  private static Text ticket(Text text, int writer, int ticket) {
    return text.add(TICKET).add(writer).add(DASH).add(ticket);
  }
}

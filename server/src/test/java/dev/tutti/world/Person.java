package dev.tutti.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.RoomName;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A client in a story: what it does, and what it must see. Sees to one room. */
final class Person {
  private final World world;
  private final Client client;
  private RoomName room = new RoomName("board:demo");
  private Optional<ObjectNode> expected = Optional.empty();

  Person(World world, Client client) {
    this.world = world;
    this.client = client;
  }

  Client client() {
    return client;
  }

  /** Connects to an instance. */
  Person on(int instance) {
    client.connect(world.instances().get(instance));
    return this;
  }

  Person joins(String name) {
    room = new RoomName(name);
    client.subscribe(room);
    world.settle();
    return this;
  }

  /** Three columns, and a ticket t1 in the first of them. */
  Person setsUpTheBoard() {
    for (String column : new String[] {"todo", "doing", "done"}) {
      does("column.add", "{'column':'%s','title':'%s'}".formatted(column, column));
    }
    does("ticket.add", "{'ticket':'t1','column':'todo','title':'A ticket'}");
    world.settle();
    return this;
  }

  Person expects(String document) {
    expected = Optional.of(Commands.json(document));
    return this;
  }

  Sent does(String name, String args) {
    Sent command = new Sent(room, client.key(), name, Commands.json(args), expected);
    expected = Optional.empty();
    client.send(command);
    return command;
  }

  Move moves(String ticket) {
    return column -> does("ticket.move", "{'ticket':'%s','column':'%s'}".formatted(ticket, column));
  }

  /** The other half of a move. */
  interface Move {
    Sent to(String column);
  }

  Sent adds(int n) {
    return does(TallyRules.ADD, "{'n':%d}".formatted(n));
  }

  Sent addsUnlessOver(int most) {
    return does(TallyRules.ADD, "{'n':1,'most':%d}".formatted(most));
  }

  /** Sends another command under a key that was used. */
  Sent reuses(Sent command, String name, String args) {
    Sent other =
        new Sent(command.room(), command.key(), name, Commands.json(args), Optional.empty());
    client.send(other);
    return other;
  }

  Seen sees(String ticket) {
    return column ->
        assertThat(copy().at("tickets", ticket, "column").asString())
            .as("the column that %s sees %s in", client.name(), ticket)
            .isEqualTo(column);
  }

  /** The other half of a look. */
  interface Seen {
    void in(String column);
  }

  void seesTheSum(int sum) {
    assertThat(copy().at(TallyRules.COLLECTION, TallyRules.ID, "value").asInt()).isEqualTo(sum);
  }

  void isTold(Sent command, long seq) {
    assertThat(command.acceptedAt).as("the answer to %s", command).contains(seq);
  }

  void isRefused(Sent command, Code code) {
    assertThat(command.refusedWith).as("the answer to %s", command).contains(code);
  }

  /** So many members in the room, this one among them. */
  void seesMembers(int members) {
    assertThat(copy().members()).as("whom %s sees", client.name()).hasSize(members);
  }

  Copy copy() {
    return client.rooms().get(room);
  }
}

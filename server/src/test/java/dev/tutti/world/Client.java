package dev.tutti.world;

import dev.tutti.probe.Promise;
import dev.tutti.protocol.ClientMessage;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.MergePatch;
import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.ServerMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Somebody with a browser: holds rooms, sends commands, and after a lost connection goes on at any
 * instance, sending again under the same key whatever was not answered.
 */
final class Client implements Wire.End {
  private final World world;
  private final String name;
  private final Map<RoomName, Copy> rooms = new LinkedHashMap<>();
  private final List<Sent> commands = new ArrayList<>();

  // Of the present connection.
  private @Nullable Wire wire;
  private Optional<Instance> instance = Optional.empty();
  private String session = "";
  private long ids;
  private long signals;
  private final Map<Long, Sent> open = new HashMap<>();
  private final Map<Long, RoomName> asked = new HashMap<>();

  Client(World world, String name) {
    this.world = world;
    this.name = name;
  }

  String name() {
    return name;
  }

  String session() {
    return session;
  }

  Optional<Instance> instance() {
    return instance;
  }

  List<Sent> commands() {
    return commands;
  }

  Map<RoomName, Copy> rooms() {
    return rooms;
  }

  // What it does

  void connect(Instance to) {
    disconnect();
    world.trace(() -> name + " connects to instance " + world.instances().indexOf(to));
    ids = 0;
    open.clear();
    asked.clear();
    session = "";
    instance = Optional.of(to);
    wire = to.open(this);
    say(new ClientMessage.Hello(world.token(name), null, null));
  }

  void disconnect() {
    Wire before = wire;
    wire = null;
    instance = Optional.empty();
    rooms.values().forEach(Copy::end);
    if (before != null) {
      before.cut();
    }
  }

  boolean connected() {
    return wire != null;
  }

  void subscribe(RoomName room) {
    Copy copy = rooms.computeIfAbsent(room, Copy::new);
    copy.wanted = true;
    if (!session.isEmpty() && !copy.live() && !asked.containsValue(room)) {
      asked.put(++ids, room);
      Long after = copy.epoch() == null ? null : copy.seq();
      say(new ClientMessage.Subscribe(ids, room, after, copy.epoch()));
    }
  }

  void unsubscribe(RoomName room) {
    Copy copy = rooms.computeIfAbsent(room, Copy::new);
    if (copy.live() && copy.wanted) {
      copy.wanted = false;
      asked.put(++ids, room);
      say(new ClientMessage.Unsubscribe(ids, room));
    }
  }

  void send(Sent command) {
    commands.add(command);
    if (!session.isEmpty()) {
      transmit(command);
    }
  }

  private void transmit(Sent command) {
    command.copies++;
    open.put(++ids, command);
    command.sentMicros = world.schedule().nowMicros();
    world.trace(() -> name + " -> " + command);
    say(command.message(ids));
  }

  /** Says something of itself to those in the room. */
  void present(RoomName room) {
    Copy copy = copy(room);
    if (copy.live()) {
      ObjectNode said = JsonNodeFactory.instance.objectNode();
      said.put("at", world.schedule().random().nextInt(3));
      if (world.schedule().random().nextBoolean()) {
        said.putNull("typing");
      } else {
        said.put("typing", true);
      }
      copy.said((ObjectNode) MergePatch.apply(copy.said(), said));
      say(new ClientMessage.Presence(room, said));
    }
  }

  /** Says something in passing: ever higher numbers, so that whoever hears it knows the latest. */
  void signal(RoomName room) {
    if (copy(room).live()) {
      ObjectNode data = JsonNodeFactory.instance.objectNode().put("n", ++signals);
      say(new ClientMessage.Signal(room, "pointer", data));
    }
  }

  void stall(long micros) {
    Wire now = wire;
    if (now != null) {
      now.stall(micros);
    }
  }

  private void say(ClientMessage message) {
    Wire to = wire;
    if (to != null) {
      to.send(world.codec().encode(message));
    }
  }

  // What it hears

  @Override
  public void received(Wire from, byte[] payload) {
    if (from != wire) {
      return;
    }
    ServerMessage message = world.codec().decodeServer(payload);
    world.trace(() -> name + " <- " + new String(payload, StandardCharsets.UTF_8));
    switch (message) {
      case ServerMessage.Welcome welcome -> welcomed(welcome);
      case ServerMessage.Subscribed subscribed -> {
        asked.remove(subscribed.id());
        copy(subscribed.room()).subscribed(subscribed);
      }
      case ServerMessage.Unsubscribed ended -> ended(ended);
      case ServerMessage.Events events -> copy(events.room()).events(events.events());
      case ServerMessage.Reset reset -> copy(reset.room()).reset(reset);
      case ServerMessage.Presence presence -> copy(presence.room()).presence(presence);
      case ServerMessage.Accepted accepted -> accepted(accepted);
      case ServerMessage.Refused refused -> refused(refused);
      case ServerMessage.Ping ping -> say(new ClientMessage.Pong());
      case ServerMessage.Signals said -> said.signals().forEach(copy(said.room())::signal);
      case ServerMessage.Signal signal -> {}
      case ServerMessage.RoleChanged role -> {}
      case ServerMessage.Status status -> {}
      case ServerMessage.History history -> {}
      case ServerMessage.Bye bye -> {}
    }
  }

  private Copy copy(RoomName room) {
    return rooms.computeIfAbsent(room, Copy::new);
  }

  private void welcomed(ServerMessage.Welcome welcome) {
    session = welcome.session();
    boolean first = world.schedule().random().nextBoolean();
    if (first) {
      subscribeAll();
    }
    commands.stream().filter(c -> !c.answered()).toList().forEach(this::transmit);
    if (!first) {
      subscribeAll();
    }
  }

  private void subscribeAll() {
    rooms.forEach((room, copy) -> {
      if (copy.wanted) {
        subscribe(room);
      }
    });
  }

  private void ended(ServerMessage.Unsubscribed ended) {
    Long id = ended.id();
    if (id != null) {
      asked.remove(id);
    } else {
      copy(ended.room()).wanted = false;
    }
    copy(ended.room()).end();
    if (copy(ended.room()).wanted) {
      subscribe(ended.room());
    }
  }

  private void accepted(ServerMessage.Accepted accepted) {
    Sent command = answered(accepted.id());
    Copy copy = copy(accepted.room());
    boolean lost = standIns(command).anyMatch(sent -> world.database().lost(sent.key()));
    if (copy.live() && copy.seq() < accepted.seq() && !lost) {
      throw new Broken(
          Promise.EVENT_BEFORE_ANSWER,
          name + " is told of " + accepted.seq() + " but was shown " + copy.seq());
    }
    if (command.acceptedAt.isEmpty()) {
      command.acceptedAt = Optional.of(accepted.seq());
    }
  }

  /** The command itself, and those that may have taken its place. */
  Stream<Sent> standIns(Sent command) {
    return commands.stream().filter(sent -> sent == command || sent.replaces(command));
  }

  private void refused(ServerMessage.Refused refused) {
    Long id = refused.id();
    if (id == null) {
      // What it said of itself was too early, or too much: the others may have it or not.
      rooms.values().forEach(Copy::saidNothingCertain);
      return;
    }
    RoomName room = asked.remove(id);
    if (room != null && refused.code() == Code.UNAVAILABLE) {
      Wire same = wire;
      world
          .schedule()
          .after(
              world.schedule().micros(50_000, 500_000),
              () -> {
                if (same == wire && copy(room).wanted) {
                  subscribe(room);
                }
              });
      return;
    }
    if (room != null) {
      copy(room).wanted = false;
      return;
    }
    Sent command = answered(id);
    if (refused.code() == Code.UNAVAILABLE || refused.code() == Code.TOO_FAST) {
      Wire same = wire;
      world
          .schedule()
          .after(
              world.schedule().micros(50_000, 500_000),
              () -> {
                if (same == wire && !session.isEmpty() && !command.answered()) {
                  transmit(command);
                }
              });
    } else {
      command.refusedWith = Optional.of(refused.code());
      command.refusedBecause = refused.message();
      command.refusedMicros = world.schedule().nowMicros();
    }
  }

  private Sent answered(long id) {
    Sent command = open.remove(id);
    if (command == null) {
      throw new Broken(Promise.ANSWERED_ONCE, name + " gets an answer to " + id + " too many");
    }
    return command;
  }

  /** Commands of this connection that are not answered yet. */
  int waiting() {
    return open.size();
  }

  @Override
  public void closed(Wire from) {
    if (from == wire) {
      wire = null;
      instance = Optional.empty();
      rooms.values().forEach(Copy::end);
      world.lost(this);
    }
  }

  /** A fresh key. */
  UUID key() {
    return new UUID(world.schedule().random().nextLong(), world.schedule().random().nextLong());
  }
}

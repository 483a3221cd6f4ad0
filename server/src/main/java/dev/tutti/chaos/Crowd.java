package dev.tutti.chaos;

import static dev.tutti.probe.Promise.NOTHING_HAPPENS_TWICE;
import static dev.tutti.probe.Promise.PRESENCE_IS_WHO_IS_THERE;

import dev.tutti.probe.Client;
import dev.tutti.probe.Moves;
import dev.tutti.probe.Replay;
import dev.tutti.protocol.AccessCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * People who write on a few boards, some on each, through any of the instances: whoever loses a
 * connection goes to another one.
 */
final class Crowd implements AutoCloseable {
  private static final int TICKETS = 20;
  private static final int WINDOW = 2;
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(60);

  /** 15 s for an instance that is silent, and then what a slow machine needs. */
  private static final Duration PRESENCE_LIMIT = Duration.ofSeconds(25);

  private final List<String> rooms;
  private final List<Client> clients = new ArrayList<>();
  private final RandomGenerator random;
  private final AtomicLong accepted = new AtomicLong();

  /**
   * Lets people in, and waits until their boards are there.
   *
   * @param ports of the instances
   */
  Crowd(List<String> rooms, int people, List<Integer> ports, RandomGenerator random) {
    this.rooms = List.copyOf(rooms);
    this.random = random;
    for (int i = 0; i < people; i++) {
      clients.add(
          new Client(
                  turns(ports, i),
                  "client" + i,
                  rooms.get(i % rooms.size()),
                  accepted::incrementAndGet)
              .start());
    }
    for (int i = 0; i < rooms.size(); i++) {
      Moves.prepare(clients.get(i), TICKETS);
      Counter.prepare(clients.get(i));
    }
  }

  /** One instance after the other, so that nobody stays with one that is down. */
  private static IntSupplier turns(List<Integer> ports, int first) {
    AtomicLong turn = new AtomicLong(first);
    return () -> ports.get((int) (turn.getAndIncrement() % ports.size()));
  }

  void write() {
    write(Duration.ZERO);
  }

  /** With a pause of each, behind each answer. */
  void write(Duration pause) {
    for (Client client : clients) {
      Moves moves = new Moves(random.nextLong(), TICKETS);
      client.writes(WINDOW, pause, new Counter(client, random, moves));
    }
  }

  /** Commands that were accepted so far. */
  long accepted() {
    return accepted.get();
  }

  /**
   * Lets everybody stop, waits until nothing is open and all are level with the journal, and
   * compares everything that anybody was told with the journal.
   *
   * @param port of an instance that runs
   * @return what is not as promised, each a sentence behind its promise
   */
  List<String> check(int port) throws IOException, InterruptedException {
    clients.forEach(client -> client.writes(0, () -> Moves.move("t0", "todo")));
    Bed.becomes(this::isQuiet, SETTLE_LIMIT);
    List<String> found = new ArrayList<>();
    for (String room : rooms) {
      List<Client> here = clients.stream().filter(c -> c.room().equals(room)).toList();
      Replay journal = Replay.of(port, room);
      // Who is behind is given time: being level is promised, not being so at once. Who is ahead is
      // wrong.
      Bed.becomes(() -> here.stream().allMatch(c -> c.seq() >= journal.head()), SETTLE_LIMIT);
      here.forEach(client -> found.addAll(client.differences(journal)));
      found.addAll(Counter.broken(journal));
      found.addAll(unknown(here, journal));
    }
    return found;
  }

  /**
   * Waits until everybody sees whoever is there and nobody else, and says who does not in time. An
   * instance that was killed has members for as long as it takes the others to miss it.
   */
  List<String> checkPresence() {
    List<String> found = new ArrayList<>();
    for (String room : rooms) {
      List<Client> here = clients.stream().filter(c -> c.room().equals(room)).toList();
      Bed.becomes(() -> strangers(here).isEmpty(), PRESENCE_LIMIT);
      found.addAll(strangers(here));
    }
    return found;
  }

  private static List<String> strangers(List<Client> here) {
    Set<String> sessions = new TreeSet<>(here.stream().map(Client::session).toList());
    return here.stream()
        .filter(client -> !client.members().equals(sessions))
        .map(client ->
            PRESENCE_IS_WHO_IS_THERE
                + ": %s sees %s, and there are %s"
                    .formatted(client.session(), client.members(), sessions))
        .toList();
  }

  private boolean isQuiet() {
    return clients.stream().allMatch(client -> client.openCommands() == 0);
  }

  /** Events that nobody asked for. */
  private static List<String> unknown(List<Client> clients, Replay journal) {
    Set<UUID> sent = new HashSet<>();
    clients.forEach(client -> sent.addAll(client.sentKeys()));
    return journal.events().stream()
        .filter(event -> !sent.contains(UUID.fromString(event.get("key").stringValue())))
        .filter(event -> !isSettling(event))
        .map(event -> NOTHING_HAPPENS_TWICE + ": nobody sent " + event)
        .toList();
  }

  /** The one event that the server makes by itself: it changes nothing. */
  private static boolean isSettling(JsonNode event) {
    return event.get("name").stringValue().equals("room.settled")
        && event.get("by").stringValue().equals(AccessCommand.SERVER)
        && event.get("patch").isEmpty();
  }

  List<Client.Figures> figures() {
    return clients.stream().map(Client::figures).toList();
  }

  @Override
  public void close() {
    clients.forEach(Client::close);
  }
}

package dev.tutti.world;

import dev.tutti.journal.Entry;
import dev.tutti.journal.Journal.RoomHead;
import dev.tutti.probe.Promise;
import dev.tutti.protocol.AccessCommand;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.MergePatch;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import dev.tutti.room.Claim;
import dev.tutti.room.Proposal;
import dev.tutti.rules.AccessRules;
import dev.tutti.rules.Document;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Compares what clients hold and were told with the journal. */
final class Checks {
  private final World world;

  Checks(World world) {
    this.world = world;
  }

  /** Whether everybody has every answer and stands at the journal's heads. */
  boolean quiet() {
    for (Client client : world.clients()) {
      if (client.commands().stream().anyMatch(c -> !c.answered())) {
        return false;
      }
      for (Map.Entry<RoomName, Copy> held : client.rooms().entrySet()) {
        Copy copy = held.getValue();
        if (copy.wanted && (!copy.live() || copy.seq() != head(held.getKey()))) {
          return false;
        }
      }
    }
    return true;
  }

  private long head(RoomName room) {
    return world.database().journal().find(room).join().map(RoomHead::head).orElse(0L);
  }

  void all() {
    Map<RoomName, Document> documents = new HashMap<>();
    for (RoomHead room : world.database().heads()) {
      documents.put(room.name(), replay(room.name()));
    }
    for (Client client : world.clients()) {
      client.commands().forEach(command -> answer(client, command));
      client.rooms().forEach((room, copy) -> copy(client, room, copy, documents));
    }
    presence();
  }

  /** Walks through a room's journal as if nobody had decided it yet. */
  private Document replay(RoomName room) {
    Map<UUID, List<Entry>> happened = new HashMap<>();
    Document document = Document.empty();
    for (Entry entry : world.database().entries(room)) {
      boolean ofServer =
          entry.name().equals("room.settled")
              && entry.by().equals(AccessCommand.SERVER)
              && entry.patch().equals("{}");
      List<Entry> times = happened.computeIfAbsent(entry.key(), key -> new ArrayList<>(1));
      boolean again = !times.stream().allMatch(earlier -> forgotten(earlier, committed(entry)));
      times.add(entry);
      if (again || times.size() > (ofServer ? 1 : copies(entry.key()))) {
        throw broken(Promise.NOTHING_HAPPENS_TWICE, room + " has " + entry);
      }
      if (ofServer) {
        continue;
      }
      Role role = AccessRules.roleIn(document, entry.by(), world.claims(entry.by()));
      if (!role.atLeast(Role.EDITOR)) {
        throw broken(Promise.NOBODY_WITHOUT_THE_ROLE, room + " has " + entry);
      }
      Document next = document.apply(EncodedEvent.patch(entry.patch()));
      if (room.type().equals(TallyRules.TYPE) && !follows(document, next, entry)) {
        throw broken(Promise.EACH_DECIDED_ON_THE_ONE_BEFORE, room + " has " + entry);
      }
      document = next;
    }
    return document;
  }

  /** Whether an event of a tally was decided on the document before it. */
  private static boolean follows(Document before, Document next, Entry entry) {
    boolean noted = entry.name().equals(TallyRules.NOTED);
    int added = noted || entry.name().startsWith("access") ? 0 : 1;
    return TallyRules.sum(next) == TallyRules.sum(before) + added
        && (!noted || TallyRules.noted(next, entry.by()) > TallyRules.noted(before, entry.by()));
  }

  private long committed(Entry entry) {
    return world.database().committedMicros(entry);
  }

  /** A room that lets go of its past forgets its keys with it, and not before. */
  private boolean forgotten(Entry entry, long micros) {
    return world.database().forgottenMicros(entry) <= micros;
  }

  private void answer(Client client, Sent command) {
    if (!command.answered()) {
      throw broken(Promise.ANSWERED_ONCE, client.name() + " waits for " + command);
    }
    List<Entry> same = entries(command);
    if (command.acceptedAt.isPresent()) {
      accepted(client, command);
    } else if (command.refusedWith.equals(Optional.of(Code.KEY_REUSED))) {
      keyReused(client, command);
    } else if (!same.isEmpty()) {
      boolean wasThere =
          same.stream()
              .anyMatch(
                  e -> committed(e) < command.sentMicros && !forgotten(e, command.refusedMicros));
      if (wasThere || copies(command.key()) == 1) {
        throw broken(
            Promise.REFUSED_MEANS_NO,
            client.name()
                + " was refused "
                + command
                + ": "
                + command.refusedBecause
                + " but "
                + same);
      }
    }
  }

  /** It happened, or one of the same sender that took its place did. */
  private void accepted(Client client, Sent command) {
    long seq = command.acceptedAt.orElseThrow();
    boolean there =
        client
            .standIns(command)
            .anyMatch(sent ->
                world.database().lost(sent.key())
                    || entries(sent).stream().anyMatch(entry -> entry.seq() == seq));
    if (!there) {
      throw broken(
          Promise.NOTHING_ACCEPTED_IS_LOST,
          "%s was told %d for %s, is %s".formatted(client.name(), seq, command, entries(command)));
    }
  }

  private List<Entry> entries(Sent command) {
    long digest = digest(command);
    return world.database().entries(command.room()).stream()
        .filter(e -> e.key().equals(command.key()) && e.digest() == digest)
        .toList();
  }

  /** How often a key was sent, by whomever. */
  private int copies(UUID key) {
    return world.clients().stream()
        .flatMap(c -> c.commands().stream())
        .filter(c -> c.key().equals(key))
        .mapToInt(c -> c.copies)
        .sum();
  }

  /** Said only where somebody did send another command under this key. */
  private void keyReused(Client client, Sent command) {
    boolean other =
        world.clients().stream()
            .flatMap(c -> c.commands().stream())
            .anyMatch(c -> c != command && c.key().equals(command.key()));
    if (!other) {
      throw broken(Promise.REFUSED_MEANS_NO, client.name() + ": key_reused for " + command);
    }
  }

  private long digest(Sent command) {
    return Proposal.of(
            command.message(0),
            new Claim("", "", Role.NONE),
            world.rulesets().of(command.room()).orElseThrow())
        .digest();
  }

  private void copy(Client client, RoomName room, Copy copy, Map<RoomName, Document> documents) {
    for (Copy.Shown shown : copy.shown()) {
      Optional<UUID> key = world.database().entry(shown.epoch(), room, shown.seq()).map(Entry::key);
      if (!key.equals(Optional.of(shown.key()))) {
        throw broken(
            Promise.ONE_ORDER,
            client.name() + " was shown " + shown + " in " + room + ", is " + key);
      }
    }
    Document document = documents.getOrDefault(room, Document.empty());
    boolean level =
        copy.live()
            && copy.seq() == head(room)
            && MergePatch.same(copy.document(), document.toJson());
    if (copy.wanted && !level) {
      throw broken(
          Promise.EVERYBODY_LEVEL,
          "%s holds %s at %d (live %s): %s but the journal is at %d: %s"
              .formatted(
                  client.name(),
                  room,
                  copy.seq(),
                  copy.live(),
                  copy.document(),
                  head(room),
                  document));
    }
  }

  /** Whether everybody sees who is there, on whatever instance. */
  boolean sociable() {
    try {
      presence();
      return true;
    } catch (Broken broken) {
      return false;
    }
  }

  private void presence() {
    for (Client client : world.clients()) {
      client
          .rooms()
          .forEach((room, copy) -> {
            if (copy.live()) {
              List<String> there =
                  world.clients().stream()
                      .filter(other -> isLive(other, room))
                      .map(Client::session)
                      .sorted()
                      .toList();
              if (!copy.members().equals(there)) {
                throw broken(
                    Promise.PRESENCE_IS_WHO_IS_THERE,
                    client.name() + " sees " + copy.members() + " in " + room + ", are " + there);
              }
              world.clients().stream()
                  .filter(other -> isLive(other, room))
                  .filter(other -> !copy.sees(other.session(), other.rooms().get(room)))
                  .forEach(other -> {
                    throw broken(
                        Promise.PRESENCE_IS_WHO_IS_THERE,
                        "%s does not see in %s that %s says %s"
                            .formatted(
                                client.name(), room, other.name(), other.rooms().get(room).said()));
                  });
            }
          });
    }
  }

  private static boolean isLive(Client client, RoomName room) {
    Copy copy = client.rooms().get(room);
    return copy != null && copy.live();
  }

  private Broken broken(Promise promise, String what) {
    return new Broken(promise, what);
  }
}

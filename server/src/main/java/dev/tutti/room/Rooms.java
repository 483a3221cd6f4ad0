package dev.tutti.room;

import dev.tutti.fanout.LoopFanout;
import dev.tutti.fanout.Reader;
import dev.tutti.journal.JournalException;
import dev.tutti.protocol.ClientMessage;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.Codec;
import dev.tutti.protocol.InvalidMessage;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rooms that are loaded on this instance, and the door to them for every thread: each call hops
 * to the room's own. A room is loaded when first needed and let go when nobody has needed it for a
 * while.
 */
public class Rooms {
  private static final Logger log = LoggerFactory.getLogger(Rooms.class);

  /** Imports that are read or wait for it at the same time: each holds a whole file. */
  private static final int MAX_IMPORTING = 2;

  private final Rulesets rulesets;
  private final RoomContext context;
  private final List<Home> homes;
  private final Directory directory;
  private final AtomicInteger importing = new AtomicInteger();
  private final Map<RoomName, Room> loaded = new ConcurrentHashMap<>();

  /** Rooms that live on {@code homes}, each on one of them. */
  public Rooms(Rulesets rulesets, RoomContext context, List<Home> homes) {
    this.rulesets = rulesets;
    this.context = context;
    this.homes = List.copyOf(homes);
    this.directory = new Directory(context.journal(), this::card);
  }

  /** The rules of a room, if its type is installed; without them no other method may be called. */
  public Optional<Ruleset> rules(RoomName room) {
    return rulesets.of(room);
  }

  /** Sends a command to its room; {@code reply} is called exactly once, on the room's thread. */
  public void submit(RoomName room, Proposal proposal, Reply reply) {
    in(room, r -> r.submit(proposal, reply));
  }

  /** Subscribes. The member's reader is brought to the room's state, or its seat is refused. */
  public void join(RoomName room, Member member) {
    in(room, r -> r.reception().join(member));
  }

  /** Ends a subscription; {@code after} runs on the reader's loop, behind the last message. */
  public void leave(RoomName room, Reader reader, LoopFanout loop, Runnable after) {
    in(room, r -> r.reception().leave(reader, loop, after));
  }

  /** Brings a reader that fell behind to the room's state. */
  public void catchUp(RoomName room, Reader reader, long sent, boolean joined) {
    in(room, r -> r.reception().catchUp(reader, sent, joined));
  }

  /** Changes a member's own presence state by a merge patch. */
  public void presence(
      RoomName room, Reader reader, ObjectNode patch, Consumer<Outcome.Refused> refused) {
    in(room, r -> r.reception().presence(reader, patch, refused));
  }

  /** Says something in passing. */
  public void signal(RoomName room, Reader reader, String topic, ObjectNode data) {
    in(room, r -> r.reception().signal(reader, topic, data));
  }

  /** Reads a room once; {@code to} is called on the room's thread. */
  public void view(RoomName room, Claim claim, Codec codec, Consumer<View> to) {
    in(room, r -> r.reception().view(claim, codec, to));
  }

  /**
   * Looks at a room without being anybody; {@code to} is called on the room's thread, or never
   * where the room cannot be loaded.
   */
  public void look(RoomName room, Consumer<Look> to) {
    in(room, r -> r.reception().look(to));
  }

  /**
   * Reads past events. {@code to} is called once, on any thread; a {@code limit} over the largest
   * page is taken for the largest.
   */
  public void history(Claim claim, ClientMessage.History history, Consumer<Page> to) {
    in(
        history.room(),
        r ->
            r.reception()
                .locate(
                    claim,
                    (at, role) -> {
                      if (!role.atLeast(Role.VIEWER)) {
                        to.accept(new Page.Refused(Audience.mayNotRead()));
                      } else if (at.id() == 0) {
                        to.accept(new Page.Read(List.of(), false));
                      } else {
                        int limit = Math.min(history.limit(), maxHistory());
                        Pages.read(context.journal(), at.id(), at.head(), history, limit)
                            .thenAccept(to);
                      }
                    },
                    refusal -> to.accept(new Page.Refused(refusal))));
  }

  private int maxHistory() {
    return context.settings().limits().maxHistory();
  }

  /**
   * A page of the rooms in which something has happened and that {@code claims} may read. Completes
   * on any thread; fails with a {@code JournalException} when the journal cannot be read.
   */
  public CompletableFuture<Listing> list(Listing.Query query, Function<RoomName, Claim> claims) {
    return directory.list(query, name -> rules(name).map(rules -> claims.apply(name)));
  }

  /** A room on its way out, for who may read it. One of the two is called, on the room's thread. */
  public void export(
      RoomName room,
      Claim claim,
      Codec json,
      Consumer<Export> to,
      Consumer<Outcome.Refused> refused) {
    in(room, r -> r.reception().export(claim, json, to, refused));
  }

  /**
   * Makes a room of an export. Whoever brings it needs to be an editor, and is its owner then.
   *
   * @param file read by the caller's codec, on the background; throws {@code InvalidMessage}
   * @param done called once, on any thread
   */
  public void importInto(
      RoomName room, Claim by, Supplier<ObjectNode> file, Consumer<Outcome> done) {
    Optional<Outcome.Refused> refusal = refusesImport(by);
    if (refusal.isPresent()) {
      done.accept(refusal.get());
    } else if (importing.incrementAndGet() > MAX_IMPORTING) {
      importing.decrementAndGet();
      done.accept(
          new Outcome.Refused(Code.TOO_FAST, "Others are importing rooms. Try again in a moment."));
    } else {
      CompletableFuture.supplyAsync(
              () -> imported(room, by, file.get()), context.snapshots().background())
          .thenCompose(read -> new Importer(context.journal(), context.clock()).bring(room, read))
          .exceptionally(Rooms::refusal)
          .thenAccept(outcome -> {
            importing.decrementAndGet();
            if (outcome instanceof Outcome.Accepted(long seq)) {
              in(room, r -> r.heard(seq));
            }
            done.accept(outcome);
          });
    }
  }

  /** Why somebody may import nothing here, whatever it is. */
  public static Optional<Outcome.Refused> refusesImport(Claim by) {
    return by.role().atLeast(Role.EDITOR)
        ? Optional.empty()
        : Optional.of(
            new Outcome.Refused(Code.FORBIDDEN, "To import a room needs the role editor here."));
  }

  private Import.Imported imported(RoomName room, Claim by, ObjectNode file) {
    Instant now = context.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    Ruleset rules = rules(room).orElseThrow();
    return Import.of(file, room, by, rules, context.settings().limits(), now);
  }

  private static Outcome refusal(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    if (cause instanceof InvalidMessage invalid) {
      ObjectNode details = JsonNodeFactory.instance.objectNode();
      invalid.path().ifPresent(path -> details.put("path", path));
      return new Outcome.Refused(invalid.code(), invalid.sentence(), Optional.of(details));
    }
    log.error("An import failed.", cause);
    return new Outcome.Refused(Code.UNAVAILABLE, "The import failed; nothing was imported.");
  }

  private CompletableFuture<Card> card(RoomName room) {
    CompletableFuture<Card> card = new CompletableFuture<>();
    in(
        room,
        r ->
            r.reception()
                .card(
                    card::complete,
                    refusal ->
                        card.completeExceptionally(new JournalException(refusal.sentence()))));
    return card;
  }

  /** A member's claims are others now; {@code reader} may lose its seat by that. */
  public void reclaim(RoomName room, Reader reader, Claim claim) {
    in(room, r -> r.reception().reclaim(reader, claim));
  }

  /**
   * Unloads what nobody has needed for a while, and answers what has waited too long. Any thread.
   */
  public void sweep() {
    loaded.forEach((name, room) ->
        room.home()
            .execute(() -> {
              room.losePatience();
              if (room.closeIfIdle()) {
                loaded.remove(name, room);
              } else {
                room.beat();
              }
            }));
  }

  /**
   * Compares every loaded room with its head in the journal, so that an event that was lost in a
   * quiet room is missed by nobody. Any thread; three queries for all rooms.
   */
  public CompletableFuture<Void> heal() {
    return new Comparison(context.journal())
        .of(loaded.values())
        .whenComplete((done, failure) -> {
          if (failure == null) {
            context.outage().over();
          } else {
            context.outage().failed("Comparing the rooms", failure);
          }
        });
  }

  /** How many rooms are loaded. Any thread. */
  public int count() {
    return loaded.size();
  }

  /** Complete when every command that was taken is answered. Any thread. */
  public CompletableFuture<Void> settle() {
    return each(Room::settled);
  }

  /**
   * Lets every room go, each with a last snapshot. Commands that are still open are not answered
   * any more: {@link #settle} comes first.
   */
  public CompletableFuture<Void> close() {
    CompletableFuture<Void> closed = each(Room::close);
    loaded.clear();
    return closed;
  }

  private CompletableFuture<Void> each(Function<Room, CompletableFuture<Void>> task) {
    List<CompletableFuture<Void>> done = new ArrayList<>();
    loaded.forEach((name, room) -> {
      CompletableFuture<Void> one = new CompletableFuture<>();
      done.add(one);
      room.home()
          .execute(() -> task.apply(room).whenComplete((end, failure) -> one.complete(null)));
    });
    return all(done);
  }

  private static CompletableFuture<Void> all(List<CompletableFuture<Void>> futures) {
    return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
  }

  private void in(RoomName name, Consumer<Room> task) {
    Room room = loaded.computeIfAbsent(name, this::load);
    room.home()
        .execute(() -> {
          if (room.closed()) {
            loaded.remove(name, room);
            in(name, task);
          } else {
            task.accept(room);
          }
        });
  }

  private Room load(RoomName name) {
    Ruleset rules =
        rulesets
            .of(name)
            .orElseThrow(() -> new IllegalArgumentException("No rules for " + name + "."));
    Home home = homes.get(Math.floorMod(name.hashCode(), homes.size()));
    Room room = room(name, rules, home, context);
    home.execute(room::start);
    return room;
  }

  /** A room that is not started yet. */
  Room room(RoomName name, Ruleset rules, Home home, RoomContext context) {
    return new Room(name, rules, home, context);
  }
}

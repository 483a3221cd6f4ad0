package dev.tutti.room;

import dev.tutti.journal.Journal;
import dev.tutti.journal.Journal.RoomHead;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import dev.tutti.rules.AccessRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Which rooms somebody may read. A room's title and its {@code access} stand in its document, so
 * rooms that are not loaded are loaded to be asked, a few at a time, and let go; what they said is
 * kept for as long as the journal has nothing newer. So nobody is told of a room by an access that
 * was taken away. One page looks at a bounded number of rooms; it may be short, or even empty, and
 * say that there is more. Any thread.
 */
final class Directory {
  /** Rooms that one page looks at. */
  private static final int MAX_EXAMINED = 1_000;

  /** Rooms that one page has to load. */
  private static final int MAX_LOADED = 100;

  /** Rooms that are being loaded at the same time for one page. */
  private static final int AT_ONCE = 8;

  /** Cards that are remembered, each with its access entries, together. */
  private static final int MAX_WEIGHT = 200_000;

  /** Asks a room, which is loaded for it. */
  interface Asking {
    CompletableFuture<Card> ask(RoomName room);
  }

  private final Journal journal;
  private final Asking asking;

  /** The least recently used first. Guarded by itself. */
  private final Map<RoomName, Card> known = new LinkedHashMap<>(16, 0.75f, true);

  /** What all of {@code known} weighs. Guarded by it. */
  private long weight;

  Directory(Journal journal, Asking asking) {
    this.journal = journal;
    this.asking = asking;
  }

  /**
   * A page of rooms. Fails with a {@code JournalException} when the journal cannot be read.
   *
   * @param claims what the one who asks brings into each room; empty where its type is not
   *     installed
   */
  CompletableFuture<Listing> list(Listing.Query query, Function<RoomName, Optional<Claim>> claims) {
    return journal
        .epoch()
        .thenCombine(
            journal.list(query.prefix(), query.after(), MAX_EXAMINED + 1),
            (epoch, heads) -> new Page(epoch, heads, query.limit(), claims))
        .thenCompose(Page::fill);
  }

  /** The room's card, if nothing has happened since it was made. */
  private Optional<Card> known(RoomHead head, String epoch) {
    synchronized (known) {
      return Optional.ofNullable(known.get(head.name()))
          .filter(card -> card.epoch().equals(epoch) && card.seq() >= head.head());
    }
  }

  private void learn(RoomName room, Card card) {
    synchronized (known) {
      Card old = known.put(room, card);
      weight += weight(card) - (old == null ? 0 : weight(old));
      var oldest = known.values().iterator();
      while (weight > MAX_WEIGHT && oldest.hasNext()) {
        weight -= weight(oldest.next());
        oldest.remove();
      }
    }
  }

  private static int weight(Card card) {
    return 1 + card.access().collection(AccessRules.COLLECTION).size();
  }

  /** One page while it fills: by one thread after the other. */
  private final class Page {
    private final String epoch;
    private final List<RoomHead> heads;
    private final int limit;
    private final Function<RoomName, Optional<Claim>> claims;

    /** What rooms answered for this page: as new as can be, though the journal may be newer. */
    private final Map<RoomName, Card> asked = new ConcurrentHashMap<>();

    private final List<Listing.Listed> found = new ArrayList<>();
    private int examined;
    private int loaded;

    Page(
        String epoch, List<RoomHead> heads, int limit, Function<RoomName, Optional<Claim>> claims) {
      this.epoch = epoch;
      this.heads = heads;
      this.limit = limit;
      this.claims = claims;
    }

    CompletableFuture<Listing> fill() {
      while (!full()) {
        List<RoomHead> unknown = unknownAhead();
        if (!unknown.isEmpty()) {
          loaded += unknown.size();
          return all(unknown.stream().map(this::load).toList()).thenCompose(all -> fill());
        }
        look(heads.get(examined));
        examined++;
      }
      boolean more = examined < heads.size();
      return CompletableFuture.completedFuture(
          new Listing(
              List.copyOf(found),
              more ? Optional.of(heads.get(examined - 1).name().value()) : Optional.empty()));
    }

    private boolean full() {
      return found.size() >= limit
          || examined >= Math.min(heads.size(), MAX_EXAMINED)
          || (loaded >= MAX_LOADED && isUnknown(heads.get(examined)));
    }

    /** The next rooms to load, if the very next one is among them. */
    private List<RoomHead> unknownAhead() {
      if (!isUnknown(heads.get(examined))) {
        return List.of();
      }
      return heads.subList(examined, heads.size()).stream()
          .limit(MAX_EXAMINED - examined)
          .filter(this::isUnknown)
          .limit(Math.min(AT_ONCE, MAX_LOADED - loaded))
          .toList();
    }

    private boolean isUnknown(RoomHead head) {
      return concerns(head) && known(head, epoch).isEmpty() && !asked.containsKey(head.name());
    }

    private boolean concerns(RoomHead head) {
      return head.head() > 0 && claims.apply(head.name()).isPresent();
    }

    private CompletableFuture<Void> load(RoomHead head) {
      return asking
          .ask(head.name())
          .thenAccept(card -> {
            learn(head.name(), card);
            asked.put(head.name(), card);
          });
    }

    private void look(RoomHead head) {
      if (!concerns(head)) {
        return;
      }
      Card card =
          Optional.ofNullable(asked.get(head.name())).or(() -> known(head, epoch)).orElse(null);
      if (card == null) {
        return;
      }
      Claim claim = claims.apply(head.name()).orElseThrow();
      Role role = AccessRules.roleIn(card.access(), claim.user(), claim.role());
      if (role.atLeast(Role.VIEWER)) {
        found.add(
            new Listing.Listed(
                head.name(),
                Math.max(head.head(), card.seq()),
                card.changed(),
                card.title(),
                role));
      }
    }

    private CompletableFuture<Void> all(List<CompletableFuture<Void>> futures) {
      return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
    }
  }
}

package dev.tutti.room;

import dev.tutti.fanout.LoopFanout;
import dev.tutti.fanout.Reader;
import dev.tutti.journal.Journal.RoomHead;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.Codec;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import dev.tutti.rules.AccessRules;
import dev.tutti.rules.Document;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * What sessions and requests ask of a room, other than to change it: answered from what is
 * confirmed here, in whatever the room is doing, but while it loads. Whoever has waited for that
 * too long is refused as {@code unavailable}. Owned by the room's thread.
 */
final class Reception {
  private final RoomName name;
  private final Ruleset rules;
  private final RoomContext context;
  private final Confirmed held;
  private final Audience audience;
  private final Lobby lobby;

  /** When somebody last needed the room. */
  private long neededMillis;

  Reception(
      RoomName name,
      Ruleset rules,
      RoomContext context,
      Confirmed held,
      Audience audience,
      Lobby lobby) {
    this.name = name;
    this.rules = rules;
    this.context = context;
    this.held = held;
    this.audience = audience;
    this.lobby = lobby;
  }

  /** Somebody needs the room. */
  void needed() {
    neededMillis = context.millis();
  }

  /** Whether nobody reads, waits, or has needed the room for a while. */
  boolean isIdle() {
    return lobby.isEmpty()
        && audience.isEmpty()
        && (held.id() == 0 || context.millis() - neededMillis >= context.settings().idleMillis());
  }

  /** A session subscribes. A client that is ahead of this instance waits until it is level. */
  void join(Member member) {
    needed();
    lobby.join(member);
  }

  /** A reader is behind and its socket takes more. */
  void catchUp(Reader reader, long sent, boolean joined) {
    lobby.catchUp(reader, sent, joined);
  }

  /** A session unsubscribes, or is gone; {@code after} runs on its loop. */
  void leave(Reader reader, LoopFanout loop, Runnable after) {
    needed();
    lobby.anyway(() -> audience.leave(reader, loop, after));
  }

  /** A member changes its presence; {@code refused} is told when it is too large, or too early. */
  void presence(Reader reader, ObjectNode patch, Consumer<Outcome.Refused> refused) {
    lobby.presence(reader, patch, refused);
  }

  /** A member says something in passing. */
  void signal(Reader reader, String topic, ObjectNode data) {
    audience.signal(reader, topic, data);
  }

  /** Reads once: the document as it is confirmed here, or why not. */
  void view(Claim claim, Codec codec, Consumer<View> to) {
    needed();
    lobby.ask(
        () -> to.accept(audience.view(claim, codec)),
        refusal -> to.accept(new View.Hidden(refusal)));
  }

  /** The room as it is confirmed here, on its way out; or why not. */
  void export(Claim claim, Codec json, Consumer<Export> to, Consumer<Outcome.Refused> refused) {
    needed();
    Runnable exporting =
        () -> {
          if (!audience.role(claim).atLeast(Role.VIEWER)) {
            refused.accept(Audience.mayNotRead());
          } else if (held.seq() == 0) {
            refused.accept(
                new Outcome.Refused(Code.NOT_FOUND, "Nothing has happened in this room."));
          } else {
            Instant at = context.clock().instant().truncatedTo(ChronoUnit.MILLIS);
            EncodedDocument document = held.replica().encoded();
            to.accept(new Export(context.journal(), name, held.id(), document, json, at));
          }
        };
    lobby.ask(exporting, refused);
  }

  /** Who looks, and at what; not told where the room cannot be loaded. Does not keep it loaded. */
  void look(Consumer<Look> to) {
    lobby.ask(
        () -> to.accept(new Look(audience.company().count(), held.replica().document())),
        notNow -> {});
  }

  /** What lists say of the room. That alone does not keep it loaded. */
  void card(Consumer<Card> to, Consumer<Outcome.Refused> refused) {
    Runnable describing =
        () -> {
          Document document = held.replica().document();
          Document access = document.only(AccessRules.COLLECTION);
          String epoch = held.epoch();
          long seq = held.seq();
          Optional<Instant> changed = held.replica().changed();
          rules
              .title(document)
              .thenAccept(title -> to.accept(new Card(epoch, seq, changed, title, access)));
        };
    lobby.ask(describing, refused);
  }

  /** Where the room is in the journal and the role in it, for readers of past events. */
  void locate(Claim claim, BiConsumer<RoomHead, Role> to, Consumer<Outcome.Refused> refused) {
    needed();
    lobby.ask(
        () -> to.accept(new RoomHead(held.id(), name, held.seq()), audience.role(claim)), refused);
  }

  /** A member's claims have changed. */
  void reclaim(Reader reader, Claim claim) {
    lobby.anyway(() -> audience.reclaim(reader, claim));
  }
}

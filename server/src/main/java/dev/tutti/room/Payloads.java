package dev.tutti.room;

import dev.tutti.protocol.Codec;
import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.Splice;
import java.util.List;
import java.util.Optional;

/** Messages that carry a document or events, put together from parts that are encoded already. */
final class Payloads {
  private Payloads() {}

  /** {@code subscribed}, with the events behind what the client holds, or with the document. */
  static byte[] subscribed(
      Codec codec,
      long id,
      RoomName room,
      String epoch,
      EncodedDocument document,
      Role role,
      Optional<List<EncodedEvent>> events,
      EncodedMembers members,
      int count) {
    Splice message =
        codec
            .splice()
            .field("type", "subscribed")
            .field("id", id)
            .field("room", room)
            .field("epoch", epoch)
            .field("seq", document.seq())
            .field("role", role)
            .encoded("members", members.in(codec))
            .field("count", count);
    if (events.isPresent()) {
      message.list(
          "events",
          events.get().stream().map(e -> codec.binary() ? e.cbor(codec) : e.json()).toList());
    } else {
      message.encoded("document", document.in(codec));
    }
    return message.done();
  }

  /** {@code presence}, of all members. */
  static byte[] presence(Codec codec, RoomName room, EncodedMembers members, int count) {
    return codec
        .splice()
        .field("type", "presence")
        .field("room", room)
        .encoded("members", members.in(codec))
        .field("count", count)
        .field("complete", true)
        .done();
  }

  /** {@code reset}. */
  static byte[] reset(Codec codec, RoomName room, String epoch, EncodedDocument document) {
    return codec
        .splice()
        .field("type", "reset")
        .field("room", room)
        .field("epoch", epoch)
        .field("seq", document.seq())
        .encoded("document", document.in(codec))
        .done();
  }
}

package dev.tutti.session;

import dev.tutti.protocol.ClientMessage;
import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.ServerMessage;
import dev.tutti.room.Export;
import dev.tutti.room.Listing;
import java.util.Optional;
import java.util.function.Consumer;

/** What is asked over HTTP, each time with its token. Answers may come on any thread. */
public interface Requests {
  /**
   * A reader of server-sent events has connected: it is sent {@code subscribed}, then every message
   * that a subscriber gets.
   *
   * @param held what the reader has had already
   * @return empty when the request was refused, which {@code refused} was told
   */
  Optional<Inbound> streamed(
      Connection connection,
      Optional<String> token,
      RoomName room,
      Optional<Held> held,
      Consumer<Answer.Refused> refused);

  /** All up to an event of one life of the journal. */
  record Held(String epoch, long seq) {}

  /**
   * A command over HTTP.
   *
   * @param source where it comes from, the same for all that one subscriber of a network may send
   *     from: guests are held to a rate by it
   */
  void command(
      Optional<String> token,
      String source,
      ClientMessage.Command command,
      Consumer<Answer> answer);

  /** A room's document over HTTP; answered by {@link ServerMessage.Subscribed} with id 0. */
  void document(Optional<String> token, RoomName room, Consumer<Answer> answer);

  /** Past events over HTTP. */
  void history(Optional<String> token, ClientMessage.History history, Consumer<Answer> answer);

  /** Rooms that the caller may read, as a JSON payload. */
  void rooms(Optional<String> token, Listing.Query query, Consumer<Answer> answer);

  /** A room on its way out over HTTP. One of the two is called. */
  void export(
      Optional<String> token, RoomName room, Consumer<Export> to, Consumer<Answer.Refused> refused);

  /** Why this caller's import is not even read, before its body has come. Any event loop. */
  Optional<Answer.Refused> refusesImport(Optional<String> token, RoomName room);

  /** A new room of an export; answered by {@link ServerMessage.Accepted} with id 0. */
  void importInto(Optional<String> token, RoomName room, byte[] file, Consumer<Answer> answer);

  /** How an HTTP request ended. */
  sealed interface Answer {
    /**
     * Carried out.
     *
     * @param json the body
     * @param version names this state of what was asked for, {@code epoch-seq}; becomes the ETag.
     *     Empty where there is none
     */
    record Done(byte[] json, String version) implements Answer {
      /** Without a version. */
      public Done(byte[] json) {
        this(json, "");
      }
    }

    /** Not carried out; becomes an RFC 9457 problem document. */
    record Refused(ServerMessage.Refused refusal, boolean unauthenticated) implements Answer {}
  }
}

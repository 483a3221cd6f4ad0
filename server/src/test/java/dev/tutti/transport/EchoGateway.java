package dev.tutti.transport;

import dev.tutti.fanout.Format;
import dev.tutti.fanout.Frame;
import dev.tutti.protocol.ClientMessage;
import dev.tutti.protocol.CloseCode;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.ServerMessage;
import dev.tutti.room.Export;
import dev.tutti.room.Listing;
import dev.tutti.session.Connection;
import dev.tutti.session.Gateway;
import dev.tutti.session.Inbound;
import dev.tutti.session.Requests;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A gateway that says back what it hears, in frames of the same kind. A few words do more: {@code
 * close} closes, {@code fail} fails, {@code flood} writes until the connection is full.
 */
final class EchoGateway implements Gateway, Requests {
  private static final int LIMIT_SECONDS = 20;

  final BlockingQueue<Connection> opened = new LinkedBlockingQueue<>();
  final BlockingQueue<Connection> closed = new LinkedBlockingQueue<>();
  final BlockingQueue<ClientMessage> commands = new LinkedBlockingQueue<>();
  final BlockingQueue<String> sources = new LinkedBlockingQueue<>();
  volatile Health health = new Health(true, "Ready.");
  private final SocketFraming framing = new SocketFraming();

  /** The next connection that opens or ends; fails where none does for a while. */
  static Connection next(BlockingQueue<Connection> of) throws InterruptedException {
    Connection next = of.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("No connection for " + LIMIT_SECONDS + " s.");
    }
    return next;
  }

  @Override
  public Inbound opened(Connection connection) {
    opened.add(connection);
    return new Echo(connection);
  }

  @Override
  public Optional<Inbound> streamed(
      Connection connection,
      Optional<String> token,
      RoomName room,
      Optional<Held> held,
      Consumer<Answer.Refused> refused) {
    if (room.type().equals("secret")) {
      refused.accept(refusal(Code.FORBIDDEN, "Not for you."));
      return Optional.empty();
    }
    opened.add(connection);
    String json = "{\"type\":\"events\",\"held\":\"" + held.orElse(null) + "\"}";
    Frame frame = framing.frame(Format.SSE, json.getBytes(StandardCharsets.UTF_8), "life:7");
    connection.write(frame);
    frame.release();
    connection.flush();
    return Optional.of(new Echo(connection));
  }

  @Override
  public void command(
      Optional<String> token,
      String source,
      ClientMessage.Command command,
      Consumer<Answer> answer) {
    commands.add(command);
    sources.add(source);
    answer.accept(
        token.isPresent()
            ? done("{\"seq\":1}")
            : new Answer.Refused(
                new ServerMessage.Refused(null, Code.FORBIDDEN, "Who are you?", null), true));
  }

  @Override
  public void document(Optional<String> token, RoomName room, Consumer<Answer> answer) {
    byte[] json = ("{\"room\":\"" + room + "\"}").getBytes(StandardCharsets.UTF_8);
    // From another thread, as a room would.
    Thread.ofVirtual().start(() -> answer.accept(new Answer.Done(json, "e1-5")));
  }

  @Override
  public void history(
      Optional<String> token, ClientMessage.History history, Consumer<Answer> answer) {
    answer.accept(
        done(
            "{\"before\":%s,\"after\":%s,\"limit\":%d}"
                .formatted(history.before(), history.after(), history.limit())));
  }

  @Override
  public void rooms(Optional<String> token, Listing.Query query, Consumer<Answer> answer) {
    answer.accept(done("[\"" + query.prefix() + "demo\"]"));
  }

  @Override
  public void export(
      Optional<String> token,
      RoomName room,
      Consumer<Export> to,
      Consumer<Answer.Refused> refused) {
    refused.accept(
        new Answer.Refused(
            new ServerMessage.Refused(null, Code.NOT_FOUND, "Nothing is here.", null), false));
  }

  @Override
  public Optional<Answer.Refused> refusesImport(Optional<String> token, RoomName room) {
    return Optional.empty();
  }

  @Override
  public void importInto(
      Optional<String> token, RoomName room, byte[] file, Consumer<Answer> answer) {
    answer.accept(done("[" + file.length + "]"));
  }

  @Override
  public Requests requests() {
    return this;
  }

  @Override
  public Health health() {
    return health;
  }

  private static Answer done(String json) {
    return new Answer.Done(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Answer.Refused refusal(Code code, String sentence) {
    return new Answer.Refused(new ServerMessage.Refused(null, code, sentence, null), false);
  }

  private final class Echo implements Inbound {
    private final Connection connection;

    Echo(Connection connection) {
      this.connection = connection;
    }

    @Override
    public void received(byte[] payload) {
      switch (new String(payload, StandardCharsets.ISO_8859_1)) {
        case "close" -> connection.close(CloseCode.RESTARTING, "Back soon.", 1_500);
        case "fail" -> throw new IllegalStateException("as asked");
        case "flood" -> flood();
        default -> say(payload);
      }
    }

    private void say(byte[] payload) {
      Format format = connection.format();
      if (((WebSocketConnection) connection).lastWasBinary()) {
        format = Format.CBOR;
      }
      Frame frame = framing.frame(format, payload, "");
      connection.write(frame);
      frame.release();
      connection.flush();
    }

    /** A fan-out that does not look whether its subscriber reads. */
    private void flood() {
      Frame frame = framing.frame(Format.JSON, new byte[64 * 1024], "");
      for (int i = 0; i < 10_000; i++) {
        connection.write(frame);
        connection.flush();
      }
      frame.release();
    }

    @Override
    public void writabilityChanged() {}

    @Override
    public void closed() {
      closed.add(connection);
    }
  }
}

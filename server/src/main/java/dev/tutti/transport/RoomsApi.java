package dev.tutti.transport;

import dev.tutti.protocol.ClientMessage;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.Codec;
import dev.tutti.protocol.EntityName;
import dev.tutti.protocol.InvalidMessage;
import dev.tutti.protocol.Limits;
import dev.tutti.protocol.RoomName;
import dev.tutti.room.Listing;
import dev.tutti.session.Inbound;
import dev.tutti.session.Requests;
import dev.tutti.session.Requests.Answer;
import dev.tutti.session.Requests.Held;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Rooms over HTTP, for those who need no WebSocket: {@code /v1/rooms}. Called on event loops. */
final class RoomsApi {
  private static final String READ = "GET, HEAD, OPTIONS";
  private static final String WRITE = "POST, OPTIONS";

  /** The commands that a dashboard's readings are short for: one, and several at once. */
  private static final String VALUE = "value.set";

  private static final String VALUES = "values.set";

  private static final int DEFAULT_HISTORY = 100;

  /** Rooms of one page of a list. */
  private static final int MAX_LISTED = 200;

  private static final Reply STREAM =
      new Reply(
          200,
          "text/event-stream",
          new byte[0],
          Map.of("Cache-Control", "no-store", "X-Accel-Buffering", "no"));

  private final Requests requests;
  private final Codec json;
  private final Limits limits;
  private final Turnstile turnstile;

  RoomsApi(Requests requests, Codec json, Limits limits, Turnstile turnstile) {
    this.requests = requests;
    this.json = json;
    this.limits = limits;
    this.turnstile = turnstile;
  }

  void handle(Exchange exchange) {
    String[] path = exchange.request().path().substring("/v1/".length()).split("/", -1);
    try {
      if (!path[0].equals("rooms") || path.length > 3) {
        exchange.reply(Problem.notFound());
      } else if (path.length == 1) {
        read(exchange, () -> list(exchange));
      } else if (path.length == 2) {
        read(exchange, () -> document(exchange, new RoomName(path[1])));
      } else if (path[2].equals("events")) {
        read(exchange, () -> events(exchange, new RoomName(path[1])));
      } else if (path[2].equals("export")) {
        read(exchange, () -> export(exchange, new RoomName(path[1])));
      } else if (path[2].equals("import")) {
        importInto(exchange, path[1]);
      } else if (path[2].equals("commands")) {
        commands(exchange, path[1]);
      } else if (path[2].equals("values")) {
        values(exchange, path[1]);
      } else {
        exchange.reply(Problem.notFound());
      }
    } catch (InvalidMessage e) {
      exchange.reply(Problem.of(e));
    }
  }

  private static void read(Exchange exchange, Runnable reading) {
    if (exchange.request().method().equals("OPTIONS")) {
      exchange.reply(Cors.options(exchange.request(), READ));
    } else if (exchange.request().reads()) {
      reading.run();
    } else {
      exchange.reply(Problem.methodNotAllowed(READ));
    }
  }

  private void list(Exchange exchange) {
    Request request = exchange.request();
    String type = request.parameter("type").map(of -> of + ":").orElse("");
    String prefix = type + request.parameter("prefix").orElse("");
    String after = request.parameter("after").orElse("");
    int limit = limit(request, MAX_LISTED, MAX_LISTED);
    requests.rooms(
        request.bearer(),
        new Listing.Query(prefix, after, limit),
        answer -> answer(exchange, answer));
  }

  private void document(Exchange exchange, RoomName room) {
    requests.document(exchange.request().bearer(), room, answer -> answer(exchange, answer));
  }

  private void events(Exchange exchange, RoomName room) {
    Request request = exchange.request();
    if (request.method().equals("GET")
        && request.header(HttpHeaderNames.ACCEPT).orElse("").contains("text/event-stream")) {
      stream(exchange, room);
      return;
    }
    Long before = number(request, "before").orElse(null);
    Long after = number(request, "after").orElse(null);
    int most = limits.maxHistory();
    int limit = limit(request, Math.min(DEFAULT_HISTORY, most), most);
    requests.history(
        exchange.request().bearer(),
        new ClientMessage.History(
            0,
            room,
            before,
            after,
            limit,
            request.parameter("entity").map(EntityName::of).orElse(null)),
        answer -> answer(exchange, answer));
  }

  private static int limit(Request request, int usual, int most) {
    long limit = request.parameter("limit").map(RoomsApi::whole).orElse((long) usual);
    if (limit < 1 || limit > most) {
      throw new InvalidMessage(
          Code.INVALID, "limit is a whole number from 1 to " + most + ".", "limit");
    }
    return (int) limit;
  }

  private void stream(Exchange exchange, RoomName room) {
    Request request = exchange.request();
    Optional<Held> held = request.header("Last-Event-ID").flatMap(RoomsApi::held);
    Runnable enter =
        () -> {
          if (exchange.stays()) {
            stream(exchange, room, held);
          }
        };
    turnstile.pass(exchange, enter, () -> {});
  }

  /** What an id of ours says; one that is none is passed over, and the document is sent. */
  private static Optional<Held> held(String id) {
    int colon = id.lastIndexOf(':');
    String seq = id.substring(colon + 1);
    return colon > 0 && seq.matches("\\d{1,18}")
        ? Optional.of(new Held(id.substring(0, colon), Long.parseLong(seq)))
        : Optional.empty();
  }

  /** A refusal may come later, from the room's thread; it counts until the first event is sent. */
  private void stream(Exchange exchange, RoomName room, Optional<Held> held) {
    Optional<String> token = exchange.request().bearer();
    EventStreamConnection connection = exchange.stream(STREAM);
    Optional<Inbound> session =
        requests.streamed(
            connection,
            token,
            room,
            held,
            refused ->
                connection.loop().execute(() -> connection.refuse(problem(exchange, refused))));
    session.ifPresent(connection::attach);
  }

  private static Reply problem(Exchange exchange, Answer.Refused refused) {
    return Problem.of(refused).with(exchange.extra());
  }

  private void export(Exchange exchange, RoomName room) {
    String file = room.value().replace(':', '-') + ".tutti.json";
    Reply head =
        Reply.json(new byte[0])
            .with("Cache-Control", "private, no-store")
            .with("Content-Disposition", "attachment; filename=\"" + file + "\"");
    requests.export(
        exchange.request().bearer(),
        room,
        export -> exchange.reply(head, export::next),
        refused -> exchange.reply(Problem.of(refused)));
  }

  private void importInto(Exchange exchange, String room) {
    Request request = exchange.request();
    if (takesJson(exchange, "An import")) {
      requests.importInto(
          request.bearer(), new RoomName(room), request.body(), answer -> answer(exchange, answer));
    }
  }

  /** Whether the request brings JSON; if not it is answered. */
  private static boolean takesJson(Exchange exchange, String what) {
    Request request = exchange.request();
    if (request.method().equals("OPTIONS")) {
      exchange.reply(Cors.options(request, WRITE));
    } else if (!request.method().equals("POST")) {
      exchange.reply(Problem.methodNotAllowed(WRITE));
    } else if (!isJson(request)) {
      exchange.reply(
          Problem.of(415, "unsupported_media_type", what + " is sent as application/json."));
    } else {
      return true;
    }
    return false;
  }

  private void commands(Exchange exchange, String room) {
    Request request = exchange.request();
    if (takesJson(exchange, "A command")) {
      ObjectNode body = json.decodeObject(request.body());
      ClientMessage.Command command = command(request, body, new RoomName(room));
      send(exchange, command);
    }
  }

  private void values(Exchange exchange, String room) {
    Request request = exchange.request();
    if (takesJson(exchange, "A reading")) {
      ObjectNode args = json.decodeObject(request.body());
      ObjectNode body = args.objectNode().put("name", args.has("values") ? VALUES : VALUE);
      body.put("key", UUID.randomUUID().toString()).set("args", args);
      ClientMessage.Command command = command(request, body, new RoomName(room));
      send(exchange, command);
    }
  }

  private void send(Exchange exchange, ClientMessage.Command command) {
    requests.command(
        exchange.request().bearer(),
        exchange.source(),
        command,
        answer -> answer(exchange, answer));
  }

  /** Also keeps other pages' forms out, which cannot send JSON without asking first. */
  private static boolean isJson(Request request) {
    String type = request.header(HttpHeaderNames.CONTENT_TYPE).orElse("");
    int end = type.indexOf(';');
    String bare = (end < 0 ? type : type.substring(0, end)).strip();
    return bare.toLowerCase(Locale.ROOT).equals("application/json");
  }

  /** The body, completed to the message that it is short for, and read like every message. */
  private ClientMessage.Command command(Request request, ObjectNode body, RoomName room) {
    request
        .header("Idempotency-Key")
        .ifPresent(key -> body.put("key", key.replace("\"", "").strip()));
    body.put("type", "command").put("id", 0).put("room", room.value());
    if (!body.has("args")) {
      body.putObject("args");
    }
    if (json.decodeClient(body) instanceof ClientMessage.Command command) {
      return command;
    }
    throw new InvalidMessage(Code.MALFORMED, "The body is not a command.");
  }

  private static void answer(Exchange exchange, Answer answer) {
    exchange.reply(
        switch (answer) {
          case Answer.Refused refused -> Problem.of(refused);
          case Answer.Done done -> done(exchange.request(), done);
        });
  }

  private static Reply done(Request request, Answer.Done done) {
    Reply reply = Reply.json(done.json()).with("Cache-Control", "private, no-cache");
    if (done.version().isEmpty()) {
      return reply;
    }
    return (request.reads() && request.holds(done.version())
            ? Reply.empty(304).with("Cache-Control", "private, no-cache")
            : reply)
        .with("ETag", '"' + done.version() + '"');
  }

  private static Optional<Long> number(Request request, String name) {
    return request.parameter(name).map(text -> number(name, text));
  }

  private static long number(String name, String text) {
    long value = whole(text);
    if (value < 0) {
      throw new InvalidMessage(Code.INVALID, name + " is not a number of an event.", name);
    }
    return value;
  }

  /** The number, or one below 0 where it is none. */
  private static long whole(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}

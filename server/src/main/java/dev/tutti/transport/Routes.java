package dev.tutti.transport;

import dev.tutti.session.Gateway;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where each request goes. Called on event loops. */
final class Routes {
  private static final String SOCKET = "/v1/ws";

  private final Gateway gateway;
  private final Doors doors;
  private final List<Dialect> dialects;
  private final boolean deflate;
  private final Turnstile turnstile;
  private final RoomsApi rooms;
  private final Pages pages;
  private final Exposition metrics;
  private final Uploads uploads;

  Routes(
      Gateway gateway,
      Doors doors,
      List<Dialect> dialects,
      TransportConfig config,
      Pages pages,
      Exposition metrics) {
    this.gateway = gateway;
    this.doors = doors;
    this.dialects = dialects;
    this.deflate = config.deflate();
    this.turnstile = new Turnstile(config.sockets().maxHandshakesPerSecond(), System::nanoTime);
    this.rooms =
        new RoomsApi(gateway.requests(), dialects.getFirst().codec(), config.limits(), turnstile);
    this.pages = pages;
    this.metrics = metrics;
    this.uploads = new Uploads(gateway.requests(), doors);
  }

  void handle(Exchange exchange) {
    Request request = exchange.request();
    String path = request.path();
    if (path.startsWith("/health/")) {
      exchange.reply(health(request)); // asked by address, by whoever balances the load
      return;
    }
    Optional<String> origin = request.header(HttpHeaderNames.ORIGIN);
    Optional<String> host = request.oneHeader(HttpHeaderNames.HOST);
    Optional<String> refusal = doors.refusal(origin, host);
    if (refusal.isPresent()) {
      exchange.reply(Problem.of(403, "forbidden", refusal.get()));
    } else if (path.equals(SOCKET)) {
      open(exchange);
    } else if (path.equals("/metrics")) {
      metrics(exchange);
    } else if (path.startsWith("/v1/")) {
      origin.ifPresent(page -> exchange.extra(Cors.headers(page)));
      rooms.handle(exchange);
    } else {
      exchange.reply(pages.answer(request, host.orElse("")));
    }
  }

  /** Where WebSockets and streams are let in. */
  Turnstile turnstile() {
    return turnstile;
  }

  /** Whole rooms on their way in. */
  Uploads uploads() {
    return uploads;
  }

  private void open(Exchange exchange) {
    switch (Handshake.answer(exchange.request(), dialects, deflate)) {
      case Handshake.Refused refused -> exchange.reply(refused.problem());
      case Handshake.Agreed agreed ->
          turnstile.pass(
              exchange, () -> upgrade(exchange, agreed), () -> agreed.response().release());
    }
  }

  private static void upgrade(Exchange exchange, Handshake.Agreed agreed) {
    if (!exchange.alone()) {
      agreed.response().release();
      exchange.reply(Problem.of(400, "malformed", "Nothing may be pipelined before an upgrade."));
    } else if (exchange.stays()) {
      exchange.upgrade(agreed);
    } else {
      agreed.response().release();
    }
  }

  private void metrics(Exchange exchange) {
    if (!exchange.request().reads()) {
      exchange.reply(Problem.methodNotAllowed("GET, HEAD"));
      return;
    }
    switch (metrics.visitor(exchange.near(), exchange.request().bearer())) {
      case READER ->
          metrics.read(text ->
              exchange.reply(
                  text.length == 0
                      ? Problem.of(503, "unavailable", "Too many ask for the metrics at once.")
                      : new Reply(
                          200, Exposition.TYPE, text, Map.of("Cache-Control", "no-store"))));
      case NEEDS_TOKEN ->
          exchange.reply(
              Problem.of(401, "unauthorized", "The metrics want their own token.")
                  .with("WWW-Authenticate", "Bearer"));
      case STRANGER ->
          exchange.reply(
              Problem.of(403, "forbidden", "The metrics are for this machine, without a token."));
      case NOBODY -> exchange.reply(Problem.notFound());
    }
  }

  private Reply health(Request request) {
    if (!request.reads()) {
      return Problem.methodNotAllowed("GET, HEAD");
    }
    return switch (request.path()) {
      case "/health/live" -> status(200, "live", "The server is running.");
      case "/health/ready" -> {
        Gateway.Health health = gateway.health();
        yield health.ready()
            ? status(200, health.degraded() ? "degraded" : "ready", health.sentence())
            : Problem.of(503, "unavailable", health.sentence());
      }
      default -> Problem.notFound();
    };
  }

  private Reply status(int status, String word, String sentence) {
    byte[] json =
        dialects.getFirst().codec().encodeValue(Map.of("status", word, "message", sentence));
    return new Reply(status, "application/json", json, Map.of("Cache-Control", "no-store"));
  }
}

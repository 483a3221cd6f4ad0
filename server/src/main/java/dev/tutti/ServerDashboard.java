package dev.tutti;

import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.dashboard.DashboardCommand;
import dev.tutti.protocol.dashboard.ReadingCommand;
import dev.tutti.protocol.dashboard.WidgetCommand;
import dev.tutti.room.Look;
import dev.tutti.room.Rooms;
import dev.tutti.rules.Document;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The room in which the server shows itself: each instance is a series of every widget. Readings
 * are events like all others, one a second of each instance, and only while somebody looks. Nobody
 * else writes it. {@link #tick} comes from the chores.
 */
final class ServerDashboard {
  private static final Logger log = LoggerFactory.getLogger(ServerDashboard.class);

  /** An instance that said nothing for so long is one no more. */
  private static final Duration FORGOTTEN = Duration.ofHours(1);

  private static final int WIDTH = 6;
  private static final int HEIGHT = 4;
  private static final int WINDOW_SECONDS = 600;
  private static final int STALE_SECONDS = 10;

  private final Rooms rooms;
  private final RoomDashboards dashboards;
  private final Vitals vitals;
  private final InstantSource clock;

  ServerDashboard(Rooms rooms, RoomDashboards dashboards, Vitals vitals, InstantSource clock) {
    this.rooms = rooms;
    this.dashboards = dashboards;
    this.vitals = vitals;
    this.clock = clock;
  }

  /** Lays it out; where that has happened, the journal answers so. */
  void seed() {
    dashboards.send(
        RoomName.SERVER, new DashboardCommand.Rename("This server"), key("title"), answer -> {});
    int place = 0;
    for (Vitals.Sign sign : Vitals.Sign.values()) {
      var widget =
          new WidgetCommand.Add(
              sign.widget(),
              "line",
              sign.title(),
              place % 2 * WIDTH,
              place / 2 * HEIGHT,
              WIDTH,
              HEIGHT,
              sign.unit().isEmpty() ? null : sign.unit(),
              null,
              null,
              WINDOW_SECONDS,
              STALE_SECONDS,
              0.0,
              null,
              null,
              null);
      dashboards.send(RoomName.SERVER, widget, key(sign.widget()), answer -> {});
      place++;
    }
  }

  /** The same at every start. */
  private static UUID key(String part) {
    byte[] name = (RoomName.SERVER + "/" + part).getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(name);
  }

  /** Says how it is, if anybody looks. */
  void tick() {
    rooms.look(RoomName.SERVER, this::tell);
  }

  private void tell(Look look) {
    if (look.members() == 0) {
      vitals.rest();
      return;
    }
    var readings = vitals.read();
    if (!readings.isEmpty()) {
      dashboards.post(
          RoomName.SERVER,
          readings,
          refusal -> refusal.ifPresent(why -> log.debug("Not shown: {}", why.sentence())));
    }
    forget(look.document());
  }

  /** Series of instances that are gone, such as those before a deployment. */
  private void forget(Document document) {
    Instant before = clock.instant().minus(FORGOTTEN);
    document
        .collection("readings")
        .forEach((widget, series) ->
            series
                .properties()
                .forEach(one -> {
                  String at = one.getValue().path("at").asString("");
                  if (!at.isEmpty() && Instant.parse(at).isBefore(before)) {
                    var remove = new ReadingCommand.Remove(widget, one.getKey());
                    dashboards.send(RoomName.SERVER, remove, UUID.randomUUID(), answer -> {});
                  }
                }));
  }
}

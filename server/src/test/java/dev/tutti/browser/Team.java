package dev.tutti.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import dev.tutti.auth.Grants;
import dev.tutti.auth.Secret;
import dev.tutti.auth.TokenRules;
import dev.tutti.auth.Tokens;
import dev.tutti.protocol.Role;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * People who run a restaurant on an island: what they have said in their chats, and the dashboard
 * in their kitchen. It makes content as a team has it, at {@link SharedServer}, once in a JVM.
 */
final class Team {
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();

  /** Readings of the past hour, one for each step of a window. */
  private static final int STEPS = 180;

  private static final int STEP_SECONDS = 20;

  private static boolean told;

  private Team() {}

  /** Makes all of it, unless it is there. */
  static synchronized void isThere() throws Exception {
    if (told) {
      return;
    }
    told = true;
    general();
    others();
    tonight();
  }

  private static void general() throws Exception {
    says("Olga", "m1", "Morning. The ferry is late by **20 minutes**, so is the fish.");
    says(
        "Wei",
        "m2",
        "The new menu is online: https://example.org/menu\nCan somebody look at it on a phone?");
    says("Ines", "m3", "Looks good here. One thing: prices on the *second* page are cut off.");
    says("Ines", "m4", "```css\n.price { width: 320px; overflow: hidden; }\n```");
    says(
        "Bo",
        "m5",
        "Same on mine. If it helps, this is an old one with a small screen, and the font is set to"
            + " large. I can send a picture when I am back from the harbour.");
    says("Wei", "m6", "@Ines thanks, I see it. `width` was a leftover; the fix is on its way.");
    says("Wei", "m7", "> prices on the second page\n\nDone. Reload once, please.");
    // Of those that fonts have which are no fonts of emoji.
    reacts("Ines", "m7", "❤");
    reacts("Bo", "m7", "❤");
    reacts("Olga", "m7", "☀");
    replies("Olga", "m8", "m2", "Which one is the vegetarian menu?");
    replies("Wei", "m9", "m2", "The second, from Thursday on.");
    says(
        "Olga",
        "m10",
        "Tonight: eleven people at the long table, 20:00. Two do not eat fish.\n\n"
            + "- no mussels today\n"
            + "- the oven on the left is repaired\n"
            + "- the terrace is open until ten");
    pins("Olga", "m10");
    says("Bo", "m11", "Got it. I bring the candles.");
    does("Ines", "chat:general", "read.mark", Map.of("upto", 10));
  }

  private static void others() throws Exception {
    does("Olga", "chat:kitchen", "room.create", Map.of("title", "Kitchen"));
    post("Ines", "kitchen", "k0", "I am here until two.");
    post("Wei", "kitchen", "k1", "@Ines order list?");
    post("Wei", "kitchen", "k2", "Until noon, if you can.");
    does("Olga", "chat:suppliers", "room.create", Map.of("title", "Suppliers"));
    post("Ines", "suppliers", "s0", "Who asks for the flour?");
    for (int i = 1; i <= 4; i++) {
      post("Bo", "suppliers", "s" + i, "Delivery " + i + " is confirmed.");
    }
    does("Olga", "chat:website", "room.create", Map.of("title", "Website"));
    does(
        "Olga",
        "chat:summer-party",
        "room.create",
        Map.of("title", "Summer party and everything around it"));
  }

  private static void tonight() throws Exception {
    does("Olga", "dashboard:tonight", "room.create", Map.of("title", "Tonight"));
    widget("guests", "number", "Guests expected", 0, 0, 3, 3, Map.of());
    widget("orders", "line", "Orders in ten minutes", 3, 0, 6, 5, Map.of("warn", 26));
    widget(
        "oven",
        "gauge",
        "Oven, left",
        9,
        0,
        3,
        3,
        Map.of("unit", "°C", "min", 0, "max", 320, "warn", 260, "bad", 290));
    widget(
        "wait", "number", "Longest wait", 0, 3, 3, 2, Map.of("unit", "min", "warn", 15, "bad", 25));
    widget("cards", "status", "Card terminal", 9, 3, 3, 2, Map.of());
    widget(
        "pages",
        "table",
        "Pages of the website",
        0,
        5,
        5,
        4,
        Map.of("unit", "ms", "warn", 400, "bad", 1000));
    widget(
        "cold",
        "number",
        "Cold room",
        5,
        5,
        2,
        2,
        Map.of("unit", "°C", "decimals", 1, "warn", 6, "bad", 8));
    widget("ferry", "status", "Next ferry", 5, 7, 2, 2, Map.of("stale", 30));
    widget(
        "note",
        "text",
        "From Olga",
        7,
        5,
        5,
        2,
        Map.of(
            "text",
            "The long table is for eleven, at 20:00. Two do not eat fish.\nNo mussels today."));
    widget("power", "line", "Power", 7, 7, 5, 2, Map.of("unit", "kW"));
    Instant now = Instant.now();
    for (int i = STEPS; i >= 0; i--) {
      // A sender for each: of one sender's readings the latest alone would be decided.
      values("meter-" + i, now.minusSeconds((long) i * STEP_SECONDS), i);
    }
    values(
        "last",
        List.of(
            reading("wait", "value", 17.0, now),
            reading("pages", "Menu", 182.0, now),
            reading("pages", "Reservations", 431.0, now),
            reading("pages", "How to come", 96.0, now),
            reading("pages", "Gift vouchers", 1240.0, now),
            reading("cold", "value", 3.4, now),
            Map.of("widget", "cards", "text", "All working", "state", "good"),
            Map.of(
                "widget",
                "ferry",
                "text",
                "18:40",
                "state",
                "warn",
                "at",
                now.minusSeconds(95).toString())));
  }

  private static void values(String sender, Instant at, int ago) throws Exception {
    double evening = 1 - ago / (double) STEPS;
    double swing = Math.sin(ago / 9.0);
    double jitter = Math.sin(ago * 1.7) + Math.cos(ago * 2.9);
    List<Map<String, ?>> readings = new ArrayList<>();
    readings.add(reading("guests", "value", Math.round(38 + 46 * evening * evening), at));
    readings.add(reading("oven", "value", Math.round(232 + 9 * swing), at));
    readings.add(reading("power", "value", 11 + 6 * evening + 1.2 * swing, at));
    readings.add(
        reading("orders", "Dining room", Math.round(9 + 14 * evening + 2 * swing + jitter), at));
    readings.add(
        reading("orders", "Terrace", Math.round(6 + 5 * evening - 2 * swing + jitter), at));
    if (ago < 60 || ago > 95) { // The take-away's tablet was switched off for a while.
      readings.add(reading("orders", "Take-away", Math.round(3 + 3 * evening + swing), at));
    }
    values(sender, readings);
  }

  private static Map<String, ?> reading(String widget, String series, double value, Instant at) {
    return Map.of("widget", widget, "series", series, "value", value, "at", at.toString());
  }

  private static void values(String sender, List<Map<String, ?>> readings) throws Exception {
    does(sender, "dashboard:tonight", "values.set", Map.of("values", readings));
  }

  private static void widget(
      String id, String kind, String title, int x, int y, int w, int h, Map<String, ?> more)
      throws Exception {
    Map<String, Object> args = new HashMap<>(more);
    args.putAll(Map.of("widget", id, "kind", kind, "title", title, "x", x, "y", y, "w", w, "h", h));
    does("Olga", "dashboard:tonight", "widget.add", args);
  }

  private static void says(String who, String id, String text) throws Exception {
    post(who, "general", id, text);
  }

  private static void post(String who, String room, String id, String text) throws Exception {
    does(who, "chat:" + room, "message.post", Map.of("message", id, "text", text));
  }

  private static void replies(String who, String id, String thread, String text) throws Exception {
    does(
        who, "chat:general", "message.post", Map.of("message", id, "text", text, "thread", thread));
  }

  private static void reacts(String who, String id, String emoji) throws Exception {
    does(who, "chat:general", "message.react", Map.of("message", id, "emoji", emoji));
  }

  private static void pins(String who, String id) throws Exception {
    does(who, "chat:general", "message.pin", Map.of("message", id));
  }

  /** Somebody sends a command, which is accepted. */
  static void does(String who, String room, String name, Map<String, ?> args) throws Exception {
    Map<String, ?> command =
        Map.of("key", UUID.randomUUID().toString(), "name", name, "args", args);
    posts(who, room + "/commands", JSON.writeValueAsString(command));
  }

  /** Somebody sends what is taken, to an address behind that of all rooms. */
  static void posts(String who, String path, String json) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(SharedServer.url() + "/v1/rooms/" + path))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token(who))
            .POST(BodyPublishers.ofString(json))
            .build();
    HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** A profile of a browser in which the pages are somebody's of the team. */
  static String signedIn(String who) {
    return "localStorage.setItem('tutti.guest', '%s'); localStorage.setItem('tutti.name', '%s')"
        .formatted(token(who), who);
  }

  /** As wide as a desk has it. */
  static Browser.NewContextOptions desk() {
    return new Browser.NewContextOptions().setViewportSize(1280, 800);
  }

  static String token(String who) {
    return TOKENS.computeIfAbsent(
        who,
        name -> {
          Role role = name.equals("Olga") ? Role.OWNER : Role.EDITOR;
          var tokens =
              new Tokens(
                  Secret.of(SharedServer.SECRET), TokenRules.DEFAULTS, InstantSource.system());
          return tokens.mint(
              name.toLowerCase(Locale.ROOT), name, Grants.everywhere(role), Duration.ofDays(1));
        });
  }
}

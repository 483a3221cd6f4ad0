package dev.tutti.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.probe.Draft;
import dev.tutti.probe.Moves;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients that ask for too much, or do not take what they asked for. */
class LimitsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MIB = 1 << 20;
  private static Attacked attacked;

  @BeforeAll
  static void start() {
    attacked =
        Attacked.with(
            Map.of(
                "--max-patch-bytes", "4000",
                "--max-document-bytes", "400000",
                "--max-messages-per-second", "2000"));
  }

  @AfterAll
  static void stop() {
    attacked.close();
  }

  @AfterEach
  void theBystanderNoticedNothing() throws Exception {
    attacked.bystanderNoticedNothing();
  }

  private static String subscribe(int id, String room) {
    return "{\"type\":\"subscribe\",\"id\":" + id + ",\"room\":\"" + room + "\"}";
  }

  private static String command(int id, String room, String name, String args) {
    return "{\"type\":\"command\",\"id\":%d,\"room\":\"%s\",\"key\":\"%s\",\"name\":\"%s\",\"args\":%s}"
        .formatted(id, room, UUID.randomUUID(), name, args);
  }

  @Test
  void theSixtyFifthRoomIsRefused() throws IOException {
    try (var socket = attacked.guest("Mallory")) {
      for (int i = 1; i <= 64; i++) {
        socket.ask(subscribe(i, "board:many" + i), "subscribed");
      }
      JsonNode refused = socket.ask(subscribe(65, "board:many65"), "refused");
      assertThat(refused.get("code").stringValue()).isEqualTo("too_fast");
      assertThat(refused.get("id").intValue()).isEqualTo(65);
      attacked.bystanderGoesOn();
    }
  }

  @Test
  void threeHundredCommandsAtOnceAreEachAnsweredOnce() throws IOException {
    try (var socket = attacked.guest("Mallory")) {
      var all = new StringBuilder();
      var bytes = new java.io.ByteArrayOutputStream();
      for (int i = 1; i <= 300; i++) {
        all.setLength(0);
        all.append(command(i, "board:flight", "column.add", "{\"title\":\"x\"}"));
        bytes.writeBytes(
            RawSocket.frame(
                RawSocket.FIN | RawSocket.TEXT, all.toString().getBytes(StandardCharsets.UTF_8)));
      }
      socket.bytes(bytes.toByteArray());
      Map<Integer, String> answers = new HashMap<>();
      while (answers.size() < 300) {
        JsonNode answer = JSON.readTree(socket.frame().payload());
        String type = answer.get("type").stringValue();
        String before =
            answers.put(answer.get("id").intValue(), answer.path("code").stringValue(type));
        assertThat(before).isNull();
      }
      // 50 columns are the most; the rest of what was let in is refused by the rule.
      assertThat(answers.values()).containsOnly("accepted", "rule", "too_fast");
      assertThat(answers.values().stream().filter("accepted"::equals)).hasSize(50);
    }
  }

  @Test
  void aPatchAndADocumentMayNotGrowOverTheirLimits() throws IOException {
    try (var socket = attacked.guest("Mallory")) {
      String room = "board:full";
      socket.ask(command(1, room, "column.add", "{\"column\":\"c\",\"title\":\"C\"}"), "accepted");
      socket.ask(
          command(2, room, "ticket.add", "{\"ticket\":\"t\",\"column\":\"c\",\"title\":\"T\"}"),
          "accepted");
      JsonNode large =
          socket.ask(
              command(
                  3,
                  room,
                  "ticket.edit",
                  "{\"ticket\":\"t\",\"description\":\"" + "ü".repeat(3_000) + "\"}"),
              "refused");
      assertThat(large.get("code").stringValue()).isEqualTo("too_large");
      int accepted = 0;
      String code = "";
      for (int i = 4; i < 200 && code.isEmpty(); i++) {
        String text = "{\"ticket\":\"t\",\"text\":\"" + "x".repeat(3_000) + "\"}";
        socket.text(command(i, room, "comment.add", text));
        JsonNode answer = JSON.readTree(socket.frame().payload());
        code = answer.path("code").stringValue("");
        accepted++;
      }
      assertThat(code).isEqualTo("too_large");
      assertThat(accepted).isBetween(110, 135);
      // A full room still lets go.
      socket.ask(command(500, room, "ticket.delete", "{\"ticket\":\"t\"}"), "accepted");
      socket.ask(
          command(501, room, "ticket.add", "{\"column\":\"c\",\"title\":\"T\"}"), "accepted");
    }
  }

  @Test
  void presenceAndSignalsAreCountedInBytes() throws IOException {
    try (var socket = attacked.guest("Mallory")) {
      socket.ask(subscribe(1, "board:loud"), "subscribed");
      String wide = "ü".repeat(2_100);
      for (String message :
          new String[] {
            "{\"type\":\"presence\",\"room\":\"board:loud\",\"state\":{\"x\":\"" + wide + "\"}}",
            "{\"type\":\"signal\",\"room\":\"board:loud\",\"topic\":\"t\",\"data\":{\"x\":\""
                + wide
                + "\"}}"
          }) {
        assertThat(socket.ask(message, "refused").get("code").stringValue()).isEqualTo("too_large");
      }
    }
  }

  /** Whatever it floods with: first refused, then disconnected. */
  @Test
  void aFloodIsRefusedAndThenEnded() throws Exception {
    for (String message :
        new String[] {
          "{\"type\":\"pong\"}",
          "{\"type\":\"history\",\"id\":1,\"room\":\"board:attacked\",\"limit\":200}",
          "garbage"
        }) {
      try (var socket = attacked.guest("Mallory")) {
        byte[] frame =
            RawSocket.frame(
                RawSocket.FIN | RawSocket.TEXT, message.getBytes(StandardCharsets.UTF_8));
        Thread flood =
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    while (true) {
                      socket.bytes(frame);
                    }
                  } catch (IOException closed) {
                    // as it should be
                  }
                });
        CompletableFuture<Void> bystander = CompletableFuture.runAsync(attacked::bystanderGoesOn);
        assertThat(socket.next("refused").get("code").stringValue()).isIn("too_fast", "malformed");
        assertThat(socket.closeCode()).as(message).isEqualTo(4429);
        bystander.join();
        socket.close();
        flood.join();
      }
    }
  }

  @Test
  void whoNeverReadsCostsABoundedBufferAndMaySkipAhead() throws IOException {
    long before = directBytes();
    try (var deaf = RawSocket.narrow(attacked.port())) {
      deaf.hello("Deaf");
      long seq = deaf.ask(subscribe(1, Attacked.ROOM), "subscribed").get("seq").longValue();
      long most = 0;
      for (int i = 0; i < 700; i += 10) {
        attacked.edit(i, 10, 3_000);
        most = Math.max(most, directBytes() - before);
      }
      System.out.println("direct memory beside a deaf reader of 2 MB: " + most / 1024 + " KB");
      assertThat(most).isLessThan(2 * MIB);
      long head = attacked.head();
      boolean reset = false;
      while (seq < head) {
        JsonNode message = JSON.readTree(deaf.frame().payload());
        switch (message.get("type").stringValue()) {
          case "events" -> {
            for (JsonNode event : message.get("events")) {
              assertThat(event.get("seq").longValue()).isEqualTo(++seq);
            }
          }
          case "reset" -> {
            assertThat(message.get("seq").longValue()).isGreaterThan(seq);
            seq = message.get("seq").longValue();
            reset = true;
          }
          default -> {}
        }
      }
      assertThat(reset).isTrue();
      assertThat(attacked.sample("tutti_readers_skipped_total")).isPositive();
      assertThat(attacked.sample("tutti_resets_total")).isPositive();
    }
  }

  /** Only what one socket takes is ever made for it, however much it subscribes to. */
  @Test
  void documentsForADeafReaderAreNotPutIntoMemory() throws IOException {
    int rooms = 8;
    try (var writer = attacked.guest("Writer")) {
      for (int room = 0; room < rooms; room++) {
        fill(writer, "board:big" + room);
      }
    }
    long before = directBytes();
    try (var deaf = RawSocket.narrow(attacked.port())) {
      deaf.hello("Deaf");
      for (int room = 0; room < rooms; room++) {
        deaf.text(subscribe(room, "board:big" + room));
      }
      long most = 0;
      for (int i = 0; i < 50; i++) {
        attacked.bystanderGoesOn();
        most = Math.max(most, directBytes() - before);
      }
      System.out.println(
          "direct memory for " + rooms + " documents unread: " + most / 1024 + " KB");
      assertThat(most).isLessThan(MIB);
      for (int room = 0; room < rooms; room++) {
        assertThat(deaf.next("subscribed").get("document").toString().length())
            .isGreaterThan(100_000);
      }
    }
  }

  private static void fill(RawSocket writer, String room) throws IOException {
    writer.ask(command(1, room, "column.add", "{\"column\":\"c\",\"title\":\"C\"}"), "accepted");
    for (int i = 0; i < 35; i++) {
      String ticket = "{\"ticket\":\"t" + i + "\",\"column\":\"c\",\"title\":\"T\"}";
      String words = "{\"ticket\":\"t" + i + "\",\"description\":\"" + "x".repeat(3_000) + "\"}";
      writer.text(command(2, room, "ticket.add", ticket));
      writer.text(command(3, room, "ticket.edit", words));
      writer.next("accepted");
      writer.next("accepted");
    }
  }

  private static long directBytes() {
    return PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
  }

  static Draft edit(int ticket, String words) {
    return Draft.of(
        "ticket.edit", Moves.args().put("ticket", "t" + ticket).put("description", words));
  }
}

package dev.tutti.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.auth.Grants;
import dev.tutti.auth.Secret;
import dev.tutti.auth.TokenRules;
import dev.tutti.auth.Tokens;
import dev.tutti.protocol.Role;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** People who are not who they say, or may not do what they ask. */
class AccessTest {
  private static final String ROOM = "\"room\":\"board:held\"";
  private static Attacked attacked;

  private static final Tokens TOKENS =
      tokens(Attacked.SECRET, new TokenRules("tutti", "tutti", Duration.ZERO));

  private static Tokens tokens(String secret, TokenRules rules) {
    return new Tokens(Secret.of(secret), rules, InstantSource.system());
  }

  @BeforeAll
  static void start() {
    attacked = Attacked.with(Map.of());
  }

  @AfterAll
  static void stop() {
    attacked.close();
  }

  @AfterEach
  void theBystanderNoticedNothing() throws Exception {
    attacked.bystanderNoticedNothing();
  }

  private static String token(String user, Role role, Duration life) {
    return TOKENS.mint(user, user, Grants.everywhere(role), life);
  }

  private static RawSocket as(String user, Role role) throws IOException {
    RawSocket socket = attacked.socket();
    socket.ask(hello(token(user, role, Duration.ofHours(1))), "welcome");
    return socket;
  }

  private static String hello(String token) {
    return "{\"type\":\"hello\",\"token\":\"" + token + "\"}";
  }

  private static String command(String name, String args) {
    return "{\"type\":\"command\",\"id\":1,%s,\"key\":\"%s\",\"name\":\"%s\",\"args\":%s}"
        .formatted(ROOM, UUID.randomUUID(), name, args);
  }

  private static String code(RawSocket socket, String message) throws IOException {
    return socket.ask(message, "refused").get("code").stringValue();
  }

  @Test
  void aTokenThatIsNotGoodIs4401() throws IOException {
    var rules = new TokenRules("tutti", "tutti", Duration.ZERO);
    var grants = Grants.everywhere(Role.OWNER);
    Duration hour = Duration.ofHours(1);
    String good = token("ana", Role.EDITOR, hour);
    String payload = good.split("\\.")[1];
    for (String bad :
        List.of(
            "x",
            "",
            "a.b.c",
            good + "x",
            "eyJhbGciOiJub25lIn0." + payload + ".",
            "eyJhbGciOiJub25lIn0." + payload + ".AA",
            tokens("another-secret-of-nobody-0123456789", rules).mint("ana", "ana", grants, hour),
            tokens(Attacked.SECRET, new TokenRules("x", "tutti", Duration.ZERO))
                .mint("ana", "ana", grants, hour),
            tokens(Attacked.SECRET, new TokenRules("tutti", "x", Duration.ZERO))
                .mint("ana", "ana", grants, hour))) {
      try (var socket = attacked.socket()) {
        socket.text(hello(bad));
        assertThat(socket.closeCode()).as(bad).isEqualTo(4401);
      }
    }
  }

  @Test
  void anExpiredTokenEndsTheConnectionAndARefreshedOneDoesNot() throws IOException {
    try (var expiring = attacked.socket();
        var refreshed = attacked.socket()) {
      Duration brief = Duration.ofSeconds(2);
      String longer = hello(token("ana", Role.EDITOR, Duration.ofHours(1)));
      refreshed.ask(hello(token("ana", Role.EDITOR, brief)), "welcome");
      refreshed.ask(longer, "welcome");
      // Its own, and later: when this one has ended, the other would have.
      expiring.ask(hello(token("ana", Role.EDITOR, brief)), "welcome");
      long began = System.nanoTime();
      assertThat(expiring.closeCode()).isEqualTo(4401);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(7));
      assertThat(code(refreshed, command("ticket.explode", "{}"))).isEqualTo("unknown_command");
    }
  }

  @Test
  void nobodyBecomesSomeoneElse() throws IOException {
    try (var socket = as("ana", Role.EDITOR)) {
      socket.text(hello(token("bo", Role.OWNER, Duration.ofHours(1))));
      assertThat(socket.closeCode()).isEqualTo(4401);
    }
  }

  @Test
  void aViewerReadsAndDoesNotWrite() throws IOException {
    try (var socket = as("vera", Role.VIEWER)) {
      assertThat(code(socket, command("column.add", "{\"title\":\"x\"}"))).isEqualTo("forbidden");
      assertThat(code(socket, command("access.grant", "{\"user\":\"vera\",\"role\":\"owner\"}")))
          .isEqualTo("forbidden");
      socket.ask("{\"type\":\"subscribe\",\"id\":2," + ROOM + "}", "subscribed");
    }
  }

  @Test
  void whoHasNoRoleSeesNothing() throws IOException {
    try (var socket = as("nobody", Role.NONE)) {
      assertThat(code(socket, "{\"type\":\"subscribe\",\"id\":2," + ROOM + "}"))
          .isEqualTo("forbidden");
      assertThat(code(socket, "{\"type\":\"history\",\"id\":2," + ROOM + "}"))
          .isEqualTo("forbidden");
      assertThat(code(socket, command("column.add", "{\"title\":\"x\"}"))).isEqualTo("forbidden");
    }
  }

  @Test
  void aRevokedEditorIsToldAtOnceAndIsOut() throws IOException {
    String subscribe = "{\"type\":\"subscribe\",\"id\":2," + ROOM + "}";
    try (var owner = as("olga", Role.OWNER);
        var editor = as("ed", Role.EDITOR)) {
      editor.ask(subscribe, "subscribed");
      editor.ask(command("column.add", "{\"title\":\"mine\"}"), "accepted");
      owner.ask(command("access.revoke", "{\"user\":\"ed\"}"), "accepted");
      var told = editor.next("unsubscribed");
      assertThat(told.get("code").stringValue()).isEqualTo("forbidden");
      assertThat(code(editor, command("column.add", "{\"title\":\"x\"}"))).isEqualTo("forbidden");
      assertThat(code(editor, subscribe)).isEqualTo("forbidden");
      assertThat(code(editor, "{\"type\":\"history\",\"id\":2," + ROOM + "}"))
          .isEqualTo("forbidden");
      // A new token does not bring it back, and what happens in the room is not told to it.
      editor.ask(hello(token("ed", Role.OWNER, Duration.ofHours(1))), "welcome");
      owner.ask(command("column.add", "{\"title\":\"secret\"}"), "accepted");
      editor.text(subscribe);
      assertThat(editor.frame().payload()).asString().contains("forbidden");
    }
  }
}

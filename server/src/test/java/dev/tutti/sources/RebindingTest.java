package dev.tutti.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody owns a name, and lets it lead now here, now there. */
class RebindingTest {
  /** Two seconds of it are for an address that is silent while there is another. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Stands for one of the open internet. */
  private static final String ALLOWED = "127.0.0.1";

  /** So does this one, where nobody listens. */
  private static final String CLOSED = "127.0.0.3";

  private static final int KNOCK_MILLIS = 100;
  private static final String INSIDE = "127.0.0.2";
  private static final Fetch.Answer REFUSED =
      new Fetch.Answer.Failed(
          "an address of its host is not of the open internet, and not listed in \"allow\".");

  private final List<String> asked = new ArrayList<>();
  private final List<String[]> answers = new ArrayList<>();
  private BadServer outside;
  private ServerSocket inside;

  @BeforeEach
  void start() throws Exception {
    outside = new BadServer();
    inside = new ServerSocket(outside.port(), 10, InetAddress.getByName(INSIDE));
  }

  @AfterEach
  void stop() throws Exception {
    inside.close();
    outside.close();
  }

  @Test
  void theAddressThatWasLookedAtIsTheOneThatIsUsed() throws Exception {
    answers.add(new String[] {ALLOWED});
    answers.add(new String[] {INSIDE}); // Whoever asked again would go there.
    try (Fetch fetch = fetch()) {
      assertThat(fetch.get(source()).join()).isInstanceOf(Fetch.Answer.Body.class);
      assertThat(outside.hosts).containsExactly("rebinding.invalid:" + outside.port());
      assertThat(asked).containsExactly("rebinding.invalid");
      assertNobodyCameInside();

      assertThat(fetch.get(source()).join()).isEqualTo(REFUSED);
      assertThat(asked).hasSize(2);
      assertNobodyCameInside();
    }
  }

  @Test
  void aNameThatLeadsInsideAsWellIsRefused() throws Exception {
    answers.add(new String[] {ALLOWED, INSIDE});
    answers.add(new String[] {INSIDE, ALLOWED});
    try (Fetch fetch = fetch()) {
      assertThat(fetch.get(source()).join()).isEqualTo(REFUSED);
      assertThat(fetch.get(source()).join()).isEqualTo(REFUSED);
      assertNobodyCameInside();
    }
    assertThat(outside.asked).isEmpty();
  }

  @Test
  void whereAnAddressRefusesTheNextIsTried() throws Exception {
    answers.add(new String[] {CLOSED, ALLOWED});
    answers.add(new String[] {CLOSED});
    try (Fetch fetch = fetch()) {
      assertThat(fetch.get(source()).join()).isInstanceOf(Fetch.Answer.Body.class);
      assertThat(outside.hosts).containsExactly("rebinding.invalid:" + outside.port());
      assertThat(fetch.get(source()).join())
          .isEqualTo(new Fetch.Answer.Failed("it cannot be connected to."));
      assertThat(asked).as("looked up once for each question").hasSize(2);
    }
  }

  @Test
  void whereAnAddressSaysNothingTheNextIsTriedInTime() throws Exception {
    answers.add(new String[] {CLOSED, ALLOWED});
    try (var silent = new ServerSocket(outside.port(), 1, InetAddress.getByName(CLOSED))) {
      List<Socket> waiting = filled(silent);
      try (Fetch fetch = fetch()) {
        assertThat(fetch.get(source()).join()).isInstanceOf(Fetch.Answer.Body.class);
      }
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  /** Takes every place before a door that nobody opens: the kernel lets the next one knock. */
  private static List<Socket> filled(ServerSocket door) throws IOException {
    List<Socket> waiting = new ArrayList<>();
    while (true) {
      Socket socket = new Socket();
      waiting.add(socket);
      try {
        socket.connect(door.getLocalSocketAddress(), KNOCK_MILLIS);
      } catch (SocketTimeoutException full) {
        return waiting;
      }
    }
  }

  /** That a connection would be seen is shown by making one. */
  private void assertNobodyCameInside() throws Exception {
    try (var marker = new Socket(InetAddress.getByName(INSIDE), outside.port());
        var first = inside.accept()) {
      // Connections are accepted in the order in which they came.
      assertThat(first.getPort()).isEqualTo(marker.getLocalPort());
    }
  }

  private Fetch fetch() {
    return new Fetch(
        new Addresses(
            Set.of(ALLOWED, CLOSED),
            host -> {
              asked.add(host);
              return Arrays.stream(answers.removeFirst())
                  .map(InetAddress::ofLiteral)
                  .toArray(InetAddress[]::new);
            }),
        LIMIT);
  }

  private Source source() {
    return new Source(
        "rebinding",
        URI.create("http://rebinding.invalid:" + outside.port() + "/good"),
        Headers.NONE,
        Duration.ofSeconds(1),
        true,
        List.of());
  }
}

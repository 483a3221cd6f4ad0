package dev.tutti.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.auth.Authentication.Authenticated;
import dev.tutti.auth.Authentication.Rejected;
import dev.tutti.protocol.ClientMessage.Hello;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
  private static final Secret SECRET = Secret.of("a-secret-of-more-than-32-bytes-for-tests");
  private static final Secret OTHER = Secret.of("another-secret-of-more-than-32-bytes!!");
  private static final RoomName BOARD = new RoomName("board:demo");

  private Instant now = Instant.parse("2026-11-22T15:00:00Z");
  private final InstantSource clock = () -> now;
  private final Random random = new Random(1);
  private final Tokens tokens = new Tokens(SECRET, TokenRules.DEFAULTS, clock);
  private final Admission door = door(SECRET, Role.EDITOR);
  private final Admission doorWithoutGuests = new Admission(tokens, Optional.empty());

  @Test
  void aGuestSaysANameAndGetsAnId() {
    Identity ana = in(door.admit(hello(null, "  Ana ")));
    assertThat(ana.user()).matches("guest:ana-[0-9a-z]{8}");
    assertThat(ana.name()).isEqualTo("Ana");
    assertThat(ana.guest()).isTrue();
    assertThat(ana.expiresAt()).isEmpty();
    assertThat(ana.roleIn(BOARD)).isEqualTo(Role.EDITOR);
  }

  @Test
  void twoGuestsOfOneNameAreTwoUsers() {
    assertThat(in(door.admit(hello(null, "Ana"))).user())
        .isNotEqualTo(in(door.admit(hello(null, "Ana"))).user());
  }

  @ParameterizedTest
  @CsvSource({
    "José Ñandú,jose-nandu",
    "李,anon",
    "--,anon",
    "O'Neil & Sons,o-neil-sons",
    "abcdefghijklmnopqrstuvwxyz,abcdefghijklmnopqrst",
    "Élodie 👩‍🚀,elodie"
  })
  void theIdOfAGuestIsPlain(String name, String slug) {
    assertThat(in(door.admit(hello(null, name))).user()).startsWith("guest:" + slug + "-");
  }

  @Test
  void aGuestWhoComesAgainIsTheSameUser() {
    Authentication first = door.admit(hello(null, "Ana"));
    now = now.plus(Duration.ofDays(29));
    Authentication second = door.admit(hello(guestToken(first), null));
    assertThat(in(second)).isEqualTo(in(first));
    now = now.plus(Duration.ofDays(29));
    assertThat(in(door.admit(hello(guestToken(second), "Ana")))).isEqualTo(in(first));
  }

  @Test
  void aGuestWhoComesAgainMayHaveAnotherName() {
    Authentication first = door.admit(hello(null, "Ana"));
    Identity again = in(door.admit(hello(guestToken(first), "Ana B.")));
    assertThat(again.user()).isEqualTo(in(first).user());
    assertThat(again.name()).isEqualTo("Ana B.");
  }

  @Test
  void theRoleOfAGuestIsTheServersAtTheTime() {
    String token = guestToken(door.admit(hello(null, "Ana")));
    assertThat(in(door(SECRET, Role.VIEWER).admit(hello(token, null))).roleIn(BOARD))
        .isEqualTo(Role.VIEWER);
  }

  @Test
  void aGuestTokenThatIsNoLongerGoodMakesANewGuestOfWhoSaysAName() {
    Authentication first = door.admit(hello(null, "Ana"));
    now = now.plus(Duration.ofDays(30));
    assertThat(door.admit(hello(guestToken(first), null))).isInstanceOf(Rejected.class);
    assertThat(in(door.admit(hello(guestToken(first), "Ana"))).user())
        .isNotEqualTo(in(first).user());
    String stranger = guestToken(door(OTHER, Role.OWNER).admit(hello(null, "Ana")));
    assertThat(door.admit(hello(stranger, null))).isInstanceOf(Rejected.class);
  }

  @Test
  void aBadTokenOfAUserIsNeverTakenForAGuest() {
    String token = tokens.mint("ana", "Ana", Grants.NONE, Duration.ofMinutes(1));
    now = now.plusSeconds(60);
    assertThat(door.admit(hello(token, "Ana"))).isInstanceOf(Rejected.class);
    assertThat(door.admit(hello("", "Ana"))).isInstanceOf(Rejected.class);
    assertThat(door.admit(hello("garbage", "Ana"))).isInstanceOf(Rejected.class);
  }

  @Test
  void aGuestTokenIsNoTokenOfAUser() {
    String token = guestToken(door.admit(hello(null, "Ana")));
    assertThat(tokens.verify(token)).isInstanceOf(Rejected.class);
  }

  @Test
  void withoutGuestsEveryoneNeedsAToken() {
    String guest = guestToken(door.admit(hello(null, "Ana")));
    String user = tokens.mint("bo", "Bo", Grants.NONE, Duration.ofMinutes(1));
    assertThat(doorWithoutGuests.admit(hello(null, "Ana"))).isInstanceOf(Rejected.class);
    assertThat(doorWithoutGuests.admit(hello(guest, "Ana"))).isInstanceOf(Rejected.class);
    assertThat(doorWithoutGuests.admit(Optional.empty())).isInstanceOf(Rejected.class);
    assertThat(in(doorWithoutGuests.admit(hello(user, null))).user()).isEqualTo("bo");
    assertThat(in(doorWithoutGuests.admit(Optional.of(user))).user()).isEqualTo("bo");
  }

  @Test
  void nobodyComesInWithoutAWord() {
    assertThat(door.admit(hello(null, null))).isInstanceOf(Rejected.class);
  }

  @Test
  void aRequestWithoutATokenIsByANamelessGuest() {
    Identity someone = in(door.admit(Optional.empty()));
    assertThat(someone.user()).isEqualTo("guest:anonymous");
    assertThat(someone.guest()).isTrue();
  }

  @Test
  void anotherHelloBringsALaterExpiryButNoOtherUser() {
    Identity ana = in(door.admit(hello(mint("ana", 1), null)));
    Identity refreshed = in(door.admitAgain(ana, hello(mint("ana", 2), null)));
    assertThat(refreshed.expiresAt()).contains(now.plus(Duration.ofHours(2)));
    assertThat(door.admitAgain(ana, hello(mint("bo", 2), null))).isInstanceOf(Rejected.class);
    assertThat(door.admitAgain(ana, hello(null, "Ana"))).isInstanceOf(Rejected.class);
    assertThat(door.admitAgain(ana, hello("garbage", null))).isInstanceOf(Rejected.class);
  }

  @Test
  void aGuestMayTakeAnotherNameInBand() {
    Identity ana = in(door.admit(hello(null, "Ana")));
    Identity renamed = in(door.admitAgain(ana, hello(null, "Anna")));
    assertThat(renamed.user()).isEqualTo(ana.user());
    assertThat(renamed.name()).isEqualTo("Anna");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "   ", "\n", "\u200B", "\u200D", "\u3164", "\u2800", "\u0301", "\uFEFF"})
  void aNameThatShowsNothingIsNone(String name) {
    assertThat(door.admit(hello(null, name))).isInstanceOf(Rejected.class);
    Identity ana = in(door.admit(hello(null, "Ana")));
    String token = guestToken(door.admit(hello(null, "Ana")));
    assertThat(in(door.admitAgain(ana, hello(null, name)))).isEqualTo(ana);
    assertThat(in(door.admit(hello(token, name))).name()).isEqualTo("Ana");
  }

  @ParameterizedTest
  @CsvSource({
    "'a\nb', a b",
    "'a\u0000', a",
    "'a\u202Eb', ab",
    "'a\u2066b', ab",
    "'\u200Fa\u200Fb', ab",
    "'Ana\u200B', Ana",
    "'a\uFEFF', a",
    "'a\uD800', a",
    "'a\u00ADb', ab",
    "'a\u2028b', a b"
  })
  void aNameCannotHideOrWriteOverAnother(String name, String shown) {
    assertThat(in(door.admit(hello(null, name))).name()).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"A", "Zoë", "نیلوفر‌جان", "张伟", "👩‍👩‍👧", "Jean-Luc O’Hara", "<b>Bo</b>"})
  void namesOfAllScriptsAreWelcome(String name) {
    assertThat(in(door.admit(hello(null, name))).name()).isEqualTo(name);
  }

  @Test
  void aNameHasAtMostSixtyCharacters() {
    assertThat(in(door.admit(hello(null, "👍".repeat(60)))).name()).hasSize(120);
    assertThat(in(door.admit(hello(null, "x".repeat(61)))).name()).isEqualTo("x".repeat(60));
  }

  private String mint(String user, int hours) {
    return tokens.mint(user, user, Grants.NONE, Duration.ofHours(hours));
  }

  private Admission door(Secret secret, Role guestRole) {
    return new Admission(tokens, Optional.of(new Guests(secret, guestRole, clock, random)));
  }

  private static Hello hello(@Nullable String token, @Nullable String name) {
    return new Hello(token, name, null);
  }

  private static Identity in(Authentication result) {
    assertThat(result).isInstanceOf(Authenticated.class);
    return ((Authenticated) result).identity();
  }

  private static String guestToken(Authentication result) {
    return ((Authenticated) result).guestToken().orElseThrow();
  }
}

package dev.tutti.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.auth.Authentication.Authenticated;
import dev.tutti.auth.Authentication.Rejected;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.InvalidMessage;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens are put together by hand here, so that the library is not its own witness. */
class TokensTest {
  private static final String KEY = "a-secret-of-more-than-32-bytes-for-tests";
  private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
  private static final Instant NOW = Instant.parse("2026-11-22T15:00:00Z");
  private static final long T = NOW.getEpochSecond();
  private static final String GOOD =
      "{\"iss\":\"tutti\",\"aud\":\"tutti\",\"sub\":\"ana\",\"name\":\"Ana\",\"exp\":"
          + (T + 60)
          + ",\"rooms\":{\"board:*\":\"editor\"}}";

  private final Tokens tokens = at(NOW);

  @Test
  void aTokenForSomeCommandsIsForNoOthers() {
    Scope scope = new Scope(Set.of("value.set"));
    Grants everywhere = Grants.everywhere(Role.EDITOR);
    Identity bo = accepted(tokens.mint("bo", "Bo", everywhere, scope, Duration.ofHours(1)));
    bo.scope().check("value.set");
    assertThatThrownBy(() -> bo.scope().check("widget.remove"))
        .isInstanceOfSatisfying(
            InvalidMessage.class, refusal -> assertThat(refusal.code()).isEqualTo(Code.FORBIDDEN));
  }

  @Test
  void inTheServersOwnRoomEverybodyIsAViewer() {
    Identity bo =
        accepted(tokens.mint("bo", "Bo", Grants.everywhere(Role.OWNER), Duration.ofHours(1)));
    assertThat(bo.roleIn(RoomName.SERVER)).isEqualTo(Role.VIEWER);
    assertThat(bo.roleIn(new RoomName("dashboard:mine"))).isEqualTo(Role.OWNER);
  }

  @Test
  void aGoodTokenNamesItsUser() {
    Identity ana = accepted(signed(GOOD));
    assertThat(ana.user()).isEqualTo("ana");
    assertThat(ana.name()).isEqualTo("Ana");
    assertThat(ana.guest()).isFalse();
    assertThat(ana.expiresAt()).contains(NOW.plusSeconds(60));
    assertThat(ana.roleIn(new RoomName("board:demo"))).isEqualTo(Role.EDITOR);
    assertThat(ana.roleIn(new RoomName("chat:demo"))).isEqualTo(Role.NONE);
  }

  @Test
  void whatIsMintedIsAccepted() {
    Grants grants = new Grants(Map.of(new RoomPattern("chat:general"), Role.VIEWER));
    Identity bo = accepted(tokens.mint("bo", "Bo", grants, Duration.ofHours(1)));
    assertThat(bo)
        .isEqualTo(new Identity("bo", "Bo", grants, Optional.of(NOW.plusSeconds(3600)), false));
  }

  @Test
  void onlySaneTokensAreMinted() {
    Duration hour = Duration.ofHours(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokens.mint("guest:ana", "Ana", Grants.NONE, hour));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokens.mint("tutti", "Tutti", Grants.NONE, hour))
        .withMessageContaining("is not tutti");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokens.mint("ana", "\n", Grants.NONE, hour));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokens.mint("ana", "Ana", Grants.NONE, Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokens.mint("ana", "Ana", Grants.NONE, Duration.ofDays(9999)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "HS384", "HS512", "RS256", "ES256", "x", ""})
  void noOtherAlgorithmIsTaken(String algorithm) {
    String header = "{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}";
    String right = signed(header, GOOD, KEY);
    assertRejected(right);
    assertRejected(right.substring(0, right.lastIndexOf('.') + 1));
    assertRejected(right.substring(0, right.lastIndexOf('.')));
  }

  @Test
  void anRsaSignatureByTheAttackersOwnKeyIsNotTaken() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    String modulus = encode(pair.getPublic().getEncoded());
    String header =
        "{\"alg\":\"RS256\",\"jwk\":{\"kty\":\"RSA\",\"n\":\"" + modulus + "\",\"e\":\"AQAB\"}}";
    String input = encode(header) + "." + encode(GOOD);
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(pair.getPrivate());
    signature.update(input.getBytes(StandardCharsets.US_ASCII));
    assertRejected(input + "." + encode(signature.sign()));
    // And the confusion: the public key as if it were the secret.
    assertRejected(
        signed(
            HEADER, GOOD, new String(pair.getPublic().getEncoded(), StandardCharsets.ISO_8859_1)));
  }

  @Test
  void aKeyInTheHeaderIsNotFollowed() {
    String stranger = "a-stranger's-secret-of-more-than-32-bytes";
    String header =
        "{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\""
            + encode(stranger)
            + "\"},\"kid\":\"../../dev/null\",\"jku\":\"http://127.0.0.1:1/\"}";
    assertRejected(signed(header, GOOD, stranger));
  }

  @Test
  void anythingCriticalOrUnencodedIsNotTaken() {
    assertRejected(signed("{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}", GOOD, KEY));
    assertRejected(signed("{\"alg\":\"HS256\",\"b64\":false,\"crit\":[\"b64\"]}", GOOD, KEY));
  }

  @Test
  void aChangedTokenIsNotTaken() {
    String token = signed(GOOD);
    String[] parts = token.split("\\.");
    String owner = encode(GOOD.replace("editor", "owner"));
    assertRejected(parts[0] + "." + owner + "." + parts[2]);
    assertRejected(signed(HEADER, GOOD, KEY + "x"));
    assertRejected(parts[0] + "." + parts[1] + "." + encode(new byte[32]));
    assertRejected(parts[0] + "." + parts[1] + "." + parts[2].substring(1));
    assertRejected(token + "." + parts[2]);
    assertRejected(" " + token);
  }

  @Test
  void aTokenEndsAtTheVerySecondOfItsExpiry() {
    String token = signed(GOOD);
    assertThat(at(NOW.plusMillis(59_999)).verify(token)).isInstanceOf(Authenticated.class);
    Rejected late = (Rejected) at(NOW.plusSeconds(60)).verify(token);
    assertThat(late.forClient()).contains("expired");
  }

  @Test
  void aTokenMayBeFromAClockThatIsALittleAhead() {
    assertThat(accepted(signed(with("\"nbf\":" + (T + 30)))).user()).isEqualTo("ana");
    assertRejected(signed(with("\"nbf\":" + (T + 31))));
    assertRejected(signed(with("\"iat\":" + (T + 31))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"iss\":\"tutti\",\"aud\":\"tutti\",\"sub\":\"ana\"}",
        "{\"iss\":\"tutti\",\"aud\":\"tutti\",\"sub\":\"ana\",\"exp\":null}",
        "{\"iss\":\"tutti\",\"aud\":\"tutti\",\"sub\":\"ana\",\"exp\":\"1999999999\"}",
        "{\"iss\":\"tutti\",\"aud\":\"tutti\",\"sub\":\"ana\",\"exp\":1e300}",
        "{\"iss\":\"tutti\",\"aud\":\"tutti\",\"sub\":\"ana\",\"exp\":-1}",
        "{\"iss\":\"tutti\",\"aud\":\"tutti\",\"sub\":\"ana\",\"exp\":9223372036854775807}",
        "{\"iss\":\"tutti\",\"aud\":\"tutti\",\"sub\":\"ana\",\"exp\":[1]}",
        "{\"iss\":\"tutti\",\"aud\":\"tutti\",\"sub\":\"ana\",\"exp\":253402300799}",
        "[]",
        "\"ana\"",
        "null",
        "7",
        "{",
        "not json"
      })
  void aTokenWithoutATrueExpiryIsNotTaken(String claims) {
    assertRejected(signed(claims));
  }

  @Test
  void theIssuerAndTheAudienceMustBeThisServers() {
    assertRejected(signed(GOOD.replace("\"iss\":\"tutti\"", "\"iss\":\"other\"")));
    assertRejected(signed(GOOD.replace("\"iss\":\"tutti\",", "")));
    assertRejected(signed(GOOD.replace("\"aud\":\"tutti\"", "\"aud\":\"other\"")));
    assertRejected(signed(GOOD.replace("\"aud\":\"tutti\",", "")));
    assertRejected(signed(GOOD.replace("\"aud\":\"tutti\"", "\"aud\":[\"a\",7]")));
    assertThat(
            accepted(signed(GOOD.replace("\"aud\":\"tutti\"", "\"aud\":[\"a\",\"tutti\"]"))).user())
        .isEqualTo("ana");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "guest:ana-1",
        "a b",
        "a\\nb",
        "a\\u202eb",
        "a\\u0000",
        "a\\u200bb",
        "a\\ud800",
        "__proto__",
        "tutti",
        "imported:ana"
      })
  void aUserIdIsVisibleAndNeverAGuestsNorTheServers(String sub) {
    assertRejected(signed(GOOD.replace("\"sub\":\"ana\"", "\"sub\":\"" + sub + "\"")));
  }

  @Test
  void aNameIsShownWithoutWhatCannotBeSeen() {
    String named =
        GOOD.replace("\"name\":\"Ana\"", "\"name\":\"\u200FAna\u200B " + "x".repeat(60) + "\"");
    assertThat(accepted(signed(named)).name()).isEqualTo("Ana " + "x".repeat(56));
    assertThat(accepted(signed(GOOD.replace("\"name\":\"Ana\"", "\"name\":\"\u200B\""))).name())
        .isEqualTo("ana");
  }

  @Test
  void aUserWithoutANameIsShownByItsId() {
    String longId = "u".repeat(128);
    String claims = GOOD.replace("\"name\":\"Ana\",", "").replace("\"ana\"", '"' + longId + '"');
    Identity user = accepted(signed(claims));
    assertThat(user.user()).isEqualTo(longId);
    assertThat(user.name()).isEqualTo("u".repeat(60));
    assertRejected(signed(claims.replace(longId, longId + "u")));
  }

  @ParameterizedTest
  @CsvSource({
    "board:launch, owner",
    "board:other, viewer",
    "chat:general, none",
    "chat:other, editor",
    "dashboard:ops, editor"
  })
  void theMostSpecificPatternDecidesAlone(String room, String role) {
    String rooms =
        "\"rooms\":{\"*\":\"editor\",\"board:*\":\"viewer\",\"board:launch\":\"owner\","
            + "\"chat:general\":\"none\"}";
    Identity user = accepted(signed(GOOD.replaceAll("\"rooms\":.*}}", rooms + "}")));
    assertThat(user.roleIn(new RoomName(room)).wire()).isEqualTo(role);
  }

  @Test
  void aRoleAloneIsForAllRooms() {
    Identity user = accepted(signed(GOOD.replaceAll("\"rooms\":.*}}", "\"role\":\"viewer\"}")));
    assertThat(user.grants()).isEqualTo(Grants.everywhere(Role.VIEWER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"board\":\"editor\"}",
        "{\"b*\":\"editor\"}",
        "{\"*:*\":\"editor\"}",
        "{\"board:*\":\"admin\"}",
        "{\"board:*\":\"EDITOR\"}",
        "{\"board:*\":7}",
        "[\"board:*\"]",
        "\"editor\"",
        "{\"*\":\"editor\"},\"role\":\"owner\""
      })
  void roomsThatMakeNoSenseAreNotGuessedAt(String rooms) {
    assertRejected(signed(GOOD.replaceAll("\"rooms\":.*}}", "\"rooms\":" + rooms + "}")));
  }

  @Test
  void aHugeTokenIsNotEvenRead() {
    String claims = with("\"x\":\"" + "x".repeat(8 * 1024) + "\"");
    assertThat(((Rejected) tokens.verify(signed(claims))).forLog()).contains("8192");
    assertRejected("x".repeat(10_000_000));
  }

  @Test
  void aDeeplyNestedHeaderIsNotTaken() {
    String deep = "{\"alg\":\"HS256\",\"x\":" + "[".repeat(2900) + "]".repeat(2900) + "}";
    assertRejected(encode(deep) + ".e30.AAAA");
  }

  @Property(tries = 2000)
  void garbageIsNeverTakenAndNeverThrows(
      @ForAll String first, @ForAll String second, @ForAll String third) {
    assertRejected(first + "." + second + "." + third);
    assertRejected(encode(first) + "." + encode(second) + "." + encode(third));
    assertRejected(
        encode("{\"alg\":\"HS256\",\"typ\":\"" + first + "\"}") + "." + encode(second) + ".AAAA");
  }

  @Test
  void theClientIsNotToldWhatExactlyWasWrong() {
    String first = ((Rejected) tokens.verify("garbage")).forClient();
    String second = ((Rejected) tokens.verify(signed(HEADER, GOOD, KEY + "x"))).forClient();
    assertThat(first).isEqualTo(second);
  }

  @Test
  void aSecretIsNeverPrinted() {
    assertThat(Secret.of(KEY).toString()).doesNotContain(KEY.substring(0, 4));
  }

  private static Tokens at(Instant now) {
    return new Tokens(Secret.of(KEY), TokenRules.DEFAULTS, InstantSource.fixed(now));
  }

  private Identity accepted(String token) {
    Authentication result = tokens.verify(token);
    assertThat(result).isInstanceOf(Authenticated.class);
    return ((Authenticated) result).identity();
  }

  private void assertRejected(String token) {
    assertThat(tokens.verify(token)).isInstanceOf(Rejected.class);
  }

  private static String with(String claim) {
    return GOOD.substring(0, GOOD.length() - 1) + "," + claim + "}";
  }

  private static String signed(String claims) {
    return signed(HEADER, claims, KEY);
  }

  private static String signed(String header, String claims, String key) {
    String input = encode(header) + "." + encode(claims);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return input + "." + encode(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

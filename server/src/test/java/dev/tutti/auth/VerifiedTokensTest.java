package dev.tutti.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.auth.Authentication.Authenticated;
import dev.tutti.auth.Authentication.Rejected;
import dev.tutti.protocol.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A token that comes again and again. */
class VerifiedTokensTest {
  private static final Secret SECRET = Secret.of("a-secret-of-more-than-32-bytes-for-tests");
  private static final Duration LIFE = Duration.ofSeconds(90);

  private Instant now = Instant.parse("2026-11-22T15:00:00Z");
  private final InstantSource clock = () -> now;
  private final Tokens tokens = new Tokens(SECRET, TokenRules.DEFAULTS, clock);
  private final Admission door = new Admission(tokens, Optional.empty());
  private final String token = tokens.mint("ana", "Ana", Grants.everywhere(Role.EDITOR), LIFE);

  private Authentication shown(String text) {
    return door.admit(Optional.of(text));
  }

  private void passes(Duration time) {
    now = now.plus(time);
  }

  @Test
  void itIsCheckedOnceAMinute() {
    assertThat(tokens.verifiedBefore(token)).isEmpty();
    Authentication first = shown(token);
    assertThat(first).isInstanceOf(Authenticated.class);
    passes(VerifiedTokens.FRESH.minusMillis(1));
    assertThat(shown(token)).isSameAs(first);
    passes(Duration.ofMillis(1));
    assertThat(tokens.verifiedBefore(token)).isEmpty();
    assertThat(shown(token)).isEqualTo(first).isNotSameAs(first);
  }

  @Test
  void itsExpiryIsLookedAtEachTime() {
    shown(token);
    passes(Duration.ofSeconds(50));
    shown(token);
    passes(Duration.ofSeconds(39));
    assertThat(shown(token)).isInstanceOf(Authenticated.class);
    passes(Duration.ofSeconds(1));
    assertThat(shown(token)).isInstanceOf(Rejected.class);
  }

  @Test
  void anotherSignatureUnderTheSameClaimsIsNotIt() {
    shown(token);
    String body = token.substring(0, token.lastIndexOf('.') + 1);
    assertThat(shown(body + "A".repeat(43))).isInstanceOf(Rejected.class);
    assertThat(tokens.verifiedBefore(body + "A".repeat(43))).isEmpty();
  }

  @Test
  void aClockThatIsSetBackChecksItAnew() {
    shown(token);
    passes(Duration.ofSeconds(-1));
    assertThat(tokens.verifiedBefore(token)).isEmpty();
  }

  @Test
  void manyTokensAreNotKept() {
    VerifiedTokens verified = new VerifiedTokens();
    Authenticated ana = (Authenticated) shown(token);
    for (int i = 0; i <= VerifiedTokens.MAX_TOKENS; i++) {
      verified.add(token + i, ana, now);
      assertThat(verified.count()).isLessThanOrEqualTo(VerifiedTokens.MAX_TOKENS);
    }
    assertThat(verified.find(token + VerifiedTokens.MAX_TOKENS, now)).contains(ana);
  }
}

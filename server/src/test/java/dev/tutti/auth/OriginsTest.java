package dev.tutti.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.auth.Origins.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
  @ParameterizedTest
  @CsvSource({
    "http://example.com,example.com",
    "http://example.com:80,example.com",
    "https://example.com,example.com",
    "https://example.com,example.com:443",
    "https://EXAMPLE.com,Example.COM",
    "http://example.com:8080,example.com:8080",
    "http://[2001:db8::1]:8080,[2001:DB8::1]:8080"
  })
  void aPageOfThisServerMayConnect(String origin, String host) {
    assertThat(open().check(Optional.of(origin), Optional.of(host)))
        .isInstanceOf(Verdict.Allowed.class);
  }

  @ParameterizedTest
  @CsvSource({
    "http://evil.com,example.com",
    "http://example.com.evil.com,example.com",
    "http://example.com:8081,example.com:8080",
    "http://example.com,example.com:8080",
    "https://example.com,example.com:80",
    "null,example.com",
    "file://,example.com",
    "chrome-extension://example.com,example.com",
    "http://user@example.com,example.com",
    "http://example.com/,example.com",
    "example.com,example.com",
    "'',example.com"
  })
  void aPageFromElsewhereMayNot(String origin, String host) {
    assertThat(open().check(Optional.of(origin), Optional.of(host)))
        .isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void whoIsNoBrowserSendsNoOrigin() {
    assertThat(open().check(Optional.empty(), Optional.of("example.com")))
        .isInstanceOf(Verdict.Allowed.class);
  }

  @ParameterizedTest
  @CsvSource({
    "https://app.example.com,https://app.example.com,true",
    "https://app.example.com,https://app.example.com:443,true",
    "https://app.example.com,http://app.example.com,false",
    "https://app.example.com,https://app.example.com:8443,false",
    "https://*.example.com,https://a.example.com,true",
    "https://*.example.com,https://a.b.example.com,true",
    "https://*.example.com,https://example.com,false",
    "https://*.example.com,https://evilexample.com,false",
    "http://localhost:*,http://localhost:5173,true",
    "http://localhost:*,http://localhost,true",
    "http://localhost:*,http://localhost.evil.com,false",
    "http://localhost:3000,http://localhost:3001,false",
    "*,https://anyone.example,true",
    "*,null,false"
  })
  void anAllowedPatternLetsItsPagesIn(String pattern, String origin, boolean allowed) {
    Verdict verdict = open(pattern).check(Optional.of(origin), Optional.of("tutti.example"));
    assertThat(verdict instanceof Verdict.Allowed).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.com",
        "ftp://example.com",
        "https://",
        "https://*",
        "https://*.",
        "https://a.*.com",
        "https://example.com/",
        "https://example.com:99:*",
        "http://:*",
        "null"
      })
  void aPatternIsOneOfFourForms(String text) {
    assertThat(OriginPattern.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST:8080", "127.0.0.1:8080", "127.8.8.8", "[::1]:8080"})
  void aServerOnLoopbackAnswersToItsOwnNames(String host) {
    assertThat(loopback().check(Optional.empty(), Optional.of(host)))
        .isInstanceOf(Verdict.Allowed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.com:8080",
        "127.0.0.1.evil.com",
        "localhost.evil.com",
        "10.0.0.1",
        "[::2]",
        "0.0.0.0"
      })
  void aNameThatWasPointedAtLoopbackIsNotAnsweredTo(String host) {
    assertThat(loopback().check(Optional.of("http://" + host), Optional.of(host)))
        .isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void aListedHostMayReachLoopbackThroughAProxy() {
    Origins origins = new Origins(patterns("https://app.example.com"), true);
    assertThat(
            origins.check(Optional.of("https://app.example.com"), Optional.of("app.example.com")))
        .isInstanceOf(Verdict.Allowed.class);
  }

  @Test
  void thePatternForAllPagesDoesNotSwitchOffTheGuardOfLoopback() {
    Origins origins = new Origins(patterns("*"), true);
    assertThat(origins.check(Optional.empty(), Optional.of("evil.com")))
        .isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void everyRequestNamesAHost() {
    assertThat(open().check(Optional.empty(), Optional.empty()))
        .isInstanceOf(Verdict.Refused.class);
    assertThat(open().check(Optional.empty(), Optional.of("a b")))
        .isInstanceOf(Verdict.Refused.class);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,,false,true,''",
    "::1,,false,true,''",
    "localhost,false,false,false,''",
    "0.0.0.0,,false,false,--token-secret-file",
    "0.0.0.0,false,false,false,--token-secret-file",
    "0.0.0.0,,true,false,''",
    "example.com,true,false,true,''",
    "::,,false,false,--allow-guests"
  })
  void aServerThatNobodyCouldSignInToDoesNotStart(
      String host, Boolean asked, boolean secret, boolean guests, String sentence) {
    Optional<Boolean> said = Optional.ofNullable(asked);
    assertThat(AccessPolicy.guestsAllowed(host, said)).isEqualTo(guests);
    assertThat(AccessPolicy.refusal(host, said, secret).orElse("")).contains(sentence);
    assertThat(AccessPolicy.refusal(host, said, secret).isEmpty()).isEqualTo(sentence.isEmpty());
  }

  private static Origins open(String... allowed) {
    return new Origins(patterns(allowed), false);
  }

  private static Origins loopback() {
    return new Origins(List.of(), true);
  }

  private static List<OriginPattern> patterns(String... texts) {
    return Stream.of(texts).map(text -> OriginPattern.parse(text).orElseThrow()).toList();
  }
}

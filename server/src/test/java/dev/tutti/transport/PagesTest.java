package dev.tutti.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real sockets, with the files under {@code pages/sample} of the test's class path. */
class PagesTest {
  private static final String PAGE = "/sample/page.html";

  private final Running server = Running.withDefaults();

  @AfterEach
  void stop() {
    server.close();
  }

  private RawClient.Answer ask(String method, String path, String headers) throws IOException {
    try (var client = new RawClient(server)) {
      client.say(method + " " + path + " HTTP/1.1\r\nHost: demo.example:81\r\n" + headers + "\r\n");
      return client.answer(!method.equals("HEAD"));
    }
  }

  private RawClient.Answer get(String path) throws IOException {
    return ask("GET", path, "");
  }

  @Test
  void aPageIsServedWithAStrictPolicy() throws IOException {
    var page = get(PAGE);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'")
        .contains("connect-src 'self' ws://demo.example:81 wss://demo.example:81")
        .doesNotContain("unsafe");
  }

  @Test
  void anImportMapIsAllowedByItsHash() throws IOException {
    assertThat(get(PAGE).header("Content-Security-Policy"))
        .contains("script-src 'self' 'sha256-gvcARa20vv8bCisbeVv+D7776fP6QHDu4ZeA5zUjnro=';");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/board", "/css/nothing.css", "/chat/a/b"})
  void aWrongAddressIsAPageForPeopleAndAProblemForPrograms(String path) throws IOException {
    var page = ask("GET", path, "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n");
    assertThat(page.status()).isEqualTo(404);
    assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    assertThat(page.header("Content-Security-Policy")).contains("default-src 'self'");
    assertThat(page.text()).contains("There is nothing here", "href=\"/\"");
    for (String accept : new String[] {"", "Accept: */*\r\n", "Accept: application/json\r\n"}) {
      var problem = ask("GET", path, accept);
      assertThat(problem.status()).isEqualTo(404);
      assertThat(problem.header("Content-Type")).isEqualTo("application/problem+json");
    }
  }

  @Test
  void aHeadHasTheSameHeadersAndNoBody() throws IOException {
    var head = ask("HEAD", PAGE, "");
    assertThat(head.header("ETag")).isEqualTo(get(PAGE).header("ETag"));
    assertThat(Integer.parseInt(head.header("Content-Length"))).isPositive();
  }

  @Test
  void whatTheBrowserHoldsIsNotSentAgain() throws IOException {
    String tag = get(PAGE).header("ETag");
    assertThat(tag).matches("\"[0-9a-f]{32}\"");
    var again = ask("GET", PAGE, "If-None-Match: \"other\", " + tag + "\r\n");
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.header("ETag")).isEqualTo(tag);
  }

  @Test
  void whoTakesGzipGetsIt() throws IOException {
    var small = ask("GET", "/sample/long.js", "Accept-Encoding: br, gzip;q=0.8\r\n");
    var plain = ask("GET", "/sample/long.js", "Accept-Encoding: gzip;q=0\r\n");
    assertThat(small.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(small.header("Vary")).isEqualTo("Accept-Encoding");
    assertThat(small.header("ETag")).isNotEqualTo(plain.header("ETag"));
    var unpacked = new GZIPInputStream(new ByteArrayInputStream(small.body())).readAllBytes();
    assertThat(new String(unpacked, StandardCharsets.UTF_8)).isEqualTo(plain.text());
    assertThat(small.body().length).isLessThan(plain.body().length / 2);
  }

  @Test
  void aVersionedFileIsKeptForEver() throws IOException {
    var file = get("/webjars/sample/1.0.0/sample.mjs");
    assertThat(file.header("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
    assertThat(file.header("Cache-Control")).contains("immutable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/board/demo", "/chat/general", "/dashboard/ops"})
  void whatAPageIsMadeOfIsKeptForEverUnderTheNameOfItsEdition(String path) throws IOException {
    var page = get(path);
    assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
    var named =
        Pattern.compile("(?:src|href)=\"(/[^\"]+\\.(?:js|css|svg))\"")
            .matcher(page.text())
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(named).hasSizeGreaterThan(10).allMatch(file -> file.matches("/at/[0-9a-f]{16}/.+"));
    for (String file : named) {
      assertThat(get(file).header("Cache-Control")).as(file).contains("immutable");
    }
  }

  @Test
  void aFileOfAnotherEditionIsTheOneThatIsThereAndNotKept() throws IOException {
    var file = get("/at/0123456789abcdef/tutti.js");
    assertThat(file.status()).isEqualTo(200);
    assertThat(file.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(file.text()).isEqualTo(get("/tutti.js").text());
    assertThat(get("/tutti.js").header("Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void theLibrarysDeclarationsAreServedBesideIt() throws IOException {
    var library = get("/tutti.d.ts");
    assertThat(library.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(library.text()).contains("declare function connect");
    assertThat(get("/tutti/store.d.ts").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../secret.txt",
        "/sample/../../../../logback-test.xml",
        "/%2e%2e/%2e%2e/logback-test.xml",
        "/sample%2f..%2f..%2fpage.html",
        "/webjars/../../../dev/tutti/Main.class",
        "/webjars/%2e%2e/x.js",
        "/sample//page.html",
        "//sample/page.html",
        "/sample/page.html%00.js",
        "/sample\\page.html",
        "/.hidden.html",
        "/sample",
        "/sample/",
        "/sample/page.class",
        "/board/a/b",
        "/nothing.html",
        "/at/0123456789abcdef/../secret.txt",
        "/at/0123456789abcdef/at/0123456789abcdef/tutti.js",
        "/at/0123456789abcdef",
        "/at/0123456789abcdef/",
        "/at/EDITION/tutti.js"
      })
  void thereIsNoWayOutOfTheFolder(String path) throws IOException {
    var answer = get(path);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).contains("\"code\":\"not_found\"");
  }

  @Test
  void aPageOfAnotherOriginMayImportWhatIsNoPage() throws IOException {
    assertThat(get("/tutti.js").header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(get("/board/demo").header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void onlyReadingIsAllowed() throws IOException {
    var answer = ask("POST", PAGE, "Content-Length: 0\r\n");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
  }
}

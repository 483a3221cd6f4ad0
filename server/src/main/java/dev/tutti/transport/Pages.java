package dev.tutti.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pages and what they are made of, from the class path. Each file is read and compressed when
 * it is first asked for and kept; there are as many as the jars hold, and nothing is kept of names
 * that are not there. Any thread.
 */
final class Pages {
  private static final String OURS = "dev/tutti/pages/";
  private static final String NOTHING_HERE = OURS + "not-found.html";
  private static final String WEB_JARS = "META-INF/resources/webjars/";

  /**
   * A WebJar's path holds its version, and that of ours may hold their edition: they never change.
   */
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  /**
   * What is not a page is the same for everybody, and pages that the doors let in may import it.
   */
  private static final Map<String, String> ANY_PAGE = Map.of("Access-Control-Allow-Origin", "*");

  /** Rooms have pages: /board/launch is the board page, which reads the rest of its own address. */
  private static final Pattern ROOM_PAGE =
      Pattern.compile("/(board|chat|dashboard)/[A-Za-z0-9._-]{1,128}");

  /** A type's page without a room, which lists them. */
  private static final Pattern LIST_PAGE = Pattern.compile("/(chat|dashboard)");

  /** Nothing hidden, no step upwards, no empty step; so no way out of the two folders. */
  private static final Pattern FILE =
      Pattern.compile("(/[A-Za-z0-9_@-][A-Za-z0-9._@-]{0,127}){1,12}");

  /** A file of an edition, as pages name theirs. */
  private static final Pattern OF_EDITION = Pattern.compile("/at/([0-9a-f]{16})(/.+)");

  /** Where a page names a file of ours. */
  private static final Pattern NAMED =
      Pattern.compile("(?<=(src|href)=\")(?=/(?!webjars/|at/)[^\"]+\\.(js|css|svg)\")");

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]_-]{1,255}");

  private final ClassLoader loader;
  private final Edition edition;
  private final Map<String, Asset> read = new ConcurrentHashMap<>();

  Pages(ClassLoader loader) {
    this.loader = loader;
    this.edition = new Edition(loader, OURS);
  }

  /**
   * Answers for a path that is no interface of the server.
   *
   * @param host the request's, to which a page's connections are kept
   */
  Reply answer(Request request, String host) {
    if (!request.reads()) {
      return Problem.methodNotAllowed("GET, HEAD");
    }
    Matcher named = OF_EDITION.matcher(request.path());
    boolean ofEdition = named.matches();
    String path = ofEdition ? named.group(2) : file(request.path());
    boolean webJar = path.startsWith("/webjars/");
    // Of another edition, as while instances are replaced, it is what this one has, and not kept.
    boolean forEver = webJar || (ofEdition && named.group(1).equals(edition.name()));
    return resource(path, webJar)
        .flatMap(this::asset)
        .map(asset -> answer(request, asset, forEver, host))
        .orElseGet(() -> nothing(request, host));
  }

  /** Programs get a problem document, people a page that leads them on. */
  private Reply nothing(Request request, String host) {
    boolean person =
        Handshake.tokens(request, "Accept").stream()
            .anyMatch(token -> token.matches("text/html(;.*)?"));
    return Optional.of(NOTHING_HERE)
        .filter(_ -> person)
        .flatMap(this::asset)
        .map(page ->
            new Reply(404, page.type(), page.plain(), Map.of())
                .with("Content-Security-Policy", policy(page, host))
                .with("Cache-Control", "no-store"))
        .orElseGet(Problem::notFound);
  }

  private static String file(String path) {
    if (path.equals("/")) {
      return "/index.html";
    }
    if (LIST_PAGE.matcher(path).matches()) {
      return path + ".html";
    }
    return ROOM_PAGE.matcher(path).matches()
        ? path.substring(0, path.indexOf('/', 1)) + ".html"
        : path;
  }

  private static Optional<String> resource(String path, boolean webJar) {
    if (!FILE.matcher(path).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        webJar ? WEB_JARS + path.substring("/webjars/".length()) : OURS + path.substring(1));
  }

  private Optional<Asset> asset(String resource) {
    Asset known = read.get(resource);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<String> type = MediaTypes.of(resource);
    if (type.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = loader.getResourceAsStream(resource)) {
      if (in == null) {
        return Optional.empty();
      }
      byte[] content = in.readAllBytes();
      Asset asset =
          Asset.of(type.get(), resource.startsWith(OURS) ? sent(resource, content) : content);
      read.put(resource, asset);
      return Optional.of(asset);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of ours as it is sent. */
  private byte[] sent(String resource, byte[] content) {
    if (resource.endsWith(".js")) {
      return LeanModule.of(content);
    }
    if (!resource.endsWith(".html") || edition.name().isEmpty()) {
      return content;
    }
    // Modules name each other by where they are, so what a page begins with says it for all.
    String page = new String(content, StandardCharsets.UTF_8);
    return NAMED.matcher(page).replaceAll("/at/" + edition.name()).getBytes(StandardCharsets.UTF_8);
  }

  private static Reply answer(Request request, Asset asset, boolean forEver, String host) {
    boolean gzip = asset.gzip().length > 0 && acceptsGzip(request);
    String tag = gzip ? asset.tag() + "-gzip" : asset.tag();
    Reply reply =
        request.holds(tag)
            ? Reply.empty(304)
            : new Reply(200, asset.type(), gzip ? asset.gzip() : asset.plain(), Map.of());
    if (gzip && reply.status() == 200) {
      reply = reply.with("Content-Encoding", "gzip");
    }
    boolean page = asset.type().startsWith("text/html");
    return reply
        .with(page ? Map.of("Content-Security-Policy", policy(asset, host)) : ANY_PAGE)
        .with(
            Map.of(
                "ETag",
                '"' + tag + '"',
                "Cache-Control",
                forEver && !page ? FOR_EVER : "no-cache",
                "Vary",
                "Accept-Encoding"));
  }

  private static boolean acceptsGzip(Request request) {
    return Handshake.tokens(request, "Accept-Encoding").stream()
        .map(token -> token.replace(" ", ""))
        .anyMatch(
            token -> token.equals("gzip") || token.matches("gzip;q=(1(\\.0*)?|0\\.\\d*[1-9]\\d*)"));
  }

  /** Older browsers do not count this server's WebSockets to 'self', so they are named. */
  private static String policy(Asset page, String host) {
    String here = HOST.matcher(host).matches() ? " ws://" + host + " wss://" + host : "";
    String inline = String.join(" ", page.inlineScripts());
    return "default-src 'self'; script-src 'self'"
        + (inline.isEmpty() ? "" : " " + inline)
        + "; connect-src 'self'"
        + here
        + "; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'"
        + "; frame-ancestors 'none'";
  }
}

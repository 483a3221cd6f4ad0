package dev.tutti.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The pages and what they are made of, from the class path. Each file is read and compressed when
 * it is first asked for and kept; there are as many as the jars hold, and nothing is kept of names
 * that are not there. Any thread.
 */
final class Pages {
  private static final String OURS = "dev/tutti/pages/";
  private static final String WEB_JARS = "META-INF/resources/webjars/";

  /** Beside the content's name a WebJar's path holds its version, so it never changes. */
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  /** Rooms have pages: /board/launch is the board page, which reads the rest of its own address. */
  private static final Pattern ROOM_PAGE =
      Pattern.compile("/(board|chat|dashboard)/[A-Za-z0-9._-]{1,128}");

  /** A type's page without a room, which lists them. */
  private static final Pattern LIST_PAGE = Pattern.compile("/(chat|dashboard)");

  /** Nothing hidden, no step upwards, no empty step; so no way out of the two folders. */
  private static final Pattern FILE =
      Pattern.compile("(/[A-Za-z0-9_@-][A-Za-z0-9._@-]{0,127}){1,12}");

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]_-]{1,255}");

  private final ClassLoader loader;
  private final Map<String, Asset> read = new ConcurrentHashMap<>();

  Pages(ClassLoader loader) {
    this.loader = loader;
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
    String path = file(request.path());
    boolean webJar = path.startsWith("/webjars/");
    return resource(path, webJar)
        .flatMap(this::asset)
        .map(asset -> answer(request, asset, webJar, host))
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
      boolean ourModule = resource.startsWith(OURS) && resource.endsWith(".js");
      Asset asset = Asset.of(type.get(), ourModule ? LeanModule.of(content) : content);
      read.put(resource, asset);
      return Optional.of(asset);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Reply answer(Request request, Asset asset, boolean webJar, String host) {
    boolean gzip = asset.gzip().length > 0 && acceptsGzip(request);
    String tag = gzip ? asset.tag() + "-gzip" : asset.tag();
    Reply reply =
        request.holds(tag)
            ? Reply.empty(304)
            : new Reply(200, asset.type(), gzip ? asset.gzip() : asset.plain(), Map.of());
    if (gzip && reply.status() == 200) {
      reply = reply.with("Content-Encoding", "gzip");
    }
    if (asset.type().startsWith("text/html")) {
      reply = reply.with("Content-Security-Policy", policy(asset, host));
    }
    return reply.with(
        Map.of(
            "ETag",
            '"' + tag + '"',
            "Cache-Control",
            webJar ? FOR_EVER : "no-cache",
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

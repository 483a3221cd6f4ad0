package dev.tutti.transport;

import java.util.Map;
import java.util.Optional;

/** The kinds of files that are served. Others are not, whatever lies on the class path. */
final class MediaTypes {
  private static final Map<String, String> BY_ENDING =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          // Declarations of TypeScript, to read and to download; browsers have no type for them.
          Map.entry("ts", "text/plain; charset=utf-8"),
          Map.entry("svg", "image/svg+xml; charset=utf-8"),
          Map.entry("png", "image/png"),
          Map.entry("webp", "image/webp"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"));

  private MediaTypes() {}

  /** The media type of a file of this name; empty for a kind that is not served. */
  static Optional<String> of(String name) {
    return Optional.ofNullable(BY_ENDING.get(name.substring(name.lastIndexOf('.') + 1)));
  }

  /** Whether a file of this type gets much smaller by compression. */
  static boolean compressible(String type) {
    return type.startsWith("text/") || type.startsWith("image/svg") || type.contains("json");
  }
}

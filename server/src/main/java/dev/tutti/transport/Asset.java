package dev.tutti.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * A file of the pages, read and compressed once.
 *
 * @param gzip its compressed form; empty where that is hardly smaller
 * @param tag names the content: the same bytes have the same tag on every instance
 * @param inlineScripts the hashes of the import maps in a page, the only script that may stand in
 *     it
 */
record Asset(String type, byte[] plain, byte[] gzip, String tag, List<String> inlineScripts) {
  private static final int TAG_HEX_DIGITS = 32;
  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

  static Asset of(String type, byte[] content) {
    return new Asset(
        type, content, gzip(type, content), tag(content), inlineScripts(type, content));
  }

  private static byte[] gzip(String type, byte[] content) {
    if (!MediaTypes.compressible(type)) {
      return new byte[0];
    }
    var small = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(small)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return small.size() < content.length * 9L / 10 ? small.toByteArray() : new byte[0];
  }

  private static String tag(byte[] content) {
    return HexFormat.of().formatHex(sha256(content)).substring(0, TAG_HEX_DIGITS);
  }

  private static List<String> inlineScripts(String type, byte[] content) {
    var hashes = new ArrayList<String>();
    if (type.startsWith("text/html")) {
      Matcher maps = IMPORT_MAP.matcher(new String(content, StandardCharsets.UTF_8));
      while (maps.find()) {
        byte[] hash = sha256(maps.group(1).getBytes(StandardCharsets.UTF_8));
        hashes.add("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
      }
    }
    return List.copyOf(hashes);
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

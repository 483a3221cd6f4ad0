package dev.tutti.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Names all files in a folder of the class path together: as soon as one of them differs, so does
 * the name, and it is the same on every instance of one build. They are read when the name is first
 * asked for. Any thread.
 */
final class Edition {
  private static final int HEX_DIGITS = 16;

  private final ClassLoader loader;

  /** As resources are named, with a slash at the end. */
  private final String folder;

  private volatile @Nullable String name;

  Edition(ClassLoader loader, String folder) {
    this.loader = loader;
    this.folder = folder;
  }

  /**
   * Hexadecimal digits; empty where the class path does not list what it holds.
   *
   * @throws UncheckedIOException when it cannot be read
   */
  String name() {
    String known = name;
    if (known == null) {
      known = read(); // Two may do it at once, and come to the same.
      name = known;
    }
    return known;
  }

  private String read() {
    try {
      Set<String> names = new TreeSet<>();
      for (URL root : Collections.list(loader.getResources(folder))) {
        names.addAll(
            root.openConnection() instanceof JarURLConnection jar
                ? inJar(jar)
                : inFolder(root.toURI()));
      }
      return names.isEmpty() ? "" : digest(names);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private Set<String> inJar(JarURLConnection jar) throws IOException {
    jar.setUseCaches(false);
    try (var file = jar.getJarFile()) {
      Set<String> names = new TreeSet<>();
      file.stream()
          .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(folder))
          .forEach(entry -> names.add(entry.getName()));
      return names;
    }
  }

  private Set<String> inFolder(URI root) throws IOException {
    Path top = Path.of(root);
    try (Stream<Path> all = Files.walk(top)) {
      Set<String> names = new TreeSet<>();
      all.filter(Files::isRegularFile)
          .forEach(file -> names.add(folder + top.relativize(file).toString().replace('\\', '/')));
      return names;
    }
  }

  private String digest(Set<String> names) throws IOException {
    MessageDigest digest = sha256();
    for (String name : names) {
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      try (InputStream in = loader.getResourceAsStream(name)) {
        byte[] content = in == null ? new byte[0] : in.readAllBytes();
        digest.update(sha256().digest(content)); // So that no file runs into the next.
      }
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, HEX_DIGITS);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

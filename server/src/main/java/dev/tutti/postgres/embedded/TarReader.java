package dev.tutti.postgres.embedded;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Predicate;

/**
 * Unpacks a tar stream: files, folders, symbolic links, and GNU long names, which is all that the
 * archives of PostgreSQL hold. Anything else is an error.
 */
final class TarReader {
  private static final int BLOCK_BYTES = 512;

  private final InputStream in;
  private final byte[] header = new byte[BLOCK_BYTES];

  TarReader(InputStream in) {
    this.in = in;
  }

  /**
   * Unpacks the entries whose path is wanted.
   *
   * @throws IOException also when an entry would leave the folder
   */
  void unpackInto(Path folder, Predicate<String> wanted) throws IOException {
    String longName = "";
    while (readHeader()) {
      long size = octal(124, 12);
      char type = (char) header[156];
      if (type == 'L') {
        longName = new String(in.readNBytes((int) size), StandardCharsets.UTF_8).replace("\0", "");
        skip(padding(size));
        continue;
      }
      String name = longName.isEmpty() ? shortName() : longName;
      longName = "";
      if (wanted.test(name)) {
        unpack(type, inside(folder, name), size);
      } else {
        skip(size);
      }
      skip(padding(size));
    }
  }

  private void unpack(char type, Path path, long size) throws IOException {
    switch (type) {
      case '5' -> Files.createDirectories(path);
      case '2' -> {
        Files.createDirectories(parent(path));
        Files.createSymbolicLink(path, Path.of(text(157, 100)));
      }
      case '0', '\0' -> {
        Files.createDirectories(parent(path));
        try (var out = Files.newOutputStream(path)) {
          copy(size, out);
        }
        boolean executable = (octal(100, 8) & 0100) != 0;
        Files.setPosixFilePermissions(
            path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
      }
      default -> throw new IOException("The archive holds an entry of type '" + type + "'.");
    }
  }

  private void copy(long size, OutputStream out) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    for (long left = size; left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw new EOFException("The archive ends in the middle of a file.");
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  /** False at the end of the archive, which is a block of zeros. */
  private boolean readHeader() throws IOException {
    if (in.readNBytes(header, 0, BLOCK_BYTES) < BLOCK_BYTES) {
      return false;
    }
    return header[0] != 0;
  }

  private String shortName() {
    String prefix = text(345, 155);
    boolean isUstar = text(257, 6).equals("ustar");
    return isUstar && !prefix.isEmpty() ? prefix + "/" + text(0, 100) : text(0, 100);
  }

  private String text(int offset, int length) {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return new String(header, offset, end - offset, StandardCharsets.UTF_8);
  }

  private long octal(int offset, int length) {
    String digits = text(offset, length).strip();
    return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
  }

  private static Path inside(Path folder, String name) throws IOException {
    Path path = folder.resolve(name).normalize();
    if (!path.startsWith(folder)) {
      throw new IOException("The archive names a path outside of it: " + name);
    }
    return path;
  }

  private static Path parent(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IOException("The archive names no folder for " + path);
    }
    return parent;
  }

  private void skip(long bytes) throws IOException {
    in.skipNBytes(bytes);
  }

  private static long padding(long size) {
    return (BLOCK_BYTES - size % BLOCK_BYTES) % BLOCK_BYTES;
  }
}

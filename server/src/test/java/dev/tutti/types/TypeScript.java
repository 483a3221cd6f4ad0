package dev.tutti.types;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The TypeScript compiler of the test class path, unpacked once and run by Node. */
public record TypeScript(Path compiler, String node) {
  private static final int LIMIT_SECONDS = 120;

  /** What the compiler said, one line a finding. */
  record Verdict(int exit, List<String> findings) {}

  static TypeScript unpack() throws IOException {
    String node = Optional.ofNullable(System.getenv("PLAYWRIGHT_NODEJS_PATH")).orElse("node");
    WebJar typescript = WebJar.of("typescript");
    Path folder = Path.of("target", "typescript-" + typescript.version()).toAbsolutePath();
    Path compiler = folder.resolve("lib/tsc.js");
    if (!Files.exists(compiler)) {
      Path half = Files.createDirectories(folder.resolveSibling(folder.getFileName() + ".half"));
      try (FileSystem jar = FileSystems.newFileSystem(jar(typescript))) {
        unpack(jar.getPath(typescript.folder()), half);
      }
      Files.move(half, folder);
    }
    return new TypeScript(compiler, node);
  }

  /** Compiles the project in a folder, without writing anything. */
  Verdict check(Path folder) throws Exception {
    Path output = Files.createTempFile("tsc", ".txt");
    try {
      Process process =
          new ProcessBuilder(node, compiler.toString(), "--noEmit", "--pretty", "false", "-p", ".")
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("The TypeScript compiler took too long.");
      }
      return new Verdict(process.exitValue(), Files.readAllLines(output));
    } catch (IOException e) {
      throw new IllegalStateException(
          "The TypeScript compiler needs Node 20 or newer: name it by mvn"
              + " -Dnode.path=/path/to/node.",
          e);
    } finally {
      Files.delete(output);
    }
  }

  private static void unpack(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from.resolve("lib"))) {
      for (Path file : files.filter(TypeScript::isNeeded).toList()) {
        Path copy = to.resolve("lib").resolve(file.getFileName().toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Path own = to.resolve("package.json");
    Files.copy(from.resolve("package.json"), own, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The compiler itself and what it knows of browsers. */
  private static boolean isNeeded(Path file) {
    return file.getFileName().toString().matches("_?tsc\\.js|lib\\..*d\\.ts");
  }

  private static Path jar(WebJar typescript) throws IOException {
    var inside = TypeScript.class.getClassLoader().getResource(typescript.folder());
    return Path.of(URI.create(inside.getPath().replaceFirst("!.*", "")));
  }
}

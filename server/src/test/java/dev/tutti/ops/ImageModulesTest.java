package dev.tutti.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The modules of the JDK that the image has, against those that what is shipped names. */
final class ImageModulesTest {
  /** Those that no class names, and why they are there. */
  private static final Map<String, String> ON_PURPOSE =
      Map.of("jdk.jcmd", "jcmd, by which operators look into the JVM");

  private static final Pattern LISTED = Pattern.compile("--add-modules (\\S+)");

  /** Made by the build: what is shipped, without what only tests use. */
  private static final Path SHIPPED = Path.of("target", "shipped-class-path");

  @Test
  void theImageHasEveryModuleThatTheShippedJarsNameAndNoneForNothing() throws IOException {
    Set<String> named = named();
    assertThat(named).contains("java.base", "java.sql", "jdk.management");
    Set<String> listed = listed();
    assertThat(withWhatTheyNeed(listed)).containsAll(named);
    Set<String> explained = new TreeSet<>(named);
    explained.addAll(ON_PURPOSE.keySet());
    assertThat(explained).containsAll(listed);
    assertThat(named).doesNotContainAnyElementsOf(ON_PURPOSE.keySet());
  }

  private static Set<String> listed() throws IOException {
    Matcher found = LISTED.matcher(Files.readString(Path.of("..", "docker", "Dockerfile")));
    assertThat(found.find()).isTrue();
    return new TreeSet<>(Set.of(found.group(1).split(",")));
  }

  /** What jlink puts into the image for them. */
  private static Set<String> withWhatTheyNeed(Set<String> modules) {
    return Configuration.empty()
        .resolve(ModuleFinder.ofSystem(), ModuleFinder.of(), modules)
        .modules()
        .stream()
        .map(ResolvedModule::name)
        .collect(Collectors.toSet());
  }

  /** The modules that classes name, those of libraries that are optional and absent left out. */
  private static Set<String> named() throws IOException {
    List<String> words =
        new ArrayList<>(List.of("-s", "--multi-release", "25", "--ignore-missing-deps"));
    String shipped = Files.readString(SHIPPED).strip();
    assertThat(shipped).contains("netty-common", "postgresql").doesNotContain("junit");
    Stream.of(shipped.split(File.pathSeparator)).forEach(words::add);
    words.add(Path.of("target", "classes").toString());
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
    assertThat(jdeps.run(out, out, words.toArray(String[]::new))).as(said.toString()).isZero();
    return said.toString()
        .lines()
        .map(line -> line.replaceFirst(".* -> ", ""))
        .filter(name -> ModuleFinder.ofSystem().find(name).isPresent())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}

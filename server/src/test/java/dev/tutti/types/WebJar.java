package dev.tutti.types;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** A package of npm on the test class path, as WebJars has it: from Maven's repository alone. */
public record WebJar(String name, String version) {

  /** The one of this name, in whatever version the build chose. */
  public static WebJar of(String name) {
    var properties = new Properties();
    try (InputStream in = open("META-INF/maven/org.webjars.npm/" + name + "/pom.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new WebJar(name, properties.getProperty("version"));
  }

  /** Where it lies in its jar. */
  public String folder() {
    return "META-INF/resources/webjars/" + name + "/" + version;
  }

  /** One of its files. */
  public String text(String path) {
    try (InputStream in = open(folder() + "/" + path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String resource) {
    InputStream in = WebJar.class.getClassLoader().getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException(resource + " is not on the test class path.");
    }
    return in;
  }
}

package dev.tutti;

import dev.tutti.config.CannotStart;
import dev.tutti.room.RulesWatch;
import dev.tutti.room.Rulesets;
import dev.tutti.rules.RoomRules;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds room types: those that come with the server, and those in the jars of a folder. All jars
 * share one class loader, which is the server's child. At the start only.
 */
final class RoomTypes {
  private static final Logger log = LoggerFactory.getLogger(RoomTypes.class);

  /** Where the rules live that come with the server. */
  private static final String OWN = "dev.tutti.rules.";

  private RoomTypes() {}

  /**
   * The rules of all types.
   *
   * @throws CannotStart where the folder has no room type, or one that cannot be used
   */
  static Rulesets find(Optional<Path> folder, RulesWatch watch) {
    ClassLoader loader = folder.map(RoomTypes::loader).orElse(RoomTypes.class.getClassLoader());
    List<RoomRules<?>> own = new ArrayList<>();
    List<RoomRules<?>> foreign = new ArrayList<>();
    for (RoomRules<?> rules : installed(loader)) {
      (rules.getClass().getName().startsWith(OWN) ? own : foreign).add(rules);
    }
    if (folder.isPresent() && foreign.isEmpty()) {
      throw new CannotStart(
          "No jar in " + folder.get() + " has a room type.",
          "Each jar names its rules in META-INF/services/dev.tutti.rules.RoomRules.");
    }
    Rulesets rulesets = Rulesets.of(own);
    for (RoomRules<?> rules : foreign) {
      rulesets = with(rules, rulesets, watch);
    }
    return rulesets;
  }

  private static Rulesets with(RoomRules<?> rules, Rulesets others, RulesWatch watch) {
    try {
      Rulesets all = others.withForeign(rules, watch);
      log.info("Rooms of type {} by {}", rules.type(), where(rules));
      return all;
    } catch (RuntimeException | LinkageError e) {
      throw unusable(rules.getClass().getName() + " of " + where(rules), e);
    }
  }

  @SuppressWarnings("rawtypes") // A service is looked up by its raw class.
  private static List<RoomRules<?>> installed(ClassLoader loader) {
    try {
      return ServiceLoader.load(RoomRules.class, loader).stream()
          .<RoomRules<?>>map(provider -> provider.get())
          .toList();
    } catch (ServiceConfigurationError | LinkageError e) {
      throw unusable("A room type", e);
    }
  }

  private static CannotStart unusable(String what, Throwable why) {
    return new CannotStart(
        what + " cannot be used: " + why.getMessage() + ".",
        "Mend its jar, or take it out of the folder.",
        why);
  }

  private static String where(RoomRules<?> rules) {
    var source = rules.getClass().getProtectionDomain().getCodeSource();
    return source == null ? "the class path" : source.getLocation().getPath();
  }

  private static ClassLoader loader(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> jars =
          files.filter(file -> file.getFileName().toString().endsWith(".jar")).sorted().toList();
      URL[] urls = new URL[jars.size()];
      for (int i = 0; i < urls.length; i++) {
        urls[i] = url(jars.get(i));
      }
      return new URLClassLoader("room-types", urls, RoomTypes.class.getClassLoader());
    } catch (IOException e) {
      throw new CannotStart(
          folder + " is no folder that can be read.", "Make it, or leave out --room-types.", e);
    }
  }

  private static URL url(Path jar) throws MalformedURLException {
    return jar.toUri().toURL();
  }
}

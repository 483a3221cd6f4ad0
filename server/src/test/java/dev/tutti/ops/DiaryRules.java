package dev.tutti.ops;

import dev.tutti.rules.Actor;
import dev.tutti.rules.Change;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import dev.tutti.rules.Retention;
import dev.tutti.rules.RoomRules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import tools.jackson.databind.node.ObjectNode;

/** A room type of somebody's own, which keeps a day and a thousand events. */
public final class DiaryRules implements RoomRules<ObjectNode> {
  /** A folder with the jar in which it comes. */
  static Path packedInto(Path folder) throws IOException {
    String name = DiaryRules.class.getName();
    String file = name.replace('.', '/') + ".class";
    try (JarOutputStream jar =
            new JarOutputStream(Files.newOutputStream(folder.resolve("diary.jar")));
        InputStream code = DiaryRules.class.getResourceAsStream("/" + file)) {
      jar.putNextEntry(new JarEntry(file));
      code.transferTo(jar);
      jar.putNextEntry(new JarEntry("META-INF/services/" + RoomRules.class.getName()));
      jar.write(name.getBytes(StandardCharsets.UTF_8));
    }
    return folder;
  }

  @Override
  public String type() {
    return "diary";
  }

  @Override
  public Retention retention() {
    return new Retention(1_000, Duration.ofDays(1));
  }

  @Override
  public ObjectNode parse(String name, ObjectNode args) {
    return args;
  }

  @Override
  public Decision decide(Document document, ObjectNode info, Actor actor, Moment now) {
    return new Decision.Accepted("diary.renamed", Change.none().put("diary", "info", info));
  }
}

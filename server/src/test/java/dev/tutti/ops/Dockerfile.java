package dev.tutti.ops;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a Dockerfile says, and what is wrong with it. Knows only what ours may be made of: no
 * here-documents, and every instruction in capitals.
 *
 * @param stages each from its FROM on, one line an instruction
 */
record Dockerfile(List<List<String>> stages) {
  private static final Pattern INSTRUCTION =
      Pattern.compile(
          "(ARG|FROM|RUN|COPY|ENV|USER|WORKDIR|VOLUME|EXPOSE|HEALTHCHECK|ENTRYPOINT|CMD) .+");
  private static final Pattern PINNED =
      Pattern.compile("FROM [a-z0-9/.-]+:\\d+\\.\\d+[\\w.-]*( AS [a-z]+)?");
  private static final Pattern SECRET =
      Pattern.compile("(?i)\\b\\w*(SECRET|PASSWORD|PASSWD|TOKEN|CREDENTIAL|PRIVATE_KEY)\\w*=");
  private static final Pattern EXEC = Pattern.compile("\\[\"[^\"]+\"(, \"[^\"]+\")*]");

  static Dockerfile read(String text) {
    List<List<String>> stages = new ArrayList<>();
    for (String line : instructions(text)) {
      if (stages.isEmpty() || line.startsWith("FROM ")) {
        stages.add(new ArrayList<>());
      }
      stages.getLast().add(line);
    }
    return new Dockerfile(stages);
  }

  /** Each on one line, without comments. */
  private static List<String> instructions(String text) {
    return text.lines()
        .filter(line -> !line.startsWith("#"))
        .collect(Collectors.joining("\n"))
        .replaceAll("\\\\\n\\s*", "")
        .lines()
        .filter(line -> !line.isBlank())
        .toList();
  }

  Stream<String> all() {
    return stages.stream().flatMap(List::stream);
  }

  /** What of one kind the image itself is made by, in order, without the word. */
  List<String> last(String instruction) {
    return stages.getLast().stream()
        .filter(line -> line.startsWith(instruction + " "))
        .map(line -> line.substring(instruction.length() + 1))
        .toList();
  }

  /** What the image's variables are. */
  String variable(String name) {
    Matcher found =
        Pattern.compile("(?:^| )" + name + "=(\"[^\"]*\"|\\S+)")
            .matcher(String.join(" ", last("ENV")));
    return found.find() ? found.group(1).replace("\"", "") : "";
  }

  /** Everything that is wrong with it, a sentence each. */
  List<String> complaints() {
    List<String> found = new ArrayList<>();
    each(found, "is no instruction that is known here", it -> !INSTRUCTION.matcher(it).matches());
    each(found, "is of no version", it -> it.startsWith("FROM") && !PINNED.matcher(it).matches());
    each(found, "holds a secret, which anyone with the image can read", Dockerfile::keepsSecret);
    each(found, "is run by a shell, which hears no signals", Dockerfile::isShellForm);
    each(found, "fetches what nobody has looked at", Dockerfile::fetches);
    each(found, "installs what is not needed, or keeps the lists", Dockerfile::installsTooMuch);
    each(found, "lets everybody write", it -> it.matches(".*chmod\\S* (-R )?[0-7]*[2367]( .*)?"));
    aboutStages(found);
    aboutImage(found);
    return found;
  }

  private void each(List<String> found, String complaint, Predicate<String> wrong) {
    all().filter(wrong).forEach(line -> found.add(line + ": " + complaint));
  }

  private static boolean keepsSecret(String line) {
    return line.matches("(ENV|ARG) .*") && SECRET.matcher(line.replace(" ", "= ") + "=").find();
  }

  private static boolean isShellForm(String line) {
    String words = line.replaceFirst("^HEALTHCHECK .*?(?=CMD )", "");
    return words.matches("(ENTRYPOINT|CMD) .*")
        && !EXEC.matcher(words.replaceFirst("^\\w+ ", "")).matches();
  }

  private static boolean fetches(String line) {
    return line.startsWith("ADD ") || line.matches("RUN .*\\b(curl|wget|git clone)\\b.*");
  }

  private static boolean installsTooMuch(String line) {
    return line.contains("apt-get install")
        && !(line.contains("--no-install-recommends")
            && line.contains("rm -rf /var/lib/apt/lists/*"));
  }

  private void aboutStages(List<String> found) {
    Set<String> before = new LinkedHashSet<>();
    for (List<String> stage : stages) {
      for (String line : stage) {
        String from = line.replaceFirst(".*--from=(\\S+).*", "$1");
        if (line.contains("--from=") && !before.contains(from)) {
          found.add(line + ": there is no such stage before it");
        }
      }
      before.add(stage.getFirst().replaceFirst(".* AS ", ""));
    }
  }

  private void aboutImage(List<String> found) {
    for (String once : List.of("HEALTHCHECK", "ENTRYPOINT", "CMD")) {
      if (last(once).size() != 1) {
        found.add("The image has not one " + once);
      }
    }
    String user = last("USER").isEmpty() ? "root" : last("USER").getLast();
    if (!user.matches("[1-9]\\d*:[1-9]\\d*")) {
      found.add("The image runs as " + user + ", which is no number but root's");
    }
    for (String copy : last("COPY")) {
      if (copy.contains("--chown=") && !copy.contains("--chown=" + user + " ")) {
        found.add("COPY " + copy + ": is for somebody else than " + user);
      }
      if (copy.contains("--chmod=") && !copy.matches(".*--chmod=[0-7]?[0-7][0145][0145] .*")) {
        found.add("COPY " + copy + ": lets everybody write");
      }
      if (copy.matches("(\\S+ )*\\. .*")) {
        found.add("COPY " + copy + ": takes everything, whatever lies there");
      }
    }
  }
}

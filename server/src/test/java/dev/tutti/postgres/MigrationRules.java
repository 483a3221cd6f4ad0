package dev.tutti.postgres;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a migration may do while instances of the version before work on the same tables. Looks at
 * the words of its statements, so it is stricter than PostgreSQL would have to be.
 */
final class MigrationRules {
  private static final Pattern CREATED = Pattern.compile("create table (\\w+)");
  private static final Pattern TARGET =
      Pattern.compile("^(?:alter table|update|delete from|create.* on) (?:only )?(\\w+)");
  private static final Pattern OLDEST = Pattern.compile("set oldest_version = (\\d+)");

  /** Words that take something away from whoever wrote their statements before. */
  private static final Map<String, Pattern> CONTRACTING =
      Map.of(
          "takes something away", Pattern.compile("\\bdrop (?!not null|default)"),
          "renames", Pattern.compile("\\brename\\b"),
          "empties a table", Pattern.compile("\\btruncate\\b"),
          "changes a type",
              Pattern.compile("\\balter (column )?\\w+ (set data )?type [a-z]*\\b(?<!set)"),
          "forbids what was allowed", Pattern.compile("\\bset not null\\b"));

  private MigrationRules() {}

  /** What is wrong with a file; empty when nothing is. */
  static List<String> broken(int version, String sql) {
    boolean contract = sql.stripLeading().startsWith("-- contract: ");
    List<String> statements =
        Arrays.stream(sql.replaceAll("--[^\n]*", " ").toLowerCase(Locale.ROOT).split(";"))
            .map(statement -> statement.replaceAll("\\s+", " ").strip())
            .filter(statement -> !statement.isEmpty())
            .toList();
    var problems = new ArrayList<String>();
    Set<String> created = new HashSet<>();
    Set<String> altered = new TreeSet<>();
    for (String statement : statements) {
      Matcher table = CREATED.matcher(statement);
      if (table.lookingAt()) {
        created.add(table.group(1));
        continue;
      }
      String target = target(statement);
      if (!created.contains(target)) {
        if (statement.startsWith("alter table ")) {
          altered.add(target);
        }
        check(statement, contract, problems);
      }
    }
    if (altered.size() > 1) {
      problems.add(
          "Appends can wait for one table and hold another: a file changes one, not " + altered);
    }
    if (contract) {
      checkOldest(version, String.join(" ", statements), problems);
    }
    return problems;
  }

  private static String target(String statement) {
    Matcher target = TARGET.matcher(statement);
    return target.find() ? target.group(1) : "";
  }

  private static void check(String statement, boolean contract, List<String> problems) {
    if (!contract) {
      CONTRACTING.forEach((what, words) -> {
        if (words.matcher(statement).find()) {
          problems.add("It " + what + ", and is no contract: " + statement);
        }
      });
    }
    if (statement.matches(".*\\badd (column )?.*\\bnot null\\b.*")
        && !statement.contains(" default ")) {
      problems.add("An older instance inserts rows without it: " + statement);
    }
    if (statement.matches("create (unique )?index .*")) {
      problems.add("It holds up appends, or waits for itself where concurrently: " + statement);
    }
    if (statement.matches(".*\\badd (constraint|check|foreign key|unique|primary key)\\b.*")
        && !statement.endsWith(" not valid")) {
      problems.add("It holds up appends while rows are checked: " + statement);
    }
    if (statement.matches("(update|delete from) (event|room|snapshot)\\b.*")) {
      problems.add("It locks every row that is appended to: " + statement);
    }
    if (statement.matches("lock\\b.*") || statement.contains("lock_timeout")) {
      problems.add("How long it waits is not for a file to say: " + statement);
    }
  }

  private static void checkOldest(int version, String all, List<String> problems) {
    Matcher oldest = OLDEST.matcher(all);
    if (!oldest.find()) {
      problems.add("A contract says from which version on instances may use the tables.");
    } else if (Integer.parseInt(oldest.group(1)) >= version) {
      problems.add("The version before must go on: oldest_version is to be below " + version);
    }
  }
}

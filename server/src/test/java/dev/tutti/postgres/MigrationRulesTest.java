package dev.tutti.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every migration leaves the instances of the version before at work. */
final class MigrationRulesTest {
  private static final Path FOLDER = Path.of("src/main/resources/db/migration");
  private static final Pattern NAME = Pattern.compile("V(\\d+)__\\w+\\.sql");

  /** Those before the rules, which nobody may change any more. */
  private static final int FIRST_WITH_RULES = 3;

  @Test
  void everyMigrationKeepsTheRules() throws IOException {
    List<Path> files;
    try (var all = Files.list(FOLDER)) {
      files = all.sorted().toList();
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(3);
    for (Path file : files) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      assertThat(name.matches()).as("%s", file).isTrue();
      int version = Integer.parseInt(name.group(1));
      if (version >= FIRST_WITH_RULES) {
        assertThat(MigrationRules.broken(version, Files.readString(file))).as("%s", file).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "V1__journal.sql, 1459606632",
    "V2__fleet_secret.sql, 3611878722",
    "V3__oldest_version.sql, 2180386062",
    "V4__cut.sql, 3906514019"
  })
  void aMigrationThatHasRunSomewhereIsNeverChanged(String file, long crc) throws IOException {
    var sum = new CRC32();
    sum.update(Files.readString(FOLDER.resolve(file)).getBytes(StandardCharsets.UTF_8));
    assertThat(sum.getValue()).isEqualTo(crc);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alter table event drop column actor | takes something away",
        "drop table snapshot | takes something away",
        "alter table event rename to events | renames",
        "truncate snapshot | empties",
        "alter table event alter column name type varchar(80) | changes a type",
        "alter table event alter column name set data type varchar | changes a type",
        "alter table room alter column head set not null | forbids",
        "alter table event add column weight int not null | inserts rows without",
        "alter table event add weight int NOT  NULL | inserts rows without",
        "create index on event (at) | holds up appends",
        "create index concurrently event_at on event (at) | waits for itself",
        "alter table event add constraint x check (seq > 0) | while rows are checked",
        "update event set name = '' | locks every row",
        "delete from snapshot | locks every row",
        "alter table room add colour text; alter table event add size int | changes one, not",
        "lock table event | How long",
        "set lock_timeout = 0 | How long",
      })
  void whatWouldStopAnOlderInstanceIsFound(String statement, String problem) {
    assertThat(MigrationRules.broken(9, "-- Why.\n" + statement + ";\n"))
        .singleElement()
        .asString()
        .contains(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alter table event add column weight int",
        "alter table event add column weight int not null default 1",
        "alter table event alter column name drop not null",
        "alter table event add constraint x check (seq > 0) not valid",
        "create table label (id int not null); create index on label (id)",
        "create table label (id int); alter table label add primary key (id)",
        "update journal set oldest_version = 3",
      })
  void whatAnOlderInstanceDoesNotNoticeIsAllowed(String statements) {
    assertThat(MigrationRules.broken(9, statements)).isEmpty();
  }

  @Test
  void aContractTakesAwayWhatTheVersionBeforeDoesNotUse() {
    String drop = "-- contract: unused since 7.\nalter table room drop column type;\n";
    assertThat(MigrationRules.broken(9, drop)).singleElement().asString().contains("from which");
    assertThat(MigrationRules.broken(9, drop + "update journal set oldest_version = 9;"))
        .singleElement()
        .asString()
        .contains("The version before must go on");
    assertThat(MigrationRules.broken(9, drop + "update journal set oldest_version = 8;")).isEmpty();
  }
}

package dev.tutti.postgres;

import static dev.tutti.journal.Samples.batch;
import static dev.tutti.journal.Samples.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.journal.Appended;
import dev.tutti.journal.Samples;
import org.junit.jupiter.api.Test;

/** Which PostgreSQL a journal may be kept in, and what an ordinary user needs there. */
final class SuitablePostgresTest {
  private static final ServerCheck GOOD =
      new ServerCheck(140000, false, false, "UTF8", true, true, true);

  @Test
  void aDurablePrimaryIsAccepted() {
    assertThatCode(() -> GOOD.require(false)).doesNotThrowAnyException();
  }

  @Test
  void anOldVersionIsRefused() {
    assertRefused(new ServerCheck(130012, false, false, "UTF8", true, true, true), "too old");
  }

  @Test
  void aStandbyIsRefused() {
    assertRefused(new ServerCheck(180006, true, true, "UTF8", true, true, true), "standby");
  }

  @Test
  void fsyncAndFullPageWritesOffAreRefusedTogether() {
    var check = new ServerCheck(180006, false, false, "UTF8", false, true, false);
    assertRefused(check, "with fsync and full_page_writes off");
    assertThatCode(() -> check.require(true)).doesNotThrowAnyException();
  }

  @Test
  void synchronousCommitOffIsRefusedUnlessAccepted() {
    var database = TestPostgres.database();
    set(database, "synchronous_commit = off");
    assertThatThrownBy(() -> PostgresJournal.open(database))
        .isInstanceOf(PostgresRefused.class)
        .hasMessageContaining("synchronous_commit off")
        .hasMessageContaining("--accept-volatile-postgres");
    try (var journal = PostgresJournal.open(database.acceptingVolatile())) {
      assertThat(journal.volatileSettings()).containsExactly("synchronous_commit");
      long room = get(journal.create(Samples.aName())).id();
      assertThat(get(journal.append(batch(room, 0, 1)))).isEqualTo(new Appended.Won());
      assertThat(get(journal.epoch())).matches("[0-9a-f]+-[0-9A-F]+-[0-9a-f]+-[0-9a-f]{8}-[0-9.]+");
    }
  }

  @Test
  void aReadOnlyDatabaseIsRefused() {
    var database = TestPostgres.database();
    set(database, "default_transaction_read_only = on");
    assertThatThrownBy(() -> PostgresJournal.open(database)).hasMessageContaining("read-only");
  }

  @Test
  void aDatabaseThatCannotHoldEveryTextIsRefused() {
    var latin = TestPostgres.database("encoding 'LATIN1' template template0");
    assertThatThrownBy(() -> PostgresJournal.open(latin)).hasMessageContaining("LATIN1");
  }

  @Test
  void oneThatIsNotThereIsRefusedWithASentence() {
    var nowhere = PostgresSettings.of("jdbc:postgresql://127.0.0.1:1/none", "u", "p");
    assertThatThrownBy(() -> PostgresJournal.open(nowhere))
        .isInstanceOf(PostgresRefused.class)
        .hasMessageContaining("cannot be reached");
  }

  @Test
  void anOrdinaryUserWithItsOwnDatabaseIsEnough() {
    var database = TestPostgres.database();
    var name = TestPostgres.ask(database, "select current_database()");
    TestPostgres.execute(
        database,
        "create role plain login password 'plain'; alter database %s owner to plain"
            .formatted(name));
    var plain = PostgresSettings.of(database.jdbcUrl(), "plain", "plain");
    try (var journal = PostgresJournal.open(plain)) {
      long room = get(journal.create(Samples.aName())).id();
      assertThat(get(journal.append(batch(room, 0, 1)))).isEqualTo(new Appended.Won());
      var epoch = get(journal.epoch());
      assertThat(epoch).matches("[0-9a-f]{16}-[0-9A-F]+-[0-9a-f]+-[0-9a-f]{8}");
      TestPostgres.execute(database, "revoke execute on function pg_control_system() from public");
      assertThat(get(journal.epoch()))
          .as("where it may not ask for the system identifier, the rest stands alone")
          .isEqualTo(epoch.substring(17));
    }
  }

  @Test
  void aJournalThatWasReadBackFromADumpHasAnotherEpoch() {
    var database = TestPostgres.database();
    try (var journal = PostgresJournal.open(database)) {
      var before = get(journal.epoch());
      TestPostgres.execute(
          database,
          "alter table event rename to old; create table event (like old including all);"
              + " drop table old");
      assertThat(get(journal.epoch())).isNotEqualTo(before);
    }
  }

  @Test
  void whoeverKnowsOfALossCanGiveTheJournalAnotherEpoch() {
    var database = TestPostgres.database();
    try (var journal = PostgresJournal.open(database)) {
      var before = get(journal.epoch());
      TestPostgres.execute(database, "update journal set id = gen_random_uuid()");
      assertThat(get(journal.epoch())).isNotEqualTo(before);
    }
  }

  private static void set(PostgresSettings database, String setting) {
    var name = TestPostgres.ask(database, "select current_database()");
    TestPostgres.execute(database, "alter database " + name + " set " + setting);
  }

  private static void assertRefused(ServerCheck check, String words) {
    assertThatThrownBy(() -> check.require(false))
        .isInstanceOf(PostgresRefused.class)
        .hasMessageContaining(words);
  }
}

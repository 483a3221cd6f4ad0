package dev.tutti.postgres;

import static dev.tutti.journal.Samples.batch;
import static dev.tutti.journal.Samples.get;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tutti.fault.Proxy;
import dev.tutti.journal.Appended;
import dev.tutti.journal.Samples;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What comes a hundred times in a second is one line. */
class TroubleTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(Trouble.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private long now = Long.MAX_VALUE - 1; // About to overflow, as nanoTime may be.
  private final Lane.Troubles troubles = Lane.Troubles.by(() -> now);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void listenNoMore() {
    logger.detachAppender(lines);
  }

  private List<String> warnings() {
    return lines.list.stream()
        .filter(line -> line.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private void broken(int times) {
    for (int i = 0; i < times; i++) {
      now += 1_000_000;
      troubles.unknown().happened(new IOException("cut"));
    }
  }

  @Test
  void aHundredAppendsThatEndUnknownAreOneWarning() {
    broken(100);
    assertThat(warnings())
        .containsExactly(
            "An append ended unknown; its keys are looked up: java.io.IOException: cut");
  }

  @Test
  void theNextWarningSaysHowManyThereWereSince() {
    broken(100);
    now += Trouble.QUIET.toNanos();
    broken(1);
    assertThat(warnings())
        .hasSize(2)
        .last()
        .asString()
        .contains("99 more times since the last warning");
  }

  @Test
  void theLanesOfAJournalWarnOnceForAllTheirAppends() throws Exception {
    PostgresSettings database = TestPostgres.database();
    int port = Integer.parseInt(database.jdbcUrl().replaceFirst(".*:(\\d+)/.*", "$1"));
    try (Proxy line = Proxy.before(port);
        PostgresJournal journal =
            PostgresJournal.open(
                PostgresSettings.of(
                    database.jdbcUrl().replaceFirst(":\\d+/", ":" + line.port() + "/"),
                    database.user(),
                    database.password()))) {
      var room = get(journal.create(Samples.aName()));
      for (int after = 0; after < 5; after++) {
        line.cutAtAnswersTo("tickets", 1);
        assertThat(get(journal.append(batch(room.id(), after, 1))))
            .isInstanceOf(Appended.Unknown.class);
      }
      assertThat(journal.counts().failures().total()).isEqualTo(5);
    }
    assertThat(warnings()).hasSize(1);
  }

  @Test
  void anotherTroubleIsToldBeside() {
    broken(2);
    troubles.refused().happened(new IllegalArgumentException("a zero"));
    assertThat(warnings()).hasSize(2).last().asString().startsWith("PostgreSQL refused");
  }
}

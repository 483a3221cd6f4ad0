package dev.tutti.room;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tutti.journal.JournalException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OutageTest {
  private static final String LIMIT = "FATAL: too many connections for role \"tutti\"";

  private final Logger logger = (Logger) LoggerFactory.getLogger(Outage.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private Instant now = Instant.EPOCH.plusSeconds(1_000);
  private final Outage outage = new Outage(() -> now);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
    // A simulated fleet keeps the rooms silent, in the same JVM.
    logger.setLevel(Level.WARN);
  }

  @AfterEach
  void listenNoMore() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  private void fails(String sentence) {
    outage.failed("Loading a room", new CompletionException(new JournalException(sentence)));
    now = now.plus(Outage.QUIET);
  }

  private List<String> lines() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void theOperatorHearsWhyOnceHoweverItIsPut() {
    fails("The journal could not be read: " + LIMIT + ".");
    fails("PostgreSQL cannot be reached: " + LIMIT + ".");
    fails("The journal could not be read: " + LIMIT + ".");
    assertThat(lines())
        .containsExactly(
            "Loading a room failed; asking the journal again until it answers:"
                + " The journal could not be read: "
                + LIMIT
                + ".");
  }

  @Test
  void anotherReasonIsTold() {
    fails("PostgreSQL cannot be reached: Connection to db:5432 refused.");
    fails("PostgreSQL cannot be reached: FATAL: password authentication failed.");
    assertThat(lines()).hasSize(2).last().asString().contains("password authentication failed");
  }

  @Test
  void numbersMakeNoOtherReasonAndThereIsAnEndToReasons() {
    for (int millis = 5_000; millis < 5_010; millis++) {
      fails("The journal could not be read: timed out after " + millis + "ms.");
    }
    assertThat(lines()).hasSize(1);
    for (char c = 'a'; c < 'z'; c++) {
      fails("The journal could not be read: " + c + ".");
    }
    assertThat(lines()).hasSize(Outage.MAX_REASONS);
    outage.over();
    fails("The journal could not be read: again.");
    assertThat(lines()).hasSize(Outage.MAX_REASONS + 1);
  }
}

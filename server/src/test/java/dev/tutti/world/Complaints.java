package dev.tutti.world;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.tutti.probe.Promise;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * What the instances log as an error: something threw that nothing should have thrown in. A world
 * lives on one thread, and each thread hears of its own alone.
 */
final class Complaints extends AppenderBase<ILoggingEvent> {
  private final ThreadLocal<List<String>> errors = ThreadLocal.withInitial(ArrayList::new);

  private Complaints() {}

  /** Listens from now on, and keeps the rest out of the log: of the weather they complain a lot. */
  static Complaints heard() {
    Logger rooms = (Logger) LoggerFactory.getLogger("dev.tutti.room");
    rooms.setLevel(Level.ERROR);
    Complaints complaints = new Complaints();
    complaints.setContext(rooms.getLoggerContext());
    complaints.start();
    ((Logger) LoggerFactory.getLogger("dev.tutti")).addAppender(complaints);
    return complaints;
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
      errors.get().add(event.getFormattedMessage() + " " + cause(event));
    }
  }

  private static String cause(ILoggingEvent event) {
    return event.getThrowableProxy() == null
        ? ""
        : event.getThrowableProxy().getClassName() + ": " + event.getThrowableProxy().getMessage();
  }

  /** Throws the first error that was heard on this thread since it last asked. */
  void check() {
    if (!errors.get().isEmpty()) {
      String first = errors.get().getFirst();
      errors.remove();
      throw new Broken(Promise.NOTHING_THROWS, first);
    }
  }
}

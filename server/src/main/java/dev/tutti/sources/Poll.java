package dev.tutti.sources;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.dashboard.Reading;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One source: when it is asked next, and what is made of its answers. After a failure it rests
 * twice as long, up to {@value #MAX_REST_SECONDS} s, give or take a fifth, so that instances and
 * sources do not keep step. One question at a time. Safe on any thread.
 */
final class Poll {
  static final int MAX_REST_SECONDS = 15 * 60;

  private static final Logger log = LoggerFactory.getLogger(Poll.class);
  private static final int MAX_DOUBLINGS = 12;
  private static final double JITTER = 0.2;

  /** Refusals that one reading of several may be the reason for. */
  private static final Set<Code> OF_ONE = EnumSet.of(Code.NOT_FOUND, Code.RULE);

  private final Source source;
  private final Dashboards dashboards;
  private final RandomGenerator random;

  /** Widgets, by room and id, that take nothing at the moment. At most as many as targets. */
  private final Set<String> refused = new HashSet<>();

  private long dueMillis;
  private int failures;
  private boolean asking;

  Poll(Source source, Dashboards dashboards, RandomGenerator random) {
    this.source = source;
    this.dashboards = dashboards;
    this.random = random;
  }

  Source source() {
    return source;
  }

  /** Whether it is time; if so nobody else is told that, before {@link #ended}. */
  synchronized boolean begins(long nowMillis) {
    if (asking || nowMillis < dueMillis) {
      return false;
    }
    asking = true;
    return true;
  }

  /** It is not ours, or nobody looks: asked again whether it is, at the next look. */
  synchronized void passed() {
    asking = false;
  }

  /** Takes what came of the question; says whether that was something. */
  boolean ended(Fetch.Answer answer, long nowMillis) {
    String trouble =
        switch (answer) {
          case Fetch.Answer.Body(String text) -> take(text);
          case Fetch.Answer.Failed(String sentence) -> sentence;
        };
    rest(trouble, nowMillis);
    return trouble.isEmpty();
  }

  private synchronized void rest(String trouble, long nowMillis) {
    asking = false;
    if (trouble.isEmpty()) {
      if (failures > 0) {
        log.info("The {} answers again.", source);
      }
      failures = 0;
    } else {
      if (failures == 0) {
        log.warn("The {} has failed: {} It is asked again, ever later.", source, trouble);
      }
      failures = Math.min(failures + 1, MAX_DOUBLINGS);
    }
    dueMillis = nowMillis + restMillis();
  }

  private long restMillis() {
    long usual = source.interval().toMillis();
    long longest = Math.max(usual, MAX_REST_SECONDS * 1_000L);
    long rest = Math.min(usual << failures, longest);
    return failures == 0 ? rest : (long) (rest * (1 - JITTER + 2 * JITTER * random.nextDouble()));
  }

  /** Posts what an answer holds; says what is wrong with it, or nothing. */
  private String take(String text) {
    Extract extract = Extract.of(source, text);
    extract.readings().forEach(this::post);
    return extract.trouble();
  }

  private void post(RoomName room, List<Reading> readings) {
    dashboards.post(
        room,
        readings,
        refusal -> {
          boolean ofOne = refusal.filter(it -> OF_ONE.contains(it.code())).isPresent();
          if (ofOne && readings.size() > 1) {
            // A widget that somebody has removed must not keep from the others what is theirs.
            readings.forEach(reading -> post(room, List.of(reading)));
          } else {
            readings.forEach(reading -> answered(room + " " + reading.widget(), refusal));
          }
        });
  }

  /** What a dashboard refuses is said once, until it takes it again. */
  private synchronized void answered(String place, Optional<Dashboards.Refusal> refusal) {
    if (refusal.isEmpty()) {
      refused.remove(place);
    } else if (refused.add(place)) {
      log.warn("What the {} says is not taken: {}", source, refusal.get().sentence());
    }
  }
}

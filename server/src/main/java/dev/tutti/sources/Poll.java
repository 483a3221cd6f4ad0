package dev.tutti.sources;

import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.dashboard.DashboardLimits;
import dev.tutti.protocol.dashboard.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
  private static final JsonMapper JSON = new JsonMapper();

  /** Control characters, also those beyond ASCII, and halves of characters. */
  private static final Pattern UNSHOWN = Pattern.compile("[\\p{Cc}\\p{Cs}]+");

  private final Source source;
  private final Dashboards dashboards;
  private final RandomGenerator random;
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
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JacksonException e) {
      return "its answer is no JSON.";
    }
    Map<RoomName, List<Reading>> readings = new HashMap<>();
    int missing = 0;
    int unfit = 0;
    for (Source.Target target : source.targets()) {
      JsonNode value = json.at(target.pointer());
      if (!value.isValueNode() || value.isNull()) {
        missing++;
        continue;
      }
      try {
        readings.computeIfAbsent(target.room(), room -> new ArrayList<>()).add(of(target, value));
      } catch (RuntimeException e) { // Such as a number beyond what a double holds.
        unfit++;
      }
    }
    readings.forEach((room, list) ->
        dashboards.post(
            room,
            list,
            sentence -> log.warn("What the {} says was not taken: {}", source, sentence)));
    if (unfit > 0) {
      return unfit + " of its values cannot be shown.";
    }
    return missing == 0 ? "" : missing + " of its pointers lead nowhere.";
  }

  private static Reading of(Source.Target target, JsonNode value) {
    String series = target.series().isEmpty() ? null : target.series();
    if (value.isNumber()) {
      return new Reading(target.widget(), series, value.doubleValue(), null, null, null);
    }
    String words = UNSHOWN.matcher(value.asString("")).replaceAll(" ").strip();
    String shown = words.isEmpty() ? "–" : shortened(words);
    return new Reading(target.widget(), series, null, shown, null, null);
  }

  /** Never through the middle of a character. */
  private static String shortened(String words) {
    int most = Math.min(DashboardLimits.MAX_READING_CHARS, words.length());
    boolean within = most < words.length() && Character.isLowSurrogate(words.charAt(most));
    return words.substring(0, within ? most - 1 : most);
  }
}

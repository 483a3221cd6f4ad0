package dev.tutti.sources;

import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.dashboard.DashboardLimits;
import dev.tutti.protocol.dashboard.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What of an answer goes to dashboards, and what is wrong with the rest. One thread. */
final class Extract {
  private static final JsonMapper JSON = new JsonMapper();

  /** Control characters, also those beyond ASCII, and halves of characters. */
  private static final Pattern UNSHOWN = Pattern.compile("[\\p{Cc}\\p{Cs}]+");

  private final Map<RoomName, List<Reading>> readings = new HashMap<>();
  private int missing;
  private int unfit;
  private int echoed;
  private boolean noJson;

  private Extract() {}

  static Extract of(Source source, String answer) {
    var extract = new Extract();
    try {
      JsonNode json = JSON.readTree(answer);
      source.targets().forEach(target -> extract.take(source, target, json.at(target.pointer())));
    } catch (JacksonException e) {
      extract.noJson = true;
    }
    return extract;
  }

  /** By room; each has one at least. */
  Map<RoomName, List<Reading>> readings() {
    return readings;
  }

  /** A sentence for the operator that quotes nothing; empty where nothing is wrong. */
  String trouble() {
    if (noJson) {
      return "its answer is no JSON.";
    }
    if (echoed > 0) {
      return "it answers a credential that it was sent, which is not shown.";
    }
    if (unfit > 0) {
      return unfit + " of its values cannot be shown.";
    }
    return missing == 0 ? "" : missing + " of its pointers lead nowhere.";
  }

  private void take(Source source, Source.Target target, JsonNode value) {
    if (!value.isValueNode() || value.isNull()) {
      missing++;
    } else if (source.headers().areIn(value.asString(""))) {
      echoed++;
    } else {
      try {
        Reading reading = of(target, value);
        readings.computeIfAbsent(target.room(), room -> new ArrayList<>()).add(reading);
      } catch (RuntimeException e) { // Such as a number beyond what a double holds.
        unfit++;
      }
    }
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

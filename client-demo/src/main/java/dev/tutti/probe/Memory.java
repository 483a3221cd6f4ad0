package dev.tutti.probe;

import static dev.tutti.probe.Promise.ANSWERED_ONCE;
import static dev.tutti.probe.Promise.EVENT_BEFORE_ANSWER;
import static dev.tutti.probe.Promise.NO_GAP;
import static dev.tutti.probe.Promise.ONE_ORDER;
import static dev.tutti.probe.Promise.REFUSED_MEANS_NO;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** All that one client has said and was told. Guarded by its client's lock. */
final class Memory {
  /** Keys in the order of their first sending. */
  final List<UUID> sent = new ArrayList<>();

  final Map<UUID, Long> accepted = new HashMap<>();
  final Map<UUID, String> refused = new HashMap<>();

  /** Every event that was seen, by its number. */
  final TreeMap<Long, JsonNode> events = new TreeMap<>();

  /** What no client may ever be told, each a sentence behind its {@link Promise}. */
  final List<String> broken = new ArrayList<>();

  final Set<String> codes = new HashSet<>();
  int resent;
  int connections;
  int documents;
  int byes;

  void accepted(UUID key, long seq, long held) {
    Long before = accepted.putIfAbsent(key, seq);
    if (before != null && before != seq) {
      broken.add(ANSWERED_ONCE + ": " + key + " was accepted at " + before + " and at " + seq);
    }
    if (held < seq) {
      broken.add(
          EVENT_BEFORE_ANSWER
              + ": "
              + key
              + " was accepted at "
              + seq
              + " before that event came, at "
              + held);
    }
    if (refused.containsKey(key)) {
      broken.add(REFUSED_MEANS_NO + ": " + key + " was accepted after it was refused");
    }
  }

  void refused(UUID key, String code) {
    codes.add(code);
    if (accepted.containsKey(key)) {
      broken.add(
          REFUSED_MEANS_NO + ": " + key + " was refused as " + code + " after it was accepted");
    }
    refused.put(key, code);
  }

  /** An event that follows {@code held}. */
  void event(JsonNode event, long held) {
    long seq = event.get("seq").longValue();
    if (seq != held + 1) {
      broken.add(NO_GAP + ": event " + seq + " came behind " + held);
    }
    JsonNode before = events.putIfAbsent(seq, event);
    if (before != null && !before.equals(event)) {
      broken.add(ONE_ORDER + ": event " + seq + " came in two versions");
    }
  }
}

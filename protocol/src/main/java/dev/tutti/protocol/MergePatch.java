package dev.tutti.protocol;

import java.util.Comparator;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Merge Patch (RFC 7396) and its inverse operation. Nodes are treated as immutable: no
 * argument is changed, and results share unchanged subtrees with them.
 */
public final class MergePatch {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Comparator<JsonNode> SAME = MergePatch::compare;

  private MergePatch() {}

  /** {@code MergePatch(target, patch)} of RFC 7396, section 2. */
  public static JsonNode apply(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode fields)) {
      return patch;
    }
    ObjectNode result = NODES.objectNode();
    if (target instanceof ObjectNode object) {
      result.setAll(object);
    }
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      if (field.getValue().isNull()) {
        result.remove(field.getKey());
      } else {
        JsonNode old = result.get(field.getKey());
        JsonNode base = old == null ? NODES.missingNode() : old;
        result.set(field.getKey(), apply(base, field.getValue()));
      }
    }
    return result;
  }

  /**
   * The smallest patch with {@code apply(from, patch)} {@link #same} as {@code to}. Neither object
   * may hold a {@code null} field, which a merge patch cannot express. An array is one value: it is
   * replaced as a whole, whatever it holds.
   */
  public static ObjectNode diff(ObjectNode from, ObjectNode to) {
    ObjectNode patch = NODES.objectNode();
    for (Map.Entry<String, JsonNode> field : from.properties()) {
      if (!to.has(field.getKey())) {
        patch.putNull(field.getKey());
      }
    }
    for (Map.Entry<String, JsonNode> field : to.properties()) {
      JsonNode old = from.get(field.getKey());
      JsonNode now = field.getValue();
      if (old == now) {
        continue; // shared, as most of a changed entity is
      }
      if (old == null) {
        patch.set(field.getKey(), now);
      } else if (old instanceof ObjectNode oldObject && now instanceof ObjectNode nowObject) {
        ObjectNode inner = diff(oldObject, nowObject);
        if (!inner.isEmpty()) {
          patch.set(field.getKey(), inner);
        }
      } else if (!same(old, now)) {
        patch.set(field.getKey(), now);
      }
    }
    return patch;
  }

  /**
   * The patch that takes another one back: {@code apply(apply(target, patch), inverse(target,
   * patch))} is {@link #same} as {@code target}. It names each field that {@code patch} changes,
   * with the value before, {@code null} where there was none. The target holds no {@code null}.
   */
  public static ObjectNode inverse(ObjectNode target, ObjectNode patch) {
    ObjectNode inverse = NODES.objectNode();
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      JsonNode old = target.get(field.getKey());
      JsonNode now = field.getValue();
      if (old == null) {
        if (!now.isNull()) {
          inverse.putNull(field.getKey());
        }
      } else if (old instanceof ObjectNode oldObject && now instanceof ObjectNode nowPatch) {
        inverse.set(field.getKey(), inverse(oldObject, nowPatch));
      } else {
        inverse.set(field.getKey(), old);
      }
    }
    return inverse;
  }

  /** Whether two values are the same JSON: numbers by value, objects without regard to order. */
  public static boolean same(JsonNode a, JsonNode b) {
    return a.equals(SAME, b);
  }

  private static int compare(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      return sameNumber(a, b) ? 0 : 1;
    }
    return a.equals(b) ? 0 : 1;
  }

  private static boolean sameNumber(JsonNode a, JsonNode b) {
    if (a.isIntegralNumber() && b.isIntegralNumber() && a.canConvertToLong()) {
      return b.canConvertToLong() && a.longValue() == b.longValue();
    }
    // CBOR knows infinities and "not a number", which have no decimal value.
    boolean finite = Double.isFinite(a.asDouble(0)) && Double.isFinite(b.asDouble(0));
    return finite ? a.decimalValue().compareTo(b.decimalValue()) == 0 : a.equals(b);
  }
}

package dev.tutti.protocol;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values that JSON can spell but no database or client can be trusted with: U+0000 (PostgreSQL's
 * text and jsonb have no place for it), lone surrogates (they are no characters; JSON escapes and
 * CBOR can still produce them), numbers beyond a double or 64 bits, bytes, and what else only CBOR
 * can say.
 */
public final class Hygiene {
  private Hygiene() {}

  /**
   * Throws {@link InvalidMessage} with the path of the first such value. Depth is limited before.
   */
  public static void check(ObjectNode message) {
    check(message, "");
  }

  private static void check(JsonNode node, String path) {
    switch (node) {
      case ObjectNode object -> {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
          String name = field.getKey();
          if (!isClean(name)) {
            throw new InvalidMessage(
                Code.INVALID, "A field's name holds U+0000 or half a character.", path);
          }
          JsonNode value = field.getValue();
          if (!value.isBoolean() && !value.isNull()) {
            check(value, path.isEmpty() ? name : path + "." + name);
          }
        }
      }
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          check(array.get(i), path + "[" + i + "]");
        }
      }
      default -> checkScalar(node, path);
    }
  }

  private static void checkScalar(JsonNode node, String path) {
    if (node.isString()) {
      if (!isClean(node.stringValue())) {
        throw new InvalidMessage(
            Code.INVALID, "A text holds U+0000 or half a character (a lone surrogate).", path);
      }
    } else if (node.isBigDecimal()) {
      // CBOR's tags 4 and 5: ten bytes could say a number that takes gigabytes to write out.
      throw new InvalidMessage(Code.INVALID, "A number is no double.", path);
    } else if (node.isFloatingPointNumber()) {
      if (!Double.isFinite(node.doubleValue())) {
        throw new InvalidMessage(Code.INVALID, "A number is larger than a double holds.", path);
      }
    } else if (node.isNumber()) {
      if (!node.canConvertToLong()) {
        throw new InvalidMessage(Code.INVALID, "A whole number is larger than 64 bits.", path);
      }
    } else if (node.isBinary() || node.isPojo()) {
      throw new InvalidMessage(
          Code.INVALID, "Bytes and simple values of CBOR have no place in a message.", path);
    }
  }

  /** Whether a text holds neither U+0000 nor half of a surrogate pair. */
  public static boolean isClean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}

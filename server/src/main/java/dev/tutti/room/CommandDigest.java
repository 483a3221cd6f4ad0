package dev.tutti.room;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The first 64 bits of SHA-256 over a command's name and arguments, with the fields of objects in
 * order, so that the same command sent in other bytes is the same command. Kept in the journal: the
 * way it is computed must never change.
 */
final class CommandDigest {
  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(CommandDigest::sha256);

  private CommandDigest() {}

  static long of(String name, ObjectNode args) {
    StringBuilder text = new StringBuilder(128);
    text.append(name).append('\n');
    canonical(args, text);
    byte[] hash = SHA_256.get().digest(text.toString().getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(hash).getLong();
  }

  private static void canonical(JsonNode node, StringBuilder text) {
    switch (node) {
      case ObjectNode object -> {
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
          sorted.put(field.getKey(), field.getValue());
        }
        text.append('{');
        sorted.forEach((name, value) -> {
          text.append(name.length()).append(':').append(name);
          canonical(value, text);
        });
        text.append('}');
      }
      case ArrayNode array -> {
        text.append('[');
        array.forEach(value -> canonical(value, text));
        text.append(']');
      }
      default -> scalar(node, text);
    }
  }

  private static void scalar(JsonNode node, StringBuilder text) {
    if (node.isString()) {
      String value = node.stringValue();
      text.append('s').append(value.length()).append(':').append(value);
    } else if (node.isNumber()) {
      text.append('n').append(node.decimalValue().stripTrailingZeros().toString()).append(';');
    } else {
      text.append(node).append(';');
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}

package dev.tutti.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The server's no, with a sentence for a person. Futures end with it, as the cause of a {@link
 * java.util.concurrent.CompletionException} where {@code join} throws.
 */
public final class Refusal extends RuntimeException {
  /** The code of what could not even be asked, because there is no connection at the moment. */
  public static final String OFFLINE = "offline";

  private static final long serialVersionUID = 1;

  private final String code;
  private final transient ObjectNode details;

  /** A refusal that a prediction may throw too, so that the command is not sent. */
  public Refusal(String code, String sentence) {
    this(code, sentence, null);
  }

  Refusal(String code, String sentence, @Nullable JsonNode details) {
    super(sentence, null, false, false);
    this.code = code;
    this.details = details instanceof ObjectNode o ? o : JsonNodeFactory.instance.objectNode();
  }

  static Refusal of(JsonNode message) {
    String code = message.path("code").asString("forbidden");
    String sentence = message.path("message").asString("You have no access any more.");
    return new Refusal(code, sentence, message.get("details"));
  }

  static Refusal offline(String sentence) {
    return new Refusal(OFFLINE, sentence);
  }

  /** One of the protocol's codes, such as {@code rule}, or {@link #OFFLINE}. */
  public String code() {
    return code;
  }

  /** What a program can use, by code; empty where there is nothing. */
  public ObjectNode details() {
    return details;
  }

  /** Whether there may be such a room a moment later. */
  boolean isPassing() {
    return retryAfterMillis() > 0 || code.equals("unavailable") || code.equals("internal");
  }

  /** 0 where it does not say when to come again. */
  int retryAfterMillis() {
    return details.path("retryAfterMillis").asInt(0);
  }

  /** Whether it is no answer at all: sent again, the same may be taken. */
  boolean isNotNow() {
    return code.equals("too_fast") || code.equals("unavailable");
  }
}
